package dev.billhook.simulator.seed;

import org.jspecify.annotations.Nullable;

/**
 * A seeded account, by the ids of its objects.
 *
 * @param subscription null for a lifetime purchase
 * @param price what it pays for first; add-ons are further items of the subscription
 * @param invoice the latest one; null where there is none
 * @param session the Checkout session of a lifetime purchase
 * @param testClock the clock it lives on; null for the simulator's own
 */
public record SeededAccount(
        AccountState state,
        String customer,
        @Nullable String subscription,
        String product,
        String price,
        @Nullable String invoice,
        @Nullable String session,
        @Nullable String testClock) {}
