package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.ApiClient.Answer;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OneOffInvoiceTest extends ShopTest {
    private static final long DAY = 86_400;

    private Answer create(String... more) {
        List<String> params = new ArrayList<>(List.of("customer=" + customer));
        params.addAll(List.of(more));
        return api.post("/v1/invoices", params.toArray(String[]::new));
    }

    private Answer draft(long amount, String... more) {
        Answer invoice = create(more);
        return api.post("/v1/invoices/" + invoice.id() + "/add_lines", "lines[0][amount]=" + amount);
    }

    private Answer invoice(String id) {
        return api.get("/v1/invoices/" + id);
    }

    private List<String> typesAbout(String id) {
        List<String> types = new ArrayList<>();
        for (JsonNode event : api.events()) {
            if (id.equals(event.at("/data/object/id").asText())) {
                types.add(event.path("type").asText());
            }
        }
        return types;
    }

    @Test
    @DisplayName("D10 a draft takes pending items only when asked to, and waits until somebody goes on")
    void drafts() {
        api.post("/v1/invoiceitems", "customer=" + customer, "amount=900", "currency=usd");
        Answer empty = create();
        assertThat(empty.text("/status")).isEqualTo("draft");
        assertThat(empty.text("/billing_reason")).isEqualTo("manual");
        assertThat(empty.body().path("auto_advance").asBoolean()).isFalse();
        assertThat(empty.body().path("parent").isNull()).isTrue();
        assertThat(empty.number("/total")).isZero();
        Answer full = create("pending_invoice_items_behavior=include", "description=Thanks", "metadata[k]=v");
        assertThat(full.number("/total")).isEqualTo(900);
        assertThat(full.text("/description")).isEqualTo("Thanks");
        simulator.advance(Period.ofDays(30));
        assertThat(invoice(full.id()).text("/status")).isEqualTo("draft");
        assertThat(typesAbout(full.id())).containsExactly("invoice.created");
    }

    @Test
    @DisplayName("D10 with auto_advance a draft is final and paid after an hour")
    void autoAdvance() {
        Answer draft = draft(900, "auto_advance=true");
        assertThat(draft.number("/automatically_finalizes_at")).isEqualTo(START.getEpochSecond() + 3600);
        assertThat(draft.number("/next_payment_attempt")).isEqualTo(START.getEpochSecond() + 3600);
        simulator.advance(Duration.ofMinutes(59));
        assertThat(invoice(draft.id()).text("/status")).isEqualTo("draft");
        simulator.advance(Duration.ofMinutes(1));
        Answer paid = invoice(draft.id());
        assertThat(paid.text("/status")).isEqualTo("paid");
        assertThat(paid.number("/amount_paid")).isEqualTo(900);
        assertThat(typesAbout(draft.id())).containsSubsequence("invoice.created", "invoice.finalized", "invoice.paid");
        Answer off = create("auto_advance=true");
        api.post("/v1/invoices/" + off.id(), "auto_advance=false");
        simulator.advance(Duration.ofHours(2));
        assertThat(invoice(off.id()).text("/status")).isEqualTo("draft");
        api.post("/v1/invoices/" + off.id(), "auto_advance=true");
        simulator.advance(Duration.ofHours(1));
        assertThat(invoice(off.id()).text("/status")).isEqualTo("paid");
        long later = simulator.now().getEpochSecond() + 5 * DAY;
        Answer timed = draft(10, "automatically_finalizes_at=" + later);
        simulator.advance(Period.ofDays(5));
        assertThat(invoice(timed.id()).text("/status")).isEqualTo("open");
    }

    @Test
    @DisplayName("D10 finalizing gives a number, or keeps the one given; nothing due is paid at once")
    void finalizing() {
        Answer open = api.post("/v1/invoices/" + draft(500, "number=A-1").id() + "/finalize");
        assertThat(open.text("/status")).isEqualTo("open");
        assertThat(open.text("/number")).isEqualTo("A-1");
        assertThat(open.text("/hosted_invoice_url")).contains("/invoice/");
        assertThat(open.body().path("next_payment_attempt").isNull()).isTrue();
        Answer nothing = api.post("/v1/invoices/" + create().id() + "/finalize");
        assertThat(nothing.text("/status")).isEqualTo("paid");
        Answer again = api.post("/v1/invoices/" + open.id() + "/finalize");
        assertThat(again.text("/error/code")).isEqualTo("invoice_not_editable");
        Answer going = api.post("/v1/invoices/" + draft(500).id() + "/finalize", "auto_advance=true");
        assertThat(going.number("/next_payment_attempt")).isEqualTo(START.getEpochSecond() + 3600);
        simulator.advance(Duration.ofHours(1));
        assertThat(invoice(going.id()).text("/status")).isEqualTo("paid");
        assertThat(invoice(open.id()).text("/status")).isEqualTo("open");
    }

    @Test
    @DisplayName("D10 lines are added, changed and removed while the invoice is a draft; item and line agree")
    void lines() {
        Answer draft = create();
        String path = "/v1/invoices/" + draft.id();
        String waiting = api.post("/v1/invoiceitems", "customer=" + customer, "amount=50", "currency=usd")
                .id();
        Answer added = api.post(
                path + "/add_lines",
                "lines[0][invoice_item]=" + waiting,
                "lines[1][price_data][currency]=usd",
                "lines[1][price_data][product_data][name]=Work",
                "lines[1][price_data][unit_amount]=300",
                "lines[1][quantity]=2",
                "lines[2][amount]=7",
                "lines[2][description]=Postage",
                "invoice_metadata[order]=1");
        assertThat(added.number("/total")).isEqualTo(657);
        assertThat(added.text("/metadata/order")).isEqualTo("1");
        String first = added.text("/lines/data/0/id");
        String second = added.text("/lines/data/1/id");
        String third = added.text("/lines/data/2/id");
        Answer updated = api.post(
                path + "/update_lines",
                "lines[0][id]=" + second,
                "lines[0][quantity]=3",
                "lines[1][id]=" + third,
                "lines[1][description]=Post");
        assertThat(updated.number("/total")).isEqualTo(957);
        assertThat(updated.text("/lines/data/2/description")).isEqualTo("Post");
        Answer line = api.post(path + "/lines/" + first, "amount=60", "metadata[x]=y");
        assertThat(line.text("/object")).isEqualTo("line_item");
        assertThat(line.number("/amount")).isEqualTo(60);
        assertThat(api.get("/v1/invoiceitems/" + waiting).number("/amount")).isEqualTo(60);
        Answer removed = api.post(
                path + "/remove_lines",
                "lines[0][id]=" + first,
                "lines[0][behavior]=unassign",
                "lines[1][id]=" + third,
                "lines[1][behavior]=delete");
        assertThat(removed.number("/total")).isEqualTo(900);
        assertThat(api.get("/v1/invoiceitems", "pending=true").text("/data/0/id"))
                .isEqualTo(waiting);
        assertThat(api.get("/v1/invoiceitems").body().at("/data")).hasSize(2);
        api.post(path + "/finalize");
        for (String action : List.of("add_lines", "update_lines", "remove_lines")) {
            Answer late = api.post(
                    path + "/" + action,
                    "lines[0][" + (action.equals("add_lines") ? "amount]=1" : "id]=" + second),
                    action.equals("remove_lines") ? "lines[0][behavior]=delete" : "lines[0][description]=x");
            assertThat(late.text("/error/code")).as(action).isEqualTo("invoice_not_editable");
        }
    }

    @Test
    @DisplayName("D10 an invoice to be sent has a due date, is sent, and becomes overdue")
    void sent() {
        assertThat(create("collection_method=send_invoice").text("/error/param"))
                .isEqualTo("days_until_due");
        assertThat(create("days_until_due=3").text("/error/param")).isEqualTo("days_until_due");
        Answer draft = draft(500, "collection_method=send_invoice", "days_until_due=3");
        assertThat(draft.number("/due_date")).isEqualTo(START.getEpochSecond() + 3 * DAY);
        simulator.advance(Period.ofDays(1));
        Answer open = api.post("/v1/invoices/" + draft.id() + "/send");
        assertThat(open.text("/status")).isEqualTo("open");
        assertThat(open.number("/due_date")).isEqualTo(START.getEpochSecond() + 4 * DAY);
        simulator.advance(Period.ofDays(3));
        assertThat(typesAbout(draft.id())).containsSubsequence("invoice.finalized", "invoice.sent", "invoice.overdue");
        Answer paid = api.post("/v1/invoices/" + draft.id() + "/pay", "paid_out_of_band=true");
        assertThat(paid.text("/status")).isEqualTo("paid");
        assertThat(paid.number("/amount_paid_off_stripe")).isEqualTo(500);
        long due = simulator.now().getEpochSecond() + 10 * DAY;
        Answer dated = draft(500, "collection_method=send_invoice", "due_date=" + due, "auto_advance=true");
        simulator.advance(Period.ofDays(2));
        assertThat(invoice(dated.id()).number("/due_date")).isEqualTo(due);
        assertThat(typesAbout(dated.id())).contains("invoice.sent").doesNotContain("invoice.overdue");
    }

    @Test
    @DisplayName("D10 what an invoice costs and how it is collected can be changed while it is a draft only")
    void update() {
        Answer draft = draft(500);
        String path = "/v1/invoices/" + draft.id();
        Answer changed = api.post(
                path,
                "collection_method=send_invoice",
                "days_until_due=5",
                "custom_fields[0][name]=PO",
                "custom_fields[0][value]=17",
                "footer=Bye",
                "metadata[a]=1");
        assertThat(changed.text("/collection_method")).isEqualTo("send_invoice");
        assertThat(changed.number("/due_date")).isEqualTo(START.getEpochSecond() + 5 * DAY);
        assertThat(changed.text("/custom_fields/0/value")).isEqualTo("17");
        Answer back = api.post(path, "collection_method=charge_automatically", "custom_fields=");
        assertThat(back.body().path("due_date").isNull()).isTrue();
        api.post(path + "/finalize");
        assertThat(api.post(path, "footer=Later", "metadata[a]=2").text("/metadata/a"))
                .isEqualTo("2");
        assertThat(api.post(path, "collection_method=send_invoice").text("/error/code"))
                .isEqualTo("invoice_not_editable");
        assertThat(api.post(path, "days_until_due=3").text("/error/param")).isEqualTo("days_until_due");
    }

    @Test
    @DisplayName("D10 an invoice is charged by its own payment method, and tried again when that fails")
    void dunning() {
        String failing = api.post("/v1/payment_methods/pm_card_chargeCustomerFail/attach", "customer=" + customer)
                .id();
        Answer draft = draft(500, "auto_advance=true", "default_payment_method=" + failing);
        simulator.advance(Duration.ofHours(1));
        Answer failed = invoice(draft.id());
        assertThat(failed.text("/status")).isEqualTo("open");
        assertThat(failed.number("/attempt_count")).isEqualTo(1);
        assertThat(failed.number("/next_payment_attempt")).isEqualTo(START.getEpochSecond() + 3600 + 3 * DAY);
        api.post("/v1/invoices/" + draft.id(), "default_payment_method=");
        simulator.advance(Period.ofDays(3));
        assertThat(invoice(draft.id()).text("/status")).isEqualTo("paid");
    }

    @Test
    @DisplayName("D10 a void invoice, or one paid elsewhere, asks nothing more of the customer")
    void withdrawn() {
        for (String action : List.of("void", "pay")) {
            String id = draft(500).id();
            String intent = api.post("/v1/invoices/" + id + "/finalize", "expand[]=payments")
                    .text("/payments/data/0/payment/payment_intent");
            assertThat(api.get("/v1/payment_intents/" + intent).text("/status")).isEqualTo("requires_payment_method");
            ok(
                    action.equals("pay")
                            ? api.post("/v1/invoices/" + id + "/pay", "paid_out_of_band=true")
                            : api.post("/v1/invoices/" + id + "/void"));
            assertThat(api.get("/v1/payment_intents/" + intent).text("/status")).isEqualTo("canceled");
            assertThat(api.get("/v1/invoice_payments", "invoice=" + id).text("/data/0/status"))
                    .isEqualTo("canceled");
        }
    }

    private static void ok(Answer answer) {
        assertThat(answer.status()).as(() -> answer.body().toString()).isEqualTo(200);
    }

    @Test
    @DisplayName("D10 an invoice for a subscription takes what waits for it, and its periods go on as they were")
    void forSubscription() {
        String price = shop.monthly(1000);
        String subscription = shop.subscribe(customer, price).id();
        simulator.advance(Period.ofDays(10));
        Answer item = api.get("/v1/subscription_items", "subscription=" + subscription);
        api.post(
                "/v1/subscription_items/" + item.text("/data/0/id"),
                "quantity=2",
                "proration_behavior=create_prorations");
        api.post("/v1/invoiceitems", "customer=" + customer, "amount=1", "currency=usd");
        Answer invoice = create("subscription=" + subscription);
        assertThat(invoice.body().at("/lines/data")).hasSize(2);
        assertThat(invoice.text("/parent/subscription_details/subscription")).isEqualTo(subscription);
        assertThat(invoice.text("/billing_reason")).isEqualTo("manual");
        assertThat(api.delete("/v1/invoices/" + invoice.id()).text("/error/code"))
                .isEqualTo("invoice_not_editable");
        api.post("/v1/invoices/" + invoice.id() + "/pay");
        simulator.advance(Period.ofDays(30));
        JsonNode renewed =
                api.get("/v1/invoices", "subscription=" + subscription).body().at("/data/0");
        assertThat(renewed.path("total").asLong()).isEqualTo(2001);
    }

    @Test
    @DisplayName("D10 a deleted draft lets its items wait again, and a discount of the customer is inherited")
    void deleted() {
        String item = api.post("/v1/invoiceitems", "customer=" + customer, "amount=1000", "currency=usd")
                .id();
        api.post("/v1/coupons", "id=HALF", "percent_off=50", "duration=forever");
        simulator.discountCustomer(customer, "HALF");
        Answer draft = create("pending_invoice_items_behavior=include");
        assertThat(draft.number("/total")).isEqualTo(500);
        assertThat(api.delete("/v1/invoices/" + draft.id())
                        .body()
                        .path("deleted")
                        .asBoolean())
                .isTrue();
        assertThat(api.get("/v1/invoiceitems/" + item).body().path("invoice").isNull())
                .isTrue();
        assertThat(create("pending_invoice_items_behavior=include", "discounts=")
                        .number("/total"))
                .isEqualTo(1000);
        assertThat(create("from_invoice[action]=revision", "from_invoice[invoice]=in_1")
                        .text("/error/param"))
                .isEqualTo("from_invoice");
    }
}
