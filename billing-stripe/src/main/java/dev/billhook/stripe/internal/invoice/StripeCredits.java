package dev.billhook.stripe.internal.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.ChargeListParams;
import com.stripe.param.CreditNoteCreateParams;
import com.stripe.param.CreditNoteListParams;
import com.stripe.param.CreditNoteVoidCreditNoteParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import dev.billhook.RequestKey;
import dev.billhook.credit.CreditNote;
import dev.billhook.credit.RefundRequest;
import dev.billhook.money.MinorUnits;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.invoice.CreditGateway;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Credit notes and refunds at Stripe. */
public final class StripeCredits implements CreditGateway {
    private static final String COLLECTION = "/v1/credit_notes";
    private static final String CHARGES = "/v1/charges";
    private static final String REFUNDS = "/v1/refunds";

    private final StripeApi api;

    /** Of the account the calls go to. */
    public StripeCredits(StripeApi api) {
        this.api = api;
    }

    @Override
    public List<Payment> payments(String invoiceId) {
        return succeeded(invoiceId).stream().map(StripeCredits::payment).toList();
    }

    private List<JsonNode> succeeded(String invoiceId) {
        InvoicePaymentListParams.Builder params = InvoicePaymentListParams.builder()
                .setInvoice(invoiceId)
                .setStatus(InvoicePaymentListParams.Status.PAID)
                .setLimit(Pages.SIZE);
        List<JsonNode> charges = new ArrayList<>();
        Pages.forEach(
                after -> api.get(
                        "list an invoice's payments",
                        "/v1/invoice_payments",
                        params.setStartingAfter(after).build()),
                paid -> charges.addAll(charges(paid)));
        // An invoice's payments are listed by when they were asked for.
        charges.sort(Comparator.comparingLong((JsonNode charge) -> Json.requireNumber(charge, "created"))
                .reversed());
        return charges;
    }

    @Override
    public List<CreditNote> notes(String invoiceId) {
        return documents(invoiceId).stream().map(this::issued).toList();
    }

    @Override
    public Optional<CreditNote> findNote(String invoiceId, RequestKey name) {
        return documents(invoiceId).stream()
                .filter(note -> madeBy(name, note))
                .findFirst()
                .map(this::issued);
    }

    @Override
    public List<Made> refunds(String invoiceId, RequestKey name) {
        return payments(invoiceId).stream()
                .flatMap(payment -> refundsOf(payment.id(), name).stream())
                .toList();
    }

    @Override
    public Optional<Made> findRefund(String paymentId, RequestKey name) {
        return refundsOf(paymentId, name).stream().findFirst();
    }

    private List<Made> refundsOf(String paymentId, RequestKey name) {
        List<Made> refunds = new ArrayList<>();
        RefundListParams.Builder params =
                RefundListParams.builder().setCharge(paymentId).setLimit(Pages.SIZE);
        Pages.forEach(
                after -> api.get(
                        "list a charge's refunds",
                        REFUNDS,
                        params.setStartingAfter(after).build()),
                refund -> {
                    if (madeBy(name, refund)) {
                        refunds.add(new Made(paymentId, CreditDocument.refund(refund)));
                    }
                });
        return refunds;
    }

    private static boolean madeBy(RequestKey key, JsonNode object) {
        return key.value().equals(Metadata.value(object, Metadata.REQUEST));
    }

    private List<JsonNode> documents(String invoiceId) {
        CreditNoteListParams.Builder params =
                CreditNoteListParams.builder().setInvoice(invoiceId).setLimit(Pages.SIZE);
        List<JsonNode> notes = new ArrayList<>();
        Pages.forEach(
                after -> api.get(
                        "list an invoice's credit notes",
                        COLLECTION,
                        params.setStartingAfter(after).build()),
                notes::add);
        return notes;
    }

    @Override
    public CreditNote preview(Order order) {
        CreditNoteCreateParams params = params(order).build();
        return api.get("preview a credit note of invoice " + order.invoiceId(), COLLECTION + "/preview", params)
                .read(note -> CreditDocument.preview(note, lines(note, order), order.repaid()));
    }

    @Override
    public CreditNote issue(Order order, RequestKey name, RequestKey key) {
        return api.post(
                        "issue a credit note of invoice " + order.invoiceId(),
                        "credit.issue",
                        COLLECTION,
                        params(order)
                                .putMetadata(Metadata.REQUEST, name.value())
                                .build(),
                        key)
                .read(this::issued);
    }

    @Override
    public CreditNote voidNote(String creditNoteId, RequestKey key) {
        return api.post(
                        "void credit note " + creditNoteId,
                        "credit.void",
                        StripeApi.path(COLLECTION, creditNoteId) + "/void",
                        CreditNoteVoidCreditNoteParams.builder().build(),
                        key)
                .read(this::issued);
    }

