package dev.billhook.stripe.internal.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.InvoiceLineItemListParams;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.ArrayList;
import java.util.List;

/** All lines of an invoice: Stripe lists only the first ones inside it. */
public final class InvoiceLines {
    private InvoiceLines() {}

    /** The lines' documents, in the invoice's order. */
    public static List<JsonNode> all(StripeApi api, JsonNode invoice) {
        List<JsonNode> lines = new ArrayList<>();
        JsonNode told = invoice.path("lines");
        if (!Json.flag(told, "has_more")) {
            told.path("data").forEach(lines::add);
            return lines;
        }
        String path = StripeApi.path("/v1/invoices", Json.requireText(invoice, "id")) + "/lines";
        InvoiceLineItemListParams.Builder params =
                InvoiceLineItemListParams.builder().setLimit(Pages.SIZE);
        Pages.forEach(
                after -> api.get(
                        "list an invoice's lines",
                        path,
                        params.setStartingAfter(after).build()),
                lines::add);
        return lines;
    }
}
