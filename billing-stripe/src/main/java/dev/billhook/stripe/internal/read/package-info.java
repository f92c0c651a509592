/** Reads Stripe's objects, whatever API version wrote them, into Billhook's records. */
@NullMarked
package dev.billhook.stripe.internal.read;

import org.jspecify.annotations.NullMarked;
