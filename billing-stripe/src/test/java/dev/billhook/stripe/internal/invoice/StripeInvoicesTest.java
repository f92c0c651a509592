package dev.billhook.stripe.internal.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.RequestKey;
import dev.billhook.credit.CreditNote;
import dev.billhook.error.ProviderUnavailableException;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceStatus;
import dev.billhook.spi.provider.invoice.CreditGateway;
import dev.billhook.spi.provider.invoice.InvoiceGateway;
import dev.billhook.stripe.testing.RecordingStripe;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C14 Invoices as Stripe tells them")
class StripeInvoicesTest {
    private static final String INVOICE = """
            {"id": "in_1", "object": "invoice", "customer": "cus_1", "currency": "usd", "status": "%s", "number": "A-1",
             "created": 1800000000, "subtotal": 1000, "total": 1000, "amount_due": 1000, "amount_paid": 0,
             "amount_remaining": 1000, "pre_payment_credit_notes_amount": 0, "post_payment_credit_notes_amount": 0,
             "total_discount_amounts": [], "total_taxes": [], "status_transitions": {},
             "payments": {"data": []}, "lines": {"data": [], "has_more": true}}
            """;
    private static final String NOTE = """
            {"id": "cn_1", "object": "credit_note", "invoice": "in_1", "currency": "usd", "status": "issued",
             "number": "A-1-CN-01", "created": 1800000000, "subtotal": 300, "discount_amount": 0, "total": 300,
             "total_taxes": [], "pre_payment_amount": 100, "post_payment_amount": 200, "out_of_band_amount": 30,
             "refunds": [{"amount_refunded": 120, "refund": "re_1"}], "pdf": "https://pay.stripe.com/cn_1/pdf",
             "metadata": {"billhook_request": "k-1"}, "lines": {"data": [], "has_more": true}}
            """;

    @AutoClose
    private final RecordingStripe stripe = new RecordingStripe();

    private final InvoiceGateway invoices = stripe.provider().invoices();
    private final CreditGateway credits = stripe.provider().credits();

    private static String invoiceLines(int from, int to, boolean more) {
        return IntStream.range(from, to)
                .mapToObj("""
                        {"id": "il_%d", "object": "line_item", "amount": 10, "currency": "usd", "quantity": 1,
                         "description": "Item", "period": {"start": 1800000000, "end": 1800000000}}\
                        """::formatted)
                .collect(Collectors.joining(",", "{\"data\": [", "], \"has_more\": " + more + "}"));
    }

    private static String noteLines(int from, int to, boolean more) {
        return IntStream.range(from, to)
                .mapToObj("""
                        {"id": "cnli_%d", "object": "credit_note_line_item", "amount": 10, "discount_amount": 0,
                         "description": "Item", "invoice_line_item": "il_%1$d", "taxes": []}\
                        """::formatted)
                .collect(Collectors.joining(",", "{\"data\": [", "], \"has_more\": " + more + "}"));
    }

    @Test
    @DisplayName("C14 an invoice of more lines than Stripe tells with it has them all")
    void allLines() {
        stripe.replies(INVOICE.formatted("open"))
                .replies(invoiceLines(0, 100, true))
                .replies(invoiceLines(100, 130, false));

        Invoice invoice = invoices.find("in_1").orElseThrow().invoice();

        assertThat(invoice.lines()).hasSize(130);
        assertThat(stripe.calls())
                .extracting(RecordingStripe.Call::path)
                .containsExactly("/v1/invoices/in_1", "/v1/invoices/in_1/lines", "/v1/invoices/in_1/lines");
        assertThat(stripe.calls().get(2).params()).containsEntry("starting_after", "il_99");
        assertThat(invoice.status()).isEqualTo(InvoiceStatus.OPEN);
    }

    @Test
    @DisplayName("C14 an invoice that is gone is none, one of an unknown status is not guessed at")
    void strange() {
        stripe.replies(404, "{\"error\": {\"code\": \"resource_missing\"}}", Map.of());
        assertThat(invoices.find("in_1")).isEmpty();

        stripe.replies("{\"id\": \"in_1\", \"object\": \"invoice\", \"deleted\": true}");
        assertThat(invoices.find("in_1")).isEmpty();

        stripe.replies(INVOICE.formatted("folded").replace("\"has_more\": true", "\"has_more\": false"));
        assertThatExceptionOfType(ProviderUnavailableException.class).isThrownBy(() -> invoices.find("in_1"));
    }

    @Test
    @DisplayName("C13 a credit note of many lines has them all, and tells where the money went")
    void note() {
        stripe.replies("{\"data\": [" + NOTE + "], \"has_more\": false}")
                .replies(noteLines(0, 100, true))
                .replies(noteLines(100, 101, false));

        CreditNote note = credits.findNote("in_1", new RequestKey("k-1")).orElseThrow();

        assertThat(note.lines()).hasSize(101);
        assertThat(List.of(
                        note.repaid().refunded().minorUnits(),
                        note.repaid().outside().minorUnits(),
                        note.repaid().balance().minorUnits()))
                .containsExactly(120L, 30L, 50L);
        assertThat(stripe.calls().get(2).params()).containsEntry("starting_after", "cnli_99");
    }

    @Test
    @DisplayName("C13 a key that made no credit note finds none")
    void otherKey() {
        stripe.replies("{\"data\": [" + NOTE + "], \"has_more\": false}");

        assertThat(credits.findNote("in_1", new RequestKey("k-2"))).isEmpty();
    }
}
