/** One-time purchases at Stripe: what Checkout sessions sold, and what became of their payments. */
@NullMarked
package dev.billhook.stripe.internal.purchase;

import org.jspecify.annotations.NullMarked;
