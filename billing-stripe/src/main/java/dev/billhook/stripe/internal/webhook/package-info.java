/** Verifies incoming events and reads what they say. */
@NullMarked
package dev.billhook.stripe.internal.webhook;

import org.jspecify.annotations.NullMarked;
