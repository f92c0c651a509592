/** Promotion codes and discounts at Stripe. */
@NullMarked
package dev.billhook.stripe.internal.discount;

import org.jspecify.annotations.NullMarked;
