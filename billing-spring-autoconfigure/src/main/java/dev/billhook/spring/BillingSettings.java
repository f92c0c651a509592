package dev.billhook.spring;

import dev.billhook.BillingBuilder;

/**
 * What properties and beans say of the billing of every account at Stripe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BillingSettings {
    /** Sets all of it. */
    void applyTo(BillingBuilder builder);
}
