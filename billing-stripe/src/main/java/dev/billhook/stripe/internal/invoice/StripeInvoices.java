package dev.billhook.stripe.internal.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.net.ApiRequestParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoicePayParams;
import com.stripe.param.InvoiceRetrieveParams;
import com.stripe.param.InvoiceVoidInvoiceParams;
import dev.billhook.RequestKey;
import dev.billhook.error.AuthenticationRequiredException;
import dev.billhook.error.ProviderObjectMissingException;
import dev.billhook.error.RequestRefusedException;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceLine;
import dev.billhook.invoice.InvoiceStatus;
import dev.billhook.spi.provider.invoice.InvoiceGateway;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.transport.Answer;
import dev.billhook.stripe.internal.transport.Downloads;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Invoices at Stripe. */
public final class StripeInvoices implements InvoiceGateway {
    private static final String COLLECTION = "/v1/invoices";
    private static final String PAYMENTS = "payments";
    private static final String DISCOUNTS = "total_discount_amounts.discount";

    private final StripeApi api;
    private final Downloads downloads;

    /** Invoices of the account the calls go to. */
    public StripeInvoices(StripeApi api, Downloads downloads) {
        this.api = api;
        this.downloads = downloads;
    }

    @Override
    public Part list(String customerId, @Nullable InvoiceStatus status, @Nullable String afterId, int max) {
        InvoiceListParams.Builder params = InvoiceListParams.builder()
                .setCustomer(customerId)
                .setStartingAfter(afterId)
                .setLimit((long) max)
                .addExpand("data." + PAYMENTS)
                .addExpand("data." + DISCOUNTS);
        if (status != null) {
            params.setStatus(InvoiceListParams.Status.valueOf(status.name()));
        }
        Answer answer = api.get("list a customer's invoices", COLLECTION, params.build());
        List<JsonNode> documents = new ArrayList<>();
        answer.body().path("data").forEach(documents::add);
        Receipts receipts = Receipts.of(api, customerId, documents);
        PlanOfPrice plans = new PlanOfPrice(api);
        return answer.read(list -> new Part(
                documents.stream()
                        .map(document -> invoice(document, plans).withReceipt(receipts.of(document)))
                        .toList(),
                list.path("has_more").booleanValue()));
    }

    @Override
    public Optional<Owned> find(String invoiceId) {
        try {
            return get(invoiceId).read(this::owned);
        } catch (ProviderObjectMissingException e) {
            return Optional.empty();
        }
    }

    @Override
    public Invoice pay(String invoiceId, RequestKey key) {
        try {
            return write(invoiceId, "pay", InvoicePayParams.builder().build(), key);
        } catch (AuthenticationRequiredException e) {
            // The page of the invoice outlives the address of a single attempt.
            throw new AuthenticationRequiredException(
                    "Invoice " + invoiceId + " is paid when the customer has confirmed it; send him to the url",
                    e.requestId().orElse(null),
                    page(invoiceId).or(e::url).orElse(null),
                    e);
        } catch (RequestRefusedException e) {
            if (e.code().filter("invoice_already_paid"::equals).isPresent()) {
                return known(get(invoiceId));
            }
            throw e;
        }
    }

    @Override
    public Invoice markPaid(String invoiceId, RequestKey key) {
        return write(
                invoiceId,
                "pay",
                InvoicePayParams.builder().setPaidOutOfBand(true).build(),
                key);
    }

    @Override
    public Invoice voidInvoice(String invoiceId, RequestKey key) {
        return write(invoiceId, "void", InvoiceVoidInvoiceParams.builder().build(), key);
    }

    @Override
    public byte[] pdf(Invoice invoice) {
        URI link = invoice.links().pdf();
        if (link == null) {
            throw new IllegalArgumentException("Invoice " + invoice.id() + " has no PDF document");
        }
        return downloads.linkedPdf("fetch the PDF of invoice " + invoice.id(), link);
    }

    private Invoice write(String invoiceId, String verb, ApiRequestParams params, RequestKey key) {
        String path = StripeApi.path(COLLECTION, invoiceId) + "/" + verb;
        api.post(verb + " invoice " + invoiceId, "invoice." + verb, path, params, key);
        // The answer may be a repeated one, and tells neither payments nor discounts.
        return known(get(invoiceId));
    }

    private Optional<URI> page(String invoiceId) {
        return Optional.ofNullable(known(get(invoiceId)).links().page());
    }

    private Answer get(String invoiceId) {
        InvoiceRetrieveParams params = InvoiceRetrieveParams.builder()
                .addExpand(PAYMENTS)
                .addExpand(DISCOUNTS)
                .build();
        return api.get("read invoice " + invoiceId, StripeApi.path(COLLECTION, invoiceId), params);
    }

    private Invoice known(Answer answer) {
        return answer.read(document ->
                owned(document).map(Owned::invoice).orElseThrow(() -> Json.malformed(document, "customer")));
    }

    /** An invoice that was deleted while it was a draft, or whose customer is gone, is nobody's. */
    private Optional<Owned> owned(JsonNode document) {
        String customer = Json.id(document, "customer");
        if (customer == null || Json.flag(document, "deleted")) {
            return Optional.empty();
        }
        URI receipt = Receipts.of(api, customer, List.of(document)).of(document);
        return Optional.of(
                new Owned(customer, invoice(document, new PlanOfPrice(api)).withReceipt(receipt)));
    }

    private Invoice invoice(JsonNode document, PlanOfPrice plans) {
        List<InvoiceLine> lines = InvoiceLines.all(api, document).stream()
                .map(line -> InvoiceContents.line(line, plans.of(line)))
                .toList();
        return InvoiceDocument.read(document, lines);
    }
}
