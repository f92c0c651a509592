package dev.billhook.simulator.page.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;

/**
 * Words the state of an object for people.
 *
 * @param label what it says
 * @param tone how it looks: {@code good}, {@code info}, {@code warn}, {@code bad} or empty
 */
public record StatusText(String label, String tone) {
    /** The state of a subscription; one that is to end is told from one that goes on. */
    public static StatusText ofSubscription(ObjectNode subscription) {
        String status = String.valueOf(Docs.text(subscription, "status"));
        boolean ending =
                Docs.flag(subscription, "cancel_at_period_end") || Docs.number(subscription, "cancel_at") != null;
        return switch (status) {
            case "active" -> ending ? new StatusText("Active, ends soon", "warn") : new StatusText("Active", "good");
            case "trialing" -> ending ? new StatusText("Trial, ends soon", "warn") : new StatusText("Trial", "info");
            case "past_due" -> new StatusText("Past due", "warn");
            case "unpaid" -> new StatusText("Unpaid", "bad");
            case "incomplete" -> new StatusText("Incomplete", "warn");
            case "incomplete_expired" -> new StatusText("Expired", "");
            case "canceled" -> new StatusText("Canceled", "");
            default -> new StatusText(capitalized(status), "");
        };
    }

    /** The state of an invoice. */
    public static StatusText ofInvoice(ObjectNode invoice) {
        String status = String.valueOf(Docs.text(invoice, "status"));
        return switch (status) {
            case "paid" -> new StatusText("Paid", "good");
            case "open" ->
                Docs.flag(invoice, "attempted")
                        ? new StatusText("Payment failed", "bad")
                        : new StatusText("Open", "warn");
            case "uncollectible" -> new StatusText("Uncollectible", "bad");
            default -> new StatusText(capitalized(status), "");
        };
    }

    /** The state of a payment, also when its money was given back or is disputed. */
    public static StatusText ofCharge(ObjectNode charge) {
        if (Docs.flag(charge, "disputed")) {
            return new StatusText("Disputed", "bad");
        }
        if (Docs.flag(charge, "refunded")) {
            return new StatusText("Refunded", "");
        }
        if (Docs.numberOf(charge, "amount_refunded") > 0) {
            return new StatusText("Refunded in part", "warn");
        }
        return named(String.valueOf(Docs.text(charge, "status")));
    }

    /** The state of anything else, by its own name. */
    public static StatusText named(String status) {
        String tone = switch (status) {
            case "complete",
                    "succeeded",
                    "paid",
                    "active",
                    "enabled",
                    "delivered",
                    "won",
                    "verified",
                    "issued",
                    "accepted",
                    "completed" -> "good";
            case "open", "draft", "trialing", "pending", "not_started", "under_review" -> "info";
            case "needs_response", "warning_needs_response", "requires_action", "requires_payment_method" -> "warn";
            case "failed", "lost", "unverified" -> "bad";
            default -> "";
        };
        return new StatusText(capitalized(status), tone);
    }

    private static String capitalized(String status) {
        String words = status.replace('_', ' ');
        return words.isEmpty() ? "" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
