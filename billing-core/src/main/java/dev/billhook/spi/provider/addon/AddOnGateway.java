package dev.billhook.spi.provider.addon;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Plan;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;

/**
 * Add-ons with subscriptions of their own.
 *
 * @since 0.1.0
 */
public interface AddOnGateway {
    /**
     * Makes a subscription to an add-on beside a main one: billed on its billing date, in its currency, by its payment method
     * and the way its invoices are collected. While the main one is in its trial, so is this one. If the first payment fails
     * none is made.
     *
     * @param account whose
     * @param mainId the main subscription
     * @param plan what is bought; its price is found by the plan's key
     * @param units how many; means nothing for metered plans
     * @param prorate whether the time until the first common billing date is charged
     */
    Fetched<SubscriptionSnapshot> subscribe(
            AccountRef account, String mainId, Plan plan, long units, boolean prorate, RequestKey key);
}
