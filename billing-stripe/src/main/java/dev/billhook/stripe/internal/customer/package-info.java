/** Customers at Stripe. */
@NullMarked
package dev.billhook.stripe.internal.customer;

import org.jspecify.annotations.NullMarked;
