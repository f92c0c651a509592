package dev.billhook.stripe.internal.quote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.PlanKey;
import dev.billhook.money.MinorUnits;
import dev.billhook.money.Money;
import dev.billhook.quote.Quote;
import dev.billhook.spi.provider.invoice.QuoteGateway.Change;
import dev.billhook.spi.provider.invoice.QuoteGateway.Stored;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads quotes. An accepted change is canceled at Stripe, which accepts offers of new subscriptions only; that it was accepted
 * stands in its metadata.
 */
final class QuoteDocument {
    private QuoteDocument() {}

    /** Whether Billhook made it. */
    static boolean ours(JsonNode quote) {
        return Metadata.value(quote, Metadata.ACCOUNT) != null && Metadata.plan(quote) != null;
    }

    /**
     * The quote.
     *
     * @throws dev.billhook.BillingException if it cannot be understood
     */
    static Stored read(JsonNode quote, List<JsonNode> lines) {
        String customer = Json.id(quote, "customer");
        PlanKey plan = Metadata.plan(quote);
        JsonNode recurring = Json.node(quote.path("computed"), "recurring");
        if (customer == null || plan == null || recurring == null) {
            throw Json.malformed(quote, "computed");
        }
        Currency currency = MinorUnits.currency(Json.requireText(quote, "currency"));
        Change change = change(quote);
        Quote.Acceptance acceptance = acceptance(quote);
        Quote state = new Quote(
                Json.requireText(quote, "id"),
                Json.text(quote, "number"),
                change == null ? Quote.Kind.NEW : Quote.Kind.CHANGE,
                acceptance == null ? status(quote) : Quote.Status.ACCEPTED,
                plan,
                units(quote),
                lines.stream().map(line -> line(line, currency)).toList(),
                totals(recurring, currency),
                change == null ? totals(quote.path("computed").path("upfront"), currency) : null,
                interval(recurring),
                Json.requireInstant(quote, "created"),
                Json.requireInstant(quote, "expires_at"),
                acceptance);
        return new Stored(customer, state, change, Json.id(quote, "subscription"));
    }

    private static @Nullable Change change(JsonNode quote) {
        String subscription = Metadata.value(quote, Metadata.SUBSCRIPTION);
        String before = Metadata.value(quote, Metadata.BEFORE);
        String after = Metadata.value(quote, Metadata.AFTER);
        return subscription == null || before == null || after == null ? null : new Change(subscription, before, after);
    }

    private static Quote.@Nullable Acceptance acceptance(JsonNode quote) {
        JsonNode transitions = quote.path("status_transitions");
        Instant accepted = Json.instant(transitions, "accepted_at");
        if (accepted != null) {
            return new Quote.Acceptance(Quote.At.NOW, accepted);
        }
        String effect = Metadata.value(quote, Metadata.ACCEPTED);
        if (effect == null) {
            return null;
        }
        Instant closed = Json.instant(transitions, "canceled_at");
        return new Quote.Acceptance(
                "renewal".equals(effect) ? Quote.At.RENEWAL : Quote.At.NOW,
                closed == null ? Json.requireInstant(quote, "created") : closed);
    }

    /** A quote that ran out is canceled by Stripe, at its expiry or soon after. */
    private static Quote.Status status(JsonNode quote) {
        Instant closed = Json.instant(quote.path("status_transitions"), "canceled_at");
        boolean ranOut = closed != null && !closed.isBefore(Json.requireInstant(quote, "expires_at"));
        return switch (Json.requireText(quote, "status")) {
            case "draft" -> Quote.Status.DRAFT;
            case "open" -> Quote.Status.OPEN;
            case "accepted" -> Quote.Status.ACCEPTED;
            case "canceled" -> ranOut ? Quote.Status.EXPIRED : Quote.Status.CANCELED;
            default -> throw Json.malformed(quote, "status");
        };
    }

    private static @Nullable Long units(JsonNode quote) {
        String units = Metadata.value(quote, Metadata.UNITS);
        return units == null || !units.matches("\\d{1,18}") ? null : Long.valueOf(units);
    }

    private static Quote.Line line(JsonNode line, Currency currency) {
        Long units = Json.number(line, "quantity");
        return new Quote.Line(
                Objects.requireNonNullElse(Json.text(line, "description"), ""),
                units == null ? 0 : units,
                amount(line, "amount_subtotal", currency),
                amount(line, "amount_discount", currency),
                amount(line, "amount_tax", currency),
                amount(line, "amount_total", currency));
    }

    private static Quote.Totals totals(JsonNode sums, Currency currency) {
        JsonNode details = sums.path("total_details");
        return new Quote.Totals(
                amount(sums, "amount_subtotal", currency),
                amount(details, "amount_discount", currency),
                amount(details, "amount_tax", currency),
                amount(sums, "amount_total", currency));
    }

    private static Money amount(JsonNode object, String field, Currency currency) {
        return Money.of(Json.requireNumber(object, field), currency);
    }

    private static BillingInterval interval(JsonNode recurring) {
        return new BillingInterval(
                BillingInterval.Unit.valueOf(
                        Json.requireText(recurring, "interval").toUpperCase(Locale.ROOT)),
                Math.toIntExact(Json.requireNumber(recurring, "interval_count")));
    }
}
