package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.ApiClient.Answer;
import java.time.Duration;
import java.time.Period;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InvoiceItemTest extends ShopTest {

    private Answer item(String... params) {
        String[] all = new String[params.length + 1];
        all[0] = "customer=" + customer;
        System.arraycopy(params, 0, all, 1, params.length);
        return api.post("/v1/invoiceitems", all);
    }

    private JsonNode invoice(String id) {
        return api.get("/v1/invoices/" + id).body();
    }

    @Test
    @DisplayName("D10 an invoice item costs an amount, a unit amount with decimals, or a price, times a quantity")
    void amounts() {
        Answer plain = item("amount=1250", "currency=eur", "description=Help", "metadata[a]=b");
        assertThat(plain.number("/amount")).isEqualTo(1250);
        assertThat(plain.text("/currency")).isEqualTo("eur");
        assertThat(plain.text("/quantity_decimal")).isEqualTo("1");
        assertThat(plain.text("/pricing/unit_amount_decimal")).isEqualTo("1250");
        assertThat(plain.body().path("proration").asBoolean()).isFalse();
        assertThat(plain.number("/period/end")).isEqualTo(START.getEpochSecond());
        assertThat(plain.text("/metadata/a")).isEqualTo("b");
        Answer units = item("unit_amount_decimal=33.35", "quantity_decimal=2.5", "currency=usd");
        assertThat(units.number("/amount")).isEqualTo(83);
        assertThat(units.number("/quantity")).isEqualTo(2);
        Answer priced = item("pricing[price]=" + shop.oneTime(700), "quantity=3");
        assertThat(priced.number("/amount")).isEqualTo(2100);
        assertThat(priced.text("/description")).isEqualTo("Thing");
        Answer inline = item(
                "price_data[currency]=usd",
                "price_data[product]=" + shop.product("Hour"),
                "price_data[unit_amount]=9000",
                "quantity=2");
        assertThat(inline.number("/amount")).isEqualTo(18000);
        assertThat(item("amount=-500", "currency=usd")
                        .body()
                        .path("discountable")
                        .asBoolean())
                .isFalse();
        assertThat(api.eventTypes()).contains("invoiceitem.created");
    }

    @Test
    @DisplayName("D10 items without one amount, of recurring or foreign prices, or for nobody are refused")
    void refusals() {
        assertThat(item("currency=usd").text("/error/code")).isEqualTo("parameter_missing");
        assertThat(item("amount=1", "unit_amount_decimal=2").text("/error/param"))
                .isEqualTo("amount");
        assertThat(item("amount=1", "quantity=2").text("/error/param")).isEqualTo("quantity");
        assertThat(item("pricing[price]=" + shop.monthly(100)).text("/error/param"))
                .isEqualTo("pricing");
        assertThat(item("pricing[price]=" + shop.oneTime(100), "currency=eur").status())
                .isEqualTo(400);
        assertThat(api.post("/v1/invoiceitems", "amount=1").text("/error/param"))
                .isEqualTo("customer");
        assertThat(item("amount=1", "subscription=sub_none").text("/error/code"))
                .isEqualTo("resource_missing");
        assertThat(item("unit_amount_decimal=99999999999", "quantity=99999999999")
                        .text("/error/code"))
                .isEqualTo("amount_too_large");
        assertThat(item("amount=1", "period[start]=20", "period[end]=10").text("/error/param"))
                .isEqualTo("period[end]");
    }

    @Test
    @DisplayName("D10 the next invoice of a subscription takes the customer's items and its own, none of another's")
    void pending() {
        String price = shop.monthly(1000);
        String first = shop.subscribe(customer, price).id();
        String other = shop.subscribe(customer, shop.yearly(5000)).id();
        String free = item("amount=100", "currency=usd").id();
        String own = item("amount=20", "currency=usd", "subscription=" + first).id();
        String others =
                item("amount=3", "currency=usd", "subscription=" + other).id();
        item("amount=7777", "currency=eur");
        simulator.advance(Period.ofMonths(1));
        JsonNode draft = api.get("/v1/invoices", "subscription=" + first).body().at("/data/0");
        assertThat(draft.path("total").asLong()).isEqualTo(1120);
        assertThat(draft.at("/lines/data/0/parent/invoice_item_details/invoice_item")
                        .asText())
                .isEqualTo(free);
        assertThat(draft.at("/lines/data/1/subscription").asText()).isEqualTo(first);
        assertThat(api.get("/v1/invoiceitems/" + own).text("/invoice"))
                .isEqualTo(draft.path("id").asText());
        assertThat(api.get("/v1/invoiceitems", "pending=true", "customer=" + customer)
                        .body()
                        .at("/data"))
                .hasSize(2);
        assertThat(api.get("/v1/invoiceitems/" + others).body().path("invoice").isNull())
                .isTrue();
    }

    @Test
    @DisplayName("D10 an item is added to, changed on and deleted from a draft, whose totals follow")
    void onDraft() {
        String subscription = shop.subscribe(customer, shop.monthly(1000)).id();
        simulator.advance(Period.ofMonths(1));
        String draft = api.get("/v1/invoices", "subscription=" + subscription).text("/data/0/id");
        Answer item = item("amount=500", "invoice=" + draft);
        assertThat(item.text("/currency")).isEqualTo("usd");
        assertThat(invoice(draft).path("total").asLong()).isEqualTo(1500);
        String line = invoice(draft).at("/lines/data/1/id").asText();
        Answer changed = api.post("/v1/invoiceitems/" + item.id(), "unit_amount_decimal=10.5", "quantity=7");
        assertThat(changed.number("/amount")).isEqualTo(74);
        assertThat(invoice(draft).path("total").asLong()).isEqualTo(1074);
        assertThat(invoice(draft).at("/lines/data/1/id").asText()).isEqualTo(line);
        api.post("/v1/invoiceitems/" + item.id(), "quantity=8");
        assertThat(invoice(draft).path("total").asLong()).isEqualTo(1084);
        Answer deleted = api.delete("/v1/invoiceitems/" + item.id());
        assertThat(deleted.body().path("deleted").asBoolean()).isTrue();
        assertThat(invoice(draft).path("total").asLong()).isEqualTo(1000);
        assertThat(api.eventTypes()).contains("invoiceitem.deleted").doesNotContain("invoiceitem.updated");
        String kept = item("amount=500", "invoice=" + draft).id();
        simulator.advance(Duration.ofHours(1));
        assertThat(invoice(draft).path("amount_paid").asLong()).isEqualTo(1500);
        for (Answer late : new Answer[] {
            api.post("/v1/invoiceitems/" + kept, "amount=1"),
            api.delete("/v1/invoiceitems/" + kept),
            item("amount=1", "invoice=" + draft)
        }) {
            assertThat(late.text("/error/code")).isEqualTo("invoice_not_editable");
        }
    }

    @Test
    @DisplayName("D10 the discount of an item reduces its line, before the discounts of the invoice")
    void discount() {
        api.post("/v1/coupons", "id=QUARTER", "percent_off=25", "duration=once");
        api.post("/v1/coupons", "id=HALF", "percent_off=50", "duration=once");
        Answer item = item("amount=1000", "currency=usd", "discounts[0][coupon]=QUARTER");
        assertThat(item.body().path("discounts")).hasSize(1);
        item("amount=400", "currency=usd");
        Answer invoice = api.post(
                "/v1/invoices",
                "customer=" + customer,
                "pending_invoice_items_behavior=include",
                "discounts[0][coupon]=HALF");
        assertThat(invoice.number("/subtotal")).isEqualTo(1400);
        assertThat(invoice.number("/total")).isEqualTo(575);
        assertThat(invoice.number("/lines/data/0/discount_amounts/0/amount")).isEqualTo(250);
        assertThat(invoice.number("/lines/data/0/discount_amounts/1/amount")).isEqualTo(375);
        assertThat(invoice.number("/lines/data/1/discount_amounts/0/amount")).isEqualTo(200);
        Answer discount = api.get("/v1/invoiceitems/" + item.id(), "expand[]=discounts");
        assertThat(discount.text("/discounts/0/invoice_item")).isEqualTo(item.id());
        api.post("/v1/invoiceitems/" + item.id(), "discounts=");
        assertThat(invoice(invoice.id()).path("total").asLong()).isEqualTo(700);
        api.post("/v1/invoices/" + invoice.id(), "discounts=");
        assertThat(invoice(invoice.id()).path("total").asLong()).isEqualTo(1400);
    }
}
