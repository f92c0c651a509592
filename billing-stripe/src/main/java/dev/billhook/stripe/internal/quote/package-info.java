/** Quotes of Stripe; not API. */
@NullMarked
package dev.billhook.stripe.internal.quote;

import org.jspecify.annotations.NullMarked;
