package dev.billhook.simulator.page;

import static dev.billhook.simulator.page.Stage.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.page.Browser.Page;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Every page is well formed and can be used by everybody")
final class PageQualityTest extends StageTest {
    @Test
    @DisplayName("language, title, landmarks, headings, labels, names, ids and tables are in order")
    void isWellFormed() {
        Map<String, Page> pages = pages();
        assertThat(pages).hasSizeGreaterThan(30);

        pages.forEach((name, page) -> {
            assertThat(page.status()).as(name).isBetween(200, 404);
            Document html = page.html();
            assertThat(html.select("html").attr("lang")).as(name).isEqualTo("en");
            assertThat(html.title()).as(name).isNotBlank();
            assertThat(html.select("meta[name=viewport]")).as(name).hasSize(1);
            assertThat(html.select("main")).as(name).hasSize(1);
            assertThat(html.select("[style], script, [onclick]")).as(name).isEmpty();
            headings(name, html);
            ids(name, html);
            controls(name, html);
            tables(name, html);
        });
    }

    private static void headings(String name, Document html) {
        assertThat(html.select("h1")).as("one h1 on " + name).hasSize(1);
        int before = 0;
        for (Element heading : html.select("h1, h2, h3, h4")) {
            int level = heading.tagName().charAt(1) - '0';
            assertThat(level).as("%s on %s", heading, name).isLessThanOrEqualTo(before + 1);
            before = level;
        }
    }

    private static void ids(String name, Document html) {
        List<String> ids = html.select("[id]").eachAttr("id");
        assertThat(ids).as("ids on " + name).doesNotHaveDuplicates();
        for (String attribute : List.of("aria-labelledby", "aria-describedby", "for", "list", "form")) {
            html.select("[" + attribute + "]")
                    .forEach(element -> assertThat(ids)
                            .as("%s on %s", element, name)
                            .contains(element.attr(attribute).split(" ")));
        }
        html.select("a[href^=#]")
                .forEach(link -> assertThat(ids).contains(link.attr("href").substring(1)));
    }

    private static void controls(String name, Document html) {
        for (Element input : html.select("input:not([type=hidden]), select, textarea")) {
            boolean labelled = input.closest("label") != null
                    || (!input.id().isEmpty()
                            && !html.select("label[for=" + input.id() + "]").isEmpty());
            assertThat(labelled).as("label of %s on %s", input, name).isTrue();
        }
        for (Element named : html.select("a, button, summary, label, legend, th")) {
            assertThat(named.text()).as("text of %s on %s", named, name).isNotBlank();
        }
        for (Element region : html.select("[role=region], nav, svg[role=img]")) {
            assertThat(region.hasAttr("aria-label") || region.hasAttr("aria-labelledby"))
                    .as("name of %s on %s", region.tagName(), name)
                    .isTrue();
        }
    }

    private static void tables(String name, Document html) {
        for (Element table : html.select("table")) {
            Element head = table.selectFirst("thead tr");
            if (head != null) {
                assertThat(head.select("th")).as(name).allMatch(th -> "col".equals(th.attr("scope")));
                int width = head.select("th").size();
                table.select("tbody tr:not(:has([colspan]))")
                        .forEach(row -> assertThat(row.children())
                                .as("row of %s on %s", row, name)
                                .hasSize(width));
            }
        }
    }

    /** Every kind of page, in the states that look different. */
    private Map<String, Page> pages() {
        Map<String, Page> pages = new LinkedHashMap<>();
        String customer = stage.customer();
        checkout(pages, customer);
        String subscription = stage.subscribed(customer);
        stage.simulator.advance(Period.ofMonths(1).plusDays(1));
        portal(pages, customer, subscription);
        Answer invoice = stage.api.get("/v1/invoices");
        String paid = invoice.text("/data/0/id");
        stage.api.post("/v1/credit_notes", "invoice=" + paid, "amount=100", "refund_amount=100");
        pages.put("paid invoice", browser.open("/invoice/" + paid));
        String charge = stage.api.get("/v1/charges").text("/data/0/id");
        pages.put("receipt", browser.open("/receipt/" + charge));
        openInvoices(pages, customer);
        dashboard(pages, customer, subscription);
        pages.put("not found", browser.open("/dashboard/nothing"));
        pages.put("unknown invoice", browser.open("/invoice/in_nothing"));
        return pages;
    }

    private void checkout(Map<String, Page> pages, String customer) {
        Page form = browser.open("/pay/" + stage.subscriptionSession("customer=" + customer));
        pages.put("checkout", form);
        pages.put("checkout, nothing filled in", form.press("Subscribe"));
        pages.put("3-D Secure", form.card("4000 0027 6000 3184").press("Subscribe"));
        String asking = stage.subscriptionSession(
                "billing_address_collection=required",
                "phone_number_collection[enabled]=true",
                "tax_id_collection[enabled]=true",
                "allow_promotion_codes=true",
                "consent_collection[promotions]=auto");
        pages.put("checkout that asks for more", browser.open("/pay/" + asking));
    }

