package dev.billhook.stripe.internal.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.money.Money;
import dev.billhook.stripe.internal.read.Json;
import java.util.Currency;

/** Adds up what Stripe lists in parts. */
final class Amounts {
    private Amounts() {}

    /** The sum of the parts' amounts. */
    static Money sum(Iterable<JsonNode> parts, Currency currency) {
        long sum = 0;
        for (JsonNode part : parts) {
            sum = Math.addExact(sum, Json.requireNumber(part, "amount"));
        }
        return Money.of(sum, currency);
    }

    /** The sum of those taxes that are in the lines' amounts already. */
    static Money included(Iterable<JsonNode> taxes, Currency currency) {
        long sum = 0;
        for (JsonNode tax : taxes) {
            if ("inclusive".equals(Json.text(tax, "tax_behavior"))) {
                sum = Math.addExact(sum, Json.requireNumber(tax, "amount"));
            }
        }
        return Money.of(sum, currency);
    }
}
