package dev.billhook.invoice;

import dev.billhook.money.Money;

/**
 * The sums of an invoice: {@code total = subtotal - discount + tax - taxIncluded} and {@code due = total - credit}. Source:
 * Stripe, "The Invoice object".
 *
 * @param subtotal sum of the lines' amounts
 * @param discount sum of all discounts, at least 0
 * @param tax all tax
 * @param taxIncluded the part of the tax that is in the lines' amounts already
 * @param total what is charged; negative if more is given back than charged
 * @param credit what the customer's credit balance pays; negative where a debt of the balance is collected, or where a
 *     negative total is put on the balance
 * @param due what the customer pays, at least 0
 * @since 0.1.0
 */
public record InvoiceTotals(
        Money subtotal, Money discount, Money tax, Money taxIncluded, Money total, Money credit, Money due) {}
