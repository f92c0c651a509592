package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.CreditNote;
import com.stripe.param.CreditNoteCreateParams;
import com.stripe.param.CreditNoteListParams;
import com.stripe.param.CreditNotePreviewParams;
import com.stripe.param.CreditNoteUpdateParams;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Credit notes")
class CreditNoteTest extends ApiTest {

    CreditNoteTest(StripeSimulator simulator) {
        super(simulator);
    }

    @Test
    @DisplayName("C13 on an open invoice a note lowers what is to be paid, and the payment that was asked for")
    void open() {
        String invoice = unpaid(1000);
        Answer note = credit(invoice, "amount=300", "reason=order_change", "memo=Sorry", "metadata[k]=v");
        assertThat(note.status()).isEqualTo(200);
        assertThat(note.text("/type")).isEqualTo("pre_payment");
        assertThat(note.number("/pre_payment_amount")).isEqualTo(300);
        assertThat(note.number("/post_payment_amount")).isZero();
        assertThat(note.text("/number")).isEqualTo(get(invoice).text("/number") + "-CN-01");
        assertThat(note.text("/reason")).isEqualTo("order_change");
        Answer after = get(invoice);
        assertThat(after.number("/amount_due")).isEqualTo(700);
        assertThat(after.number("/amount_remaining")).isEqualTo(700);
        assertThat(after.number("/pre_payment_credit_notes_amount")).isEqualTo(300);
        assertThat(after.number("/total")).isEqualTo(1000);
        assertThat(after.number("/payments/data/0/amount_requested")).isEqualTo(700);
        assertThat(after.number("/payments/data/0/payment/payment_intent/amount"))
                .isEqualTo(700);
        String card = api.post("/v1/payment_methods/pm_card_visa/attach", "customer=" + after.text("/customer"))
                .id();
        Answer paid = api.post("/v1/invoices/" + invoice + "/pay", "payment_method=" + card);
        assertThat(paid.number("/amount_paid")).isEqualTo(700);
        assertThat(api.get("/v1/charges", "customer=" + after.text("/customer")).number("/data/0/amount"))
                .isEqualTo(700);
        assertThat(api.eventTypes()).contains("credit_note.created", "invoice.updated");
    }

    @Test
    @DisplayName("an open invoice that is credited as a whole is paid, and nobody is asked for money")
    void openAndWhole() {
        String customer = shop.customer("pm_card_chargeCustomerFail");
        Answer subscription = shop.subscribe(customer, shop.monthly(1000));
        String invoice = subscription.text("/latest_invoice");
        credit(invoice, "amount=1000");
        Answer after = get(invoice);
        assertThat(after.text("/status")).isEqualTo("paid");
        assertThat(after.number("/amount_paid")).isZero();
        assertThat(after.text("/payments/data/0/status")).isEqualTo("canceled");
        assertThat(after.text("/payments/data/0/payment/payment_intent/status")).isEqualTo("canceled");
        assertThat(shop.subscription(subscription.id()).text("/status")).isEqualTo("active");
        assertThat(api.eventTypes()).contains("credit_note.created", "payment_intent.canceled", "invoice.paid");
    }

