package dev.billhook.stripe.internal.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.ChargeListParams;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Receipts of invoices' payments. They stand on charges, deeper below an invoice than Stripe tells, so the charges of the
 * invoices' time are listed once for all of them.
 */
final class Receipts {
    private final Map<String, URI> byPayment = new HashMap<>();

    private Receipts() {}

    /** The receipts of one customer's invoices. */
    static Receipts of(StripeApi api, String customerId, List<JsonNode> invoices) {
        Receipts receipts = new Receipts();
        LongSummaryStatistics times = new LongSummaryStatistics();
        for (JsonNode invoice : invoices) {
            if (!InvoiceDocument.payments(invoice).isEmpty()) {
                times.accept(Json.requireNumber(invoice, "created"));
                Long paid = Json.number(invoice.path("status_transitions"), "paid_at");
                times.accept(paid == null ? Json.requireNumber(invoice, "created") : paid);
            }
        }
        if (times.getCount() > 0) {
            receipts.read(api, customerId, times);
        }
        return receipts;
    }

    /** The receipt of the invoice's latest payment, or null. */
    @Nullable URI of(JsonNode invoice) {
        return InvoiceDocument.payments(invoice).stream()
                .map(byPayment::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private void read(StripeApi api, String customerId, LongSummaryStatistics times) {
        ChargeListParams.Builder params = ChargeListParams.builder()
                .setCustomer(customerId)
                .setCreated(ChargeListParams.Created.builder()
                        .setGte(times.getMin())
                        .setLte(times.getMax())
                        .build())
                .setLimit(Pages.SIZE);
        Pages.forEach(
                after -> api.get(
                        "list a customer's charges",
                        "/v1/charges",
                        params.setStartingAfter(after).build()),
                this::keep);
    }

    private void keep(JsonNode charge) {
        String url = Json.text(charge, "receipt_url");
        if (url == null || !"succeeded".equals(Json.text(charge, "status"))) {
            return;
        }
        URI receipt = URI.create(url);
        byPayment.put(Json.requireText(charge, "id"), receipt);
        String intent = Json.id(charge, "payment_intent");
        if (intent != null) {
            byPayment.put(intent, receipt);
        }
    }
}
