/** The Stripe adapter: one provider per Stripe account and mode, made from a configuration. */
@NullMarked
package dev.billhook.stripe;

import org.jspecify.annotations.NullMarked;