    @Override
    public Made refund(
            String paymentId, Money amount, RefundRequest.@Nullable Reason reason, RequestKey name, RequestKey key) {
        RefundCreateParams.Builder params = RefundCreateParams.builder()
                .setCharge(paymentId)
                .setAmount(amount.minorUnits())
                .putMetadata(Metadata.REQUEST, name.value());
        if (reason != null) {
            params.setReason(RefundCreateParams.Reason.valueOf(reason.name()));
        }
        return api.post("refund charge " + paymentId, "refund.create", REFUNDS, params.build(), key)
                .read(refund -> new Made(paymentId, CreditDocument.refund(refund)));
    }

    private CreditNote issued(JsonNode note) {
        return CreditDocument.issued(note, lines(note, null));
    }

    private static CreditNoteCreateParams.Builder params(Order order) {
        CreditNoteCreateParams.Builder params =
                CreditNoteCreateParams.builder().setInvoice(order.invoiceId()).setMemo(order.memo());
        if (order.amount() != null) {
            params.setAmount(order.amount().minorUnits());
        }
        for (Line line : order.lines()) {
            params.addLine(CreditNoteCreateParams.Line.builder()
                    .setType(CreditNoteCreateParams.Line.Type.INVOICE_LINE_ITEM)
                    .setInvoiceLineItem(line.lineId())
                    .setAmount(line.amount().minorUnits())
                    .build());
        }
        if (order.made().isEmpty()) {
            params.setRefundAmount(unlessZero(order.repaid().refunded()));
        }
        for (Made made : order.made()) {
            params.addRefund(CreditNoteCreateParams.Refund.builder()
                    .setRefund(made.part().id())
                    .setAmountRefunded(made.part().amount().minorUnits())
                    .build());
        }
        params.setCreditAmount(unlessZero(order.repaid().balance()))
                .setOutOfBandAmount(unlessZero(order.repaid().outside()));
        if (order.reason() != null) {
            params.setReason(
                    switch (order.reason()) {
                        case DUPLICATE -> CreditNoteCreateParams.Reason.DUPLICATE;
                        case FRAUDULENT -> CreditNoteCreateParams.Reason.FRAUDULENT;
                        case ORDER_CHANGE -> CreditNoteCreateParams.Reason.ORDER_CHANGE;
                        case UNSATISFACTORY -> CreditNoteCreateParams.Reason.PRODUCT_UNSATISFACTORY;
                    });
        }
        return params;
    }

    private static @Nullable Long unlessZero(Money amount) {
        return amount.minorUnits() == 0 ? null : amount.minorUnits();
    }

    /** All lines: a note tells only the first ones. Those of a preview are asked for with what the preview was asked with. */
    private List<JsonNode> lines(JsonNode note, @Nullable Order preview) {
        List<JsonNode> lines = new ArrayList<>();
        if (!Json.flag(note.path("lines"), "has_more")) {
            note.path("lines").path("data").forEach(lines::add);
            return lines;
        }
        String path =
                (preview == null ? StripeApi.path(COLLECTION, Json.requireText(note, "id")) : COLLECTION + "/preview")
                        + "/lines";
        Pages.forEach(
                after -> {
                    CreditNoteCreateParams.Builder params =
                            preview == null ? CreditNoteCreateParams.builder() : params(preview);
                    params.putExtraParam("limit", Pages.SIZE);
                    if (after != null) {
                        params.putExtraParam("starting_after", after);
                    }
                    return api.get("list a credit note's lines", path, params.build());
                },
                lines::add);
        return lines;
    }

    /** The charges of a payment that succeeded. */
    private List<JsonNode> charges(JsonNode paid) {
        List<JsonNode> charges = new ArrayList<>();
        JsonNode payment = paid.path("payment");
        String intent = Json.id(payment, "payment_intent");
        String charge = Json.id(payment, "charge");
        if (intent != null) {
            ChargeListParams params = ChargeListParams.builder()
                    .setPaymentIntent(intent)
                    .setLimit(Pages.SIZE)
                    .build();
            api.get("list a payment's charges", CHARGES, params)
                    .body()
                    .path("data")
                    .forEach(charges::add);
        } else if (charge != null) {
            charges.add(api.get("read charge " + charge, StripeApi.path(CHARGES, charge))
                    .body());
        }
        charges.removeIf(each -> !"succeeded".equals(Json.text(each, "status")));
        return charges;
    }

    private static Payment payment(JsonNode charge) {
        String currency = Json.requireText(charge, "currency");
        return new Payment(
                Json.requireText(charge, "id"),
                Money.of(Json.requireNumber(charge, "amount_captured"), MinorUnits.currency(currency)),
                Money.of(Json.requireNumber(charge, "amount_refunded"), MinorUnits.currency(currency)));
    }
}
