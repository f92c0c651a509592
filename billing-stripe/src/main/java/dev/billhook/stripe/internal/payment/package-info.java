/** Payments at Stripe. */
@NullMarked
package dev.billhook.stripe.internal.payment;

import org.jspecify.annotations.NullMarked;