    private void portal(Map<String, Page> pages, String customer, String subscription) {
        List<String> features = new ArrayList<>();
        for (String feature : List.of("invoice_history", "payment_method_update", "subscription_cancel")) {
            features.add("features[" + feature + "][enabled]=true");
        }
        features.add("features[customer_update][enabled]=true");
        features.add("features[subscription_cancel][cancellation_reason][enabled]=true");
        String[] details = {"name", "email", "phone", "address", "shipping", "tax_id"};
        for (int i = 0; i < details.length; i++) {
            features.add("features[customer_update][allowed_updates][" + i + "]=" + details[i]);
        }
        features.addAll(List.of(
                "features[subscription_update][enabled]=true",
                "features[subscription_update][default_allowed_updates][0]=price",
                "features[subscription_update][default_allowed_updates][1]=promotion_code",
                "features[subscription_update][products][0][product]=" + stage.product,
                "features[subscription_update][products][0][prices][0]=" + stage.monthly,
                "features[subscription_update][products][0][prices][1]=" + stage.yearly,
                "features[subscription_update][products][0][adjustable_quantity][enabled]=true",
                "business_profile[terms_of_service_url]=https://shop.example/terms"));
        String configuration = stage.api
                .post("/v1/billing_portal/configurations", features.toArray(String[]::new))
                .id();
        stage.api.post("/v1/customers/" + customer + "/tax_ids", "type=eu_vat", "value=DE123456789");
        String url = stage.portal(customer, "configuration=" + configuration);
        String plan = url + "/subscriptions/" + subscription;
        for (String step : List.of("", "/payment-method", "/customer", "/tax-ids")) {
            pages.put("portal" + step, browser.open(url + step));
        }
        pages.put("portal, wrong card", browser.open(url + "/payment-method").press("Save payment method"));
        pages.put("portal, wrong tax id", browser.open(url + "/tax-ids").press("Save"));
        pages.put("portal, cancel", browser.open(plan + "/cancel"));
        pages.put("portal, update", browser.open(plan + "/update"));
        pages.put("portal, confirm", browser.open(plan + "/confirm?price=" + stage.yearly));
        String coupon =
                stage.api.post("/v1/coupons", "percent_off=20", "duration=once").id();
        pages.put(
                "portal, offer",
                browser.open(stage.portal(
                        customer,
                        "flow_data[type]=subscription_cancel",
                        "flow_data[subscription_cancel][subscription]=" + subscription,
                        "flow_data[subscription_cancel][retention][type]=coupon_offer",
                        "flow_data[subscription_cancel][retention][coupon_offer][coupon]=" + coupon)));
    }

    private void openInvoices(Map<String, Page> pages, String customer) {
        for (String end : List.of("", "void", "mark_uncollectible")) {
            stage.api.post("/v1/invoiceitems", "customer=" + customer, "amount=700", "currency=usd");
            String id = stage.sentInvoice(customer);
            if (!end.isEmpty()) {
                stage.api.post("/v1/invoices/" + id + "/" + end);
            }
            pages.put("invoice " + end, browser.open("/invoice/" + id));
        }
        Page open = pages.get("invoice ");
        pages.put("invoice, wrong card", open.fill("Card number", VISA).press("Pay $7.00"));
    }

    private void dashboard(Map<String, Page> pages, String customer, String subscription) {
        for (String path : List.of(
                "",
                "/customers",
                "/subscriptions",
                "/invoices",
                "/payments",
                "/catalog",
                "/checkout",
                "/events",
                "/webhooks",
                "/requests",
                "/control",
                "/search?q=jo")) {
            pages.put("dashboard" + path, browser.open("/dashboard" + path));
        }
        pages.put("dashboard, customer", browser.open("/dashboard/customers/" + customer));
        pages.put("dashboard, subscription", browser.open("/dashboard/subscriptions/" + subscription));
        for (String[] type : new String[][] {
            {"invoices", "/v1/invoices"},
            {"payments", "/v1/charges"},
            {"payments", "/v1/refunds"},
            {"payments", "/v1/payment_intents"},
            {"invoices", "/v1/credit_notes"},
            {"catalog", "/v1/products"},
            {"catalog", "/v1/prices"},
            {"catalog", "/v1/coupons"},
            {"checkout", "/v1/checkout/sessions"},
            {"events", "/v1/events"}
        }) {
            String id = stage.api.get(type[1]).text("/data/0/id");
            pages.put("dashboard, one of " + type[1], browser.open("/dashboard/" + type[0] + "/" + id));
        }
        Page disputed = browser.open(
                        "/dashboard/payments/" + stage.api.get("/v1/charges").text("/data/0/id"))
                .press("Raise a dispute");
        pages.put("dashboard, dispute", disputed);
    }
}
