package dev.billhook.stripe.internal.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.mirror.Notice;
import dev.billhook.money.Money;
import dev.billhook.stripe.internal.read.Json;
import java.util.Optional;

/** Reads charges and disputes. */
public final class PaymentReader {
    private PaymentReader() {}

    /**
     * That money of a charge was given back, or empty if it belongs to no customer.
     *
     * @throws dev.billhook.BillingException if it cannot be understood
     */
    public static Optional<Notice> readRefund(JsonNode charge) {
        String customer = Json.id(charge, "customer");
        if (customer == null) {
            return Optional.empty();
        }
        String currency = Json.requireText(charge, "currency");
        return Optional.of(new Notice.Refund(
                customer,
                Json.requireText(charge, "id"),
                Money.of(Json.requireNumber(charge, "amount_refunded"), currency),
                Money.of(Json.requireNumber(charge, "amount"), currency)));
    }

    /**
     * That a charge is disputed or no longer is. A dispute does not name its customer. Inquiries, which take no money, and
     * ends that are neither won nor lost are empty.
     *
     * @throws dev.billhook.BillingException if it cannot be understood
     */
    public static Optional<Notice> readDispute(JsonNode dispute, boolean opened) {
        String status = Json.requireText(dispute, "status");
        String charge = Json.id(dispute, "charge");
        boolean lost = "lost".equals(status);
        if (charge == null || status.startsWith("warning_") || !(opened || lost || "won".equals(status))) {
            return Optional.empty();
        }
        Notice.DisputeKind ended = lost ? Notice.DisputeKind.LOST : Notice.DisputeKind.WON;
        return Optional.of(new Notice.Dispute(
                opened ? Notice.DisputeKind.OPENED : ended,
                null,
                Json.requireText(dispute, "id"),
                charge,
                Money.of(Json.requireNumber(dispute, "amount"), Json.requireText(dispute, "currency")),
                Json.requireText(dispute, "reason")));
    }
}
