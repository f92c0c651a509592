package dev.billhook.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Makes objects of every kind with requests that succeed, and keeps these requests as a start for worse ones. */
final class FuzzedWorld {
    private final ApiClient api;
    private final StripeSimulator simulator;

    FuzzedWorld(StripeSimulator simulator) {
        this.simulator = simulator;
        this.api = new ApiClient(simulator);
    }

    void fill(List<String> requests) {
        Maker make = new Maker(requests);
        String product = make.one("/v1/products", "name=Plan", "metadata[a]=1", "marketing_features[0][name]=x");
        String price = make.one(
                "/v1/prices", "currency=usd", "unit_amount=1000", "recurring[interval]=month", "product=" + product);
        String yearly = make.one(
                "/v1/prices", "currency=usd", "unit_amount=9000", "recurring[interval]=year", "product=" + product);
        make.one(
                "/v1/prices",
                "currency=usd",
                "billing_scheme=tiered",
                "tiers_mode=graduated",
                "tiers[0][up_to]=5",
                "tiers[0][unit_amount]=10",
                "tiers[1][up_to]=inf",
                "tiers[1][unit_amount_decimal]=5.5",
                "recurring[interval]=week",
                "product_data[name]=Tiers");
        String once = make.one("/v1/prices", "currency=usd", "unit_amount=700", "product_data[name]=Thing");
        String meter = make.one(
                "/v1/billing/meters", "display_name=Calls", "event_name=calls", "default_aggregation[formula]=sum");
        String metered = make.one(
                "/v1/prices",
                "currency=usd",
                "unit_amount=2",
                "recurring[interval]=month",
                "recurring[usage_type]=metered",
                "recurring[meter]=" + meter,
                "product=" + product);
        String coupon = make.one("/v1/coupons", "percent_off=25", "duration=repeating", "duration_in_months=3");
        String promotion =
                make.one("/v1/promotion_codes", "promotion[type]=coupon", "promotion[coupon]=" + coupon, "code=SAVE");
        String customer = make.one(
                "/v1/customers",
                "email=jane@example.com",
                "name=Jane",
                "address[country]=US",
                "metadata[a]=b",
                "invoice_settings[default_payment_method]=pm_card_visa");
        String poor = make.one(
                "/v1/customers",
                "email=joe@example.com",
                "invoice_settings[default_payment_method]=pm_card_chargeCustomerFail");
        String method = make.one("/v1/payment_methods", "type=card", "card[token]=tok_visa");
        make.maybe("/v1/payment_methods/" + method + "/attach", "customer=" + customer);
        JsonNode subscription = make.maybe(
                "/v1/subscriptions",
                "customer=" + customer,
                "items[0][price]=" + price,
                "items[0][quantity]=2",
                "discounts[0][coupon]=" + coupon,
                "metadata[x]=y",
                "description=Hello");
        make.maybe("/v1/subscriptions", "customer=" + customer, "items[0][price]=" + metered, "trial_period_days=7");
        make.maybe(
                "/v1/subscriptions",
                "customer=" + poor,
                "items[0][price]=" + price,
                "payment_behavior=default_incomplete",
                "add_invoice_items[0][price]=" + once);
        make.maybe(
                "/v1/subscriptions",
                "customer=" + customer,
                "items[0][price]=" + yearly,
                "collection_method=send_invoice",
                "days_until_due=30",
                "cancel_at_period_end=true");
        String id = subscription.path("id").asText();
        String item = subscription.at("/items/data/0/id").asText();
        String invoice = subscription.path("latest_invoice").asText();
        make.maybe(
                "/v1/subscriptions/" + id,
                "items[0][id]=" + item,
                "items[0][price]=" + yearly,
                "proration_behavior=always_invoice",
                "proration_date=" + simulator.now().getEpochSecond());
        make.maybe("/v1/subscription_items", "subscription=" + id, "price=" + metered);
        make.maybe("/v1/subscription_items/" + item, "quantity=3");
        make.maybe(
                "/v1/invoices/create_preview",
                "subscription=" + id,
                "subscription_details[items][0][id]=" + item,
                "subscription_details[items][0][quantity]=9");
        make.maybe(
                "/v1/invoices/create_preview",
                "customer=" + customer,
                "subscription_details[items][0][price]=" + price);
        make.maybe("/v1/invoiceitems", "customer=" + customer, "amount=500", "currency=usd", "description=Extra");
        make.maybe("/v1/invoices", "customer=" + customer, "auto_advance=false");
        make.maybe("/v1/invoices/" + invoice, "description=Thanks");
        make.maybe(
                "/v1/billing/meter_events",
                "event_name=calls",
                "payload[stripe_customer_id]=" + customer,
                "payload[value]=25",
                "identifier=one");
        JsonNode intent = make.maybe(
                "/v1/payment_intents",
                "amount=1000",
                "currency=usd",
                "customer=" + customer,
                "confirm=true",
                "payment_method=pm_card_visa",
                "return_url=https://example.com");
        make.maybe("/v1/payment_intents", "amount=1000", "currency=usd");
        make.maybe("/v1/setup_intents", "customer=" + customer, "payment_method=pm_card_visa", "confirm=true");
        make.maybe("/v1/refunds", "payment_intent=" + intent.path("id").asText(), "amount=100");
        make.maybe("/v1/credit_notes", "invoice=" + invoice, "amount=100");
        make.maybe("/v1/customers/" + customer + "/balance_transactions", "amount=-500", "currency=usd");
        make.maybe("/v1/customers/" + customer + "/tax_ids", "type=eu_vat", "value=DE123456789");
        make.maybe("/v1/tax_rates", "display_name=VAT", "percentage=19", "inclusive=false");
        make.maybe("/v1/quotes", "customer=" + customer, "line_items[0][price]=" + price);
        make.maybe("/v1/subscription_schedules", "from_subscription=" + id);
        make.maybe(
                "/v1/subscription_schedules",
                "customer=" + customer,
                "start_date=now",
                "phases[0][items][0][price]=" + price,
                "phases[0][iterations]=2");
        make.maybe("/v1/entitlements/features", "name=Fast", "lookup_key=fast");
        make.maybe(
                "/v1/checkout/sessions",
                "mode=subscription",
                "line_items[0][price]=" + price,
                "line_items[0][quantity]=1",
                "success_url=https://example.com/ok",
                "customer=" + customer,
                "subscription_data[trial_period_days]=3",
                "discounts[0][promotion_code]=" + promotion);
        make.maybe(
                "/v1/checkout/sessions",
                "mode=payment",
                "line_items[0][price]=" + once,
                "line_items[0][quantity]=2",
                "success_url=https://example.com/ok",
                "allow_promotion_codes=true");
        make.maybe(
                "/v1/checkout/sessions",
                "mode=setup",
                "currency=usd",
                "customer=" + customer,
                "success_url=https://example.com/ok");
        make.maybe("/v1/billing_portal/configurations", "features[invoice_history][enabled]=true");
        make.maybe("/v1/billing_portal/sessions", "customer=" + customer, "return_url=https://example.com");
        make.maybe("/v1/webhook_endpoints", "url=http://127.0.0.1:9/hook", "enabled_events[0]=charge.refunded");
        make.maybe(
                "/v1/test_helpers/test_clocks", "frozen_time=" + simulator.now().getEpochSecond(), "name=T");
        make.reads(customer, id);
    }

    private final class Maker {
        private final List<String> requests;

        Maker(List<String> requests) {
            this.requests = requests;
        }

        String one(String path, String... params) {
            String id = maybe(path, params).path("id").asText();
            if (id.isEmpty()) {
                throw new IllegalStateException(path + " made nothing");
            }
            return id;
        }

        JsonNode maybe(String path, String... params) {
            requests.add("POST " + path + " " + ApiClient.form(params));
            return api.post(path, params).body();
        }

        void reads(String customer, String subscription) {
            for (String path : List.of(
                    "customers",
                    "subscriptions",
                    "invoices",
                    "charges",
                    "payment_intents",
                    "products",
                    "prices",
                    "events")) {
                requests.add("GET /v1/" + path + " limit=3&created[gte]=1&customer=" + customer);
                requests.add("GET /v1/" + path + "/search query=created%3E1&limit=2&page=1");
            }
            requests.add(
                    "GET /v1/subscriptions/" + subscription + " expand[]=customer&expand[]=latest_invoice.payments");
            requests.add("GET /v1/subscriptions status=all&price=x&current_period_end[lt]=99");
        }
    }
}
