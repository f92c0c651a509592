/** What Stripe tells a help desk. */
@NullMarked
package dev.billhook.stripe.internal.support;

import org.jspecify.annotations.NullMarked;
