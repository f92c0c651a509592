/** Subscriptions at Stripe. */
@NullMarked
package dev.billhook.stripe.internal.subscription;

import org.jspecify.annotations.NullMarked;
