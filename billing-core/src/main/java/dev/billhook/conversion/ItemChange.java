package dev.billhook.conversion;

import dev.billhook.catalog.PlanKey;

/**
 * What happens to one line of a subscription.
 *
 * @since 0.1.0
 */
public sealed interface ItemChange {
    /**
     * A line gets another plan's price and quantity.
     *
     * @param itemId the line
     * @param plan the plan whose current price it gets
     * @param quantity its new units
     */
    record Replace(String itemId, PlanKey plan, long quantity) implements ItemChange {}

    /**
     * A line keeps its price and gets another quantity.
     *
     * @param itemId the line
     * @param quantity its new units
     */
    record SetQuantity(String itemId, long quantity) implements ItemChange {}

    /**
     * A one-time plan is charged together with the change; it makes no line.
     *
     * @param plan the plan whose current price is charged once
     */
    record Charge(PlanKey plan) implements ItemChange {}

    /**
     * A line comes on top.
     *
     * @param plan the plan whose current price it gets
     * @param quantity its units; 0 for metered plans
     */
    record Add(PlanKey plan, long quantity) implements ItemChange {}

    /**
     * A line goes.
     *
     * @param itemId the line
     */
    record Remove(String itemId) implements ItemChange {}
}
