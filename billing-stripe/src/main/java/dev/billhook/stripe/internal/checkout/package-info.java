/** Stripe's hosted pages: Checkout and the Customer Portal. */
@NullMarked
package dev.billhook.stripe.internal.checkout;

import org.jspecify.annotations.NullMarked;
