/** Events as Stripe sends and keeps them, and what they say. */
@NullMarked
package dev.billhook.stripe.internal.event;

import org.jspecify.annotations.NullMarked;
