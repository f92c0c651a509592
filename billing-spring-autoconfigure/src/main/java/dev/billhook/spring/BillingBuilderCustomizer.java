package dev.billhook.spring;

import dev.billhook.BillingBuilder;

/**
 * A bean that has the last word on how the billing is put together. Called in bean order, after properties and listeners.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BillingBuilderCustomizer {
    /** Changes the description; {@code build()} is called afterwards. */
    void customize(BillingBuilder builder);
}
