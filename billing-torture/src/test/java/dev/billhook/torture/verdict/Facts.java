package dev.billhook.torture.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.event.BillingEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened, by names that are the same whether the provider's events or the host's tell it. */
final class Facts {
    private Facts() {}

    /** What a host should have been told once each, going by the provider's events. */
    static List<String> expected(Truth truth) {
        Set<String> facts = new LinkedHashSet<>();
        for (JsonNode event : truth.events()) {
            JsonNode object = event.at("/data/object");
            String fact = expected(event.path("type").asText(), object);
            if (fact != null) {
                facts.add(fact);
            }
        }
        return facts.stream().map(Facts::withoutAttempt).sorted().toList();
    }

    /** What it was told, as often as it was. */
    static List<String> told(List<BillingEvent> events) {
        List<String> facts = new ArrayList<>();
        events.stream().flatMap(Facts::told).forEach(facts::add);
        return facts.stream().sorted().toList();
    }

    /** Whether it tells something that happened, not how something is. */
    static boolean isOne(BillingEvent event) {
        return told(event).findAny().isPresent();
    }

    private static @Nullable String expected(String type, JsonNode object) {
        String id = object.path("id").asText();
        String attempt = "#" + object.path("attempt_count").asLong();
        return switch (type) {
            case "invoice.finalized" -> "issued " + id;
            case "invoice.paid" -> "paid " + id;
            case "invoice.payment_failed" -> "failed " + id + attempt;
            case "invoice.payment_action_required" -> "action required " + id + attempt;
            case "charge.refunded" ->
                "refunded " + id + " " + object.path("amount_refunded").asLong();
            case "charge.dispute.created" -> "disputed " + id;
            case "charge.dispute.closed" ->
                "dispute closed " + id + " " + object.path("status").asText();
            default -> null;
        };
    }

    private static Stream<String> told(BillingEvent event) {
        if (event instanceof BillingEvent.InvoiceIssued issued) {
            return Stream.of("issued " + issued.invoiceId());
        } else if (event instanceof BillingEvent.InvoicePaid paid) {
            return Stream.of("paid " + paid.invoiceId());
        } else if (event instanceof BillingEvent.PaymentFailed failed) {
            return Stream.of("failed " + failed.invoiceId());
        } else if (event instanceof BillingEvent.PaymentActionRequired required) {
            return Stream.of("action required " + required.invoiceId());
        } else if (event instanceof BillingEvent.RefundIssued refund) {
            return Stream.of(
                    "refunded " + refund.paymentId() + " " + refund.refunded().minorUnits());
        } else if (event instanceof BillingEvent.DisputeOpened opened) {
            return Stream.of("disputed " + opened.disputeId());
        } else if (event instanceof BillingEvent.DisputeClosed closed) {
            return Stream.of("dispute closed " + closed.disputeId() + " " + (closed.won() ? "won" : "lost"));
        }
        return Stream.empty();
    }

    /** The host is told of each attempt, but not its number. */
    private static String withoutAttempt(String fact) {
        int mark = fact.indexOf('#');
        return mark < 0 ? fact : fact.substring(0, mark);
    }
}
