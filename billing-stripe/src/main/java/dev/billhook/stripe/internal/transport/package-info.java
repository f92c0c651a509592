/** Calls Stripe's API and turns its answers and errors into ours. */
@NullMarked
package dev.billhook.stripe.internal.transport;

import org.jspecify.annotations.NullMarked;
