/** Subscription schedules at Stripe: what is to change at a renewal. */
@NullMarked
package dev.billhook.stripe.internal.schedule;

import org.jspecify.annotations.NullMarked;
