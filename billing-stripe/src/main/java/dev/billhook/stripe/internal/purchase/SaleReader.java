package dev.billhook.stripe.internal.purchase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.money.Money;
import dev.billhook.purchase.Sale;
import dev.billhook.purchase.Sale.Dispute;
import dev.billhook.stripe.internal.read.CheckoutReader;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a Checkout session of mode {@code payment} sold. */
final class SaleReader {
    /** While a dispute is in one of these, the bank has the money. */
    private static final Set<String> OPEN = Set.of("needs_response", "under_review");

    private SaleReader() {}

    /** Whether the session sells something once, and the buyer has finished. */
    static boolean sells(JsonNode session) {
        return CheckoutReader.sellsOnce(session) && "complete".equals(Json.text(session, "status"));
    }

    /** What the bank was asked for, or null if nothing was. */
    static @Nullable JsonNode charge(JsonNode session) {
        JsonNode payment = Json.node(session, "payment_intent");
        JsonNode charge = payment == null ? null : Json.node(payment, "latest_charge");
        return charge != null && charge.isObject() ? charge : null;
    }

    static Sale read(JsonNode session, List<JsonNode> lines, List<JsonNode> disputes) {
        JsonNode charge = charge(session);
        return new Sale(
                Json.requireText(session, "id"),
                Json.id(session, "customer"),
                CheckoutReader.account(session),
                Metadata.planOf(session),
                lines.stream().map(SaleReader::line).toList(),
                CheckoutReader.settled(session),
                charge == null ? null : payment(Json.id(session, "payment_intent"), charge, disputes),
                Json.requireInstant(session, "created"));
    }

    private static Sale.Line line(JsonNode line) {
        JsonNode price = Json.node(line, "price");
        Long quantity = Json.number(line, "quantity");
        return new Sale.Line(price == null ? null : Metadata.plan(price), quantity == null ? 1 : quantity);
    }

    private static Sale.Payment payment(@Nullable String id, JsonNode charge, List<JsonNode> disputes) {
        String currency = Json.requireText(charge, "currency");
        String chargeId = Json.requireText(charge, "id");
        JsonNode dispute = disputes.stream()
                .filter(each -> of(each) != Dispute.NONE)
                .max(Comparator.comparing(SaleReader::of))
                .orElse(null);
        return new Sale.Payment(
                id == null ? chargeId : id,
                chargeId,
                Json.requireInstant(charge, "created"),
                Money.of(Json.requireNumber(charge, "amount_captured"), currency),
                Money.of(Json.requireNumber(charge, "amount_refunded"), currency),
                refundedAt(charge),
                dispute == null ? Dispute.NONE : of(dispute),
                dispute == null ? null : Json.instant(dispute, "created"));
    }

    private static Dispute of(JsonNode dispute) {
        String status = Json.requireText(dispute, "status");
        if (OPEN.contains(status)) {
            return Dispute.OPEN;
        }
        return "lost".equals(status) ? Dispute.LOST : Dispute.NONE;
    }

    /** Newest first, as Stripe lists them. */
    private static @Nullable Instant refundedAt(JsonNode charge) {
        JsonNode latest = charge.path("refunds").path("data").get(0);
        return latest == null ? null : Json.instant(latest, "created");
    }
}
