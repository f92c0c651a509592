package dev.billhook.invoice;

import dev.billhook.catalog.PlanKey;
import dev.billhook.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of an invoice.
 *
 * @param id the provider's id; lines of an {@link Estimate} have another one each time
 * @param description what it is for, as the provider words it
 * @param plan the plan whose price is charged; null if the price is not the catalog's or there is none
 * @param units how many; of metered plans what was used, without fractions
 * @param amount before discounts and before tax that comes on top; negative if something is given back
 * @param discount what discounts take off the amount, at least 0
 * @param tax tax of the line, whether it comes on top or is part of the amount
 * @param periodStart start of the time it is for (UTC)
 * @param periodEnd end of the time it is for (UTC)
 * @param proration whether it is the share of a period that a change within the period makes due or gives back
 * @since 0.1.0
 */
public record InvoiceLine(
        String id,
        String description,
        @Nullable PlanKey plan,
        long units,
        Money amount,
        Money discount,
        Money tax,
        Instant periodStart,
        Instant periodEnd,
        boolean proration) {}
