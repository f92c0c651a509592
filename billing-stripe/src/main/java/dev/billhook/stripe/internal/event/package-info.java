/** Events as Stripe keeps them. */
@NullMarked
package dev.billhook.stripe.internal.event;

import org.jspecify.annotations.NullMarked;
