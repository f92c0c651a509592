package dev.billhook.usage;

import dev.billhook.catalog.PlanKey;

/**
 * What an account used of a metered plan in its present period.
 *
 * @param plan the plan
 * @param usage from the period's beginning to its end
 * @since 0.1.0
 */
public record PeriodUsage(PlanKey plan, UsageSummary usage) {}