    @Test
    @DisplayName("C13 on a paid invoice a note gives back by refund, to the balance and outside of Stripe")
    void paid() {
        String customer = shop.customer();
        String invoice = shop.subscribe(customer, shop.monthly(1000)).text("/latest_invoice");
        Answer note = credit(invoice, "amount=900", "refund_amount=400", "credit_amount=300", "out_of_band_amount=200");
        assertThat(note.text("/type")).isEqualTo("post_payment");
        assertThat(note.number("/post_payment_amount")).isEqualTo(900);
        assertThat(note.number("/refunds/0/amount_refunded")).isEqualTo(400);
        assertThat(note.number("/out_of_band_amount")).isEqualTo(200);
        assertThat(api.get("/v1/refunds/" + note.text("/refunds/0/refund")).number("/amount"))
                .isEqualTo(400);
        assertThat(api.get("/v1/customers/" + customer).number("/balance")).isEqualTo(-300);
        Answer entry = api.get(
                "/v1/customers/" + customer + "/balance_transactions/" + note.text("/customer_balance_transaction"));
        assertThat(entry.text("/type")).isEqualTo("credit_note");
        assertThat(entry.text("/credit_note")).isEqualTo(note.id());
        Answer after = get(invoice);
        assertThat(after.number("/post_payment_credit_notes_amount")).isEqualTo(900);
        assertThat(after.number("/amount_paid")).isEqualTo(1000);
        assertThat(after.text("/status")).isEqualTo("paid");
        assertThat(api.post("/v1/credit_notes/" + note.id() + "/void").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("a refund that was made before can be linked to a note; otherwise it counts against it")
    void linked() {
        String invoice = shop.subscribe(shop.customer(), shop.monthly(1000)).text("/latest_invoice");
        String intent = get(invoice).text("/payments/data/0/payment/payment_intent/id");
        String refund = api.post("/v1/refunds", "payment_intent=" + intent, "amount=600")
                .id();
        assertThat(credit(invoice, "amount=500", "credit_amount=500").text("/error/message"))
                .contains("400 of the invoice can still be credited");
        Answer note = credit(invoice, "amount=600", "refunds[0][refund]=" + refund);
        assertThat(note.text("/refunds/0/refund")).isEqualTo(refund);
        assertThat(credit(invoice, "amount=100", "refunds[0][refund]=" + refund).text("/error/param"))
                .isEqualTo("refunds[0][amount_refunded]");
        assertThat(credit(invoice, "amount=400", "refund_amount=400").status()).isEqualTo(200);
        assertThat(credit(invoice, "amount=1", "credit_amount=1").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("lines are credited by quantity or by amount, with their share of discount and tax")
    void lines() {
        String rate = api.post("/v1/tax_rates", "display_name=VAT", "percentage=19", "inclusive=false")
                .id();
        String coupon =
                api.post("/v1/coupons", "percent_off=10", "duration=once").id();
        String invoice = shop.subscribe(
                        shop.customer(),
                        shop.monthly(333),
                        "items[0][quantity]=3",
                        "discounts[0][coupon]=" + coupon,
                        "default_tax_rates[0]=" + rate)
                .text("/latest_invoice");
        Answer whole = get(invoice);
        assertThat(whole.number("/total")).isEqualTo(1070);
        String line = whole.text("/lines/data/0/id");
        Answer first = credit(invoice, of(line, "quantity=1", "credit_amount=357"));
        assertThat(first.number("/subtotal")).isEqualTo(333);
        assertThat(first.number("/discount_amount")).isEqualTo(33);
        assertThat(first.number("/total_taxes/0/amount")).isEqualTo(57);
        assertThat(first.number("/total")).isEqualTo(357);
        assertThat(first.number("/total_excluding_tax")).isEqualTo(300);
        assertThat(first.text("/lines/data/0/invoice_line_item")).isEqualTo(line);
        assertThat(first.text("/lines/data/0/tax_rates/0/display_name")).isEqualTo("VAT");
        assertThat(credit(invoice, of(line, "amount=1", "credit_amount=1")).text("/error/param"))
                .isEqualTo("lines[0][amount]");
        assertThat(credit(invoice, of(line, "quantity=3", "credit_amount=1071")).text("/error/param"))
                .isEqualTo("lines[0][quantity]");
        Answer rest = credit(invoice, of(line, "quantity=2", "credit_amount=713"));
        assertThat(rest.number("/total") + first.number("/total")).isEqualTo(1070);
        assertThat(rest.number("/discount_amount") + first.number("/discount_amount"))
                .isEqualTo(100);
        assertThat(api.get("/v1/credit_notes/" + rest.id() + "/lines").body().path("data"))
                .hasSize(1);
    }

    @Test
    @DisplayName("the address of its PDF answers a PDF")
    void pdf() throws IOException {
        Answer note = credit(unpaid(1000), "amount=300");
        try (InputStream pdf = URI.create(note.text("/pdf")).toURL().openStream()) {
            assertThat(new String(pdf.readNBytes(5), StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        }
    }

    @Test
    @DisplayName("a line of its own has a price, a quantity and tax")
    void customLine() {
        String rate = api.post("/v1/tax_rates", "display_name=VAT", "percentage=20", "inclusive=false")
                .id();
        String invoice = unpaid(1000);
        Answer note = credit(
                invoice,
                "lines[0][type]=custom_line_item",
                "lines[0][description]=Outage",
                "lines[0][unit_amount_decimal]=12.5",
                "lines[0][quantity]=4",
                "lines[0][tax_rates][0]=" + rate);
        assertThat(note.number("/lines/data/0/amount")).isEqualTo(50);
        assertThat(note.number("/total")).isEqualTo(60);
        assertThat(get(invoice).number("/amount_remaining")).isEqualTo(940);
    }

    @Test
    @DisplayName("what is more than the invoice, or does not come to what was paid, is refused")
    void refusals() {
        String invoice = shop.subscribe(shop.customer(), shop.monthly(1000)).text("/latest_invoice");
        assertThat(credit(invoice, "amount=1001", "credit_amount=1001").text("/error/param"))
                .isEqualTo("amount");
        assertThat(credit(invoice, "amount=500").text("/error/message"))
                .contains("must equal the post payment amount (500)");
        assertThat(credit(invoice, "amount=500", "credit_amount=499").status()).isEqualTo(400);
        assertThat(credit(invoice).text("/error/code")).isEqualTo("parameter_missing");
        assertThat(credit(invoice, "amount=0").status()).isEqualTo(400);
        assertThat(credit(invoice, "amount=99999999999999").status()).isEqualTo(400);
        assertThat(credit(invoice, "lines[0][type]=invoice_line_item", "lines[0][invoice_line_item]=il_none")
                        .text("/error/code"))
                .isEqualTo("resource_missing");
        String open = unpaid(1000);
        assertThat(credit(open, "amount=500", "credit_amount=500").status()).isEqualTo(400);
        api.post("/v1/invoices/" + open + "/void");
        assertThat(credit(open, "amount=500").text("/error/param")).isEqualTo("invoice");
    }

    @Test
    @DisplayName("a note of an open invoice can be voided: the amount is due again")
    void voiding() {
        String invoice = unpaid(1000);
        String note = credit(invoice, "amount=300").id();
        Answer voided = api.post("/v1/credit_notes/" + note + "/void");
        assertThat(voided.text("/status")).isEqualTo("void");
        assertThat(voided.body().path("voided_at").isNumber()).isTrue();
        assertThat(get(invoice).number("/amount_remaining")).isEqualTo(1000);
        assertThat(get(invoice).number("/pre_payment_credit_notes_amount")).isZero();
        assertThat(get(invoice).number("/payments/data/0/amount_requested")).isEqualTo(1000);
        assertThat(api.post("/v1/credit_notes/" + note + "/void").status()).isEqualTo(400);
        assertThat(api.eventTypes()).contains("credit_note.voided");
    }

    @Test
    @DisplayName("a preview shows the note and leaves nothing behind")
    void preview() {
        String invoice = shop.subscribe(shop.customer(), shop.monthly(1000)).text("/latest_invoice");
        int events = api.events().size();
        Answer preview = api.get("/v1/credit_notes/preview", "invoice=" + invoice, "amount=400", "refund_amount=400");
        assertThat(preview.number("/post_payment_amount")).isEqualTo(400);
        Answer lines = api.get(
                "/v1/credit_notes/preview/lines",
                "invoice=" + invoice,
                "lines[0][type]=custom_line_item",
                "lines[0][unit_amount]=100",
                "credit_amount=100",
                "limit=1");
        assertThat(lines.number("/data/0/amount")).isEqualTo(100);
        assertThat(api.get("/v1/credit_notes", "invoice=" + invoice).body().path("data"))
                .isEmpty();
        assertThat(api.events()).hasSize(events);
        assertThat(api.get("/v1/refunds").body().path("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("whatever is credited, the invoice adds up and never gives back more than its total")
    void addsUp(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String customer = shop.customer(random.nextBoolean() ? "pm_card_visa" : "pm_card_chargeCustomerFail");
        String coupon = api.post("/v1/coupons", "percent_off=" + random.nextInt(1, 40), "duration=once")
                .id();
        String invoice = shop.subscribe(
                        customer,
                        shop.monthly(random.nextInt(500, 2000)),
                        "items[0][quantity]=7",
                        "discounts[0][coupon]=" + coupon)
                .text("/latest_invoice");
        String line = get(invoice).text("/lines/data/0/id");
        for (int step = 0; step < 15; step++) {
            List<String> params = new ArrayList<>();
            if (random.nextBoolean()) {
                params.addAll(List.of(of(line, "quantity=" + random.nextInt(1, 3))));
            } else {
                params.add("amount=" + random.nextInt(1, 3000));
            }
            boolean open = "open".equals(get(invoice).text("/status"));
            if (!open) {
                Answer wanted = api.get("/v1/credit_notes/preview", all(invoice, params, "credit_amount=1"));
                String message = wanted.text("/error/message");
                int at = message.indexOf("post payment amount (");
                String sum = at < 0 ? "1" : message.substring(at + 21, message.indexOf(')', at));
                params.add("credit_amount=" + sum);
            }
            Answer note = credit(invoice, params.toArray(String[]::new));
            if (open && note.status() == 200 && random.nextInt(3) == 0) {
                api.post("/v1/credit_notes/" + note.id() + "/void");
            }
        }
        long credited = 0;
        for (JsonNode note : api.get("/v1/credit_notes", "invoice=" + invoice, "limit=100")
                .body()
                .path("data")) {
            long total = note.path("subtotal").asLong()
                    - note.path("discount_amount").asLong();
            assertThat(note.path("total").asLong()).as("seed %d", seed).isEqualTo(total);
            credited += "issued".equals(note.path("status").asText()) ? total : 0;
        }
        Answer after = get(invoice);
        assertThat(after.number("/pre_payment_credit_notes_amount") + after.number("/post_payment_credit_notes_amount"))
                .as("seed %d", seed)
                .isEqualTo(credited)
                .isLessThanOrEqualTo(after.number("/total"));
        assertThat(after.number("/amount_due"))
                .as("seed %d", seed)
                .isEqualTo(after.number("/total") - after.number("/pre_payment_credit_notes_amount"));
    }

    @Test
    @DisplayName("Stripe's own client issues, previews, changes and lists")
    void client() throws StripeException {
        String invoice = shop.subscribe(shop.customer(), shop.monthly(1000)).text("/latest_invoice");
        StripeClient stripe = StripeClients.of(simulator);
        CreditNote preview = stripe.v1()
                .creditNotes()
                .preview(CreditNotePreviewParams.builder()
                        .setInvoice(invoice)
                        .setAmount(250L)
                        .setRefundAmount(250L)
                        .build());
        assertThat(preview.getPostPaymentAmount()).isEqualTo(250);
        CreditNote note = stripe.v1()
                .creditNotes()
                .create(CreditNoteCreateParams.builder()
                        .setInvoice(invoice)
                        .setAmount(250L)
                        .setRefundAmount(250L)
                        .setReason(CreditNoteCreateParams.Reason.DUPLICATE)
                        .build());
        assertThat(note.getRefunds().get(0).getRefund()).startsWith("re_");
        assertThat(note.getPdf()).startsWith(simulator.baseUrl());
        assertThat(stripe.v1()
                        .creditNotes()
                        .update(
                                note.getId(),
                                CreditNoteUpdateParams.builder()
                                        .setMemo("Twice")
                                        .build())
                        .getMemo())
                .isEqualTo("Twice");
        assertThat(stripe.v1().creditNotes().retrieve(note.getId()).getMemo()).isEqualTo("Twice");
        assertThat(stripe.v1()
                        .creditNotes()
                        .list(CreditNoteListParams.builder().setInvoice(invoice).build())
                        .getData())
                .hasSize(1);
        assertThatThrownBy(() -> stripe.v1().creditNotes().voidCreditNote(note.getId()))
                .isInstanceOf(InvalidRequestException.class);
    }

    /** An open invoice whose first payment was declined. */
    private String unpaid(long amount) {
        String customer = shop.customer("pm_card_chargeCustomerFail");
        return shop.subscribe(customer, shop.monthly(amount)).text("/latest_invoice");
    }

    private Answer get(String invoice) {
        return api.get("/v1/invoices/" + invoice, "expand[]=payments.data.payment.payment_intent");
    }

    private Answer credit(String invoice, String... params) {
        return api.post("/v1/credit_notes", all(invoice, List.of(params)));
    }

    private static String[] all(String invoice, List<String> params, String... more) {
        List<String> all = new ArrayList<>(List.of("invoice=" + invoice));
        all.addAll(params);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Parameters that credit an invoice line; those that are not about the line stay as they are. */
    private static String[] of(String line, String... params) {
        List<String> all =
                new ArrayList<>(List.of("lines[0][type]=invoice_line_item", "lines[0][invoice_line_item]=" + line));
        for (String param : params) {
            all.add(param.startsWith("credit") ? param : "lines[0][" + param.replaceFirst("=", "]="));
        }
        return all.toArray(String[]::new);
    }
}
