package dev.billhook.stripe.testing;

import static dev.billhook.stripe.testing.MirroredShop.ADA;
import static dev.billhook.stripe.testing.MirroredShop.BOB;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.account.AccountRef;
import java.time.Duration;

/** What two accounts live through: every kind of event the product promises to take in, one step after the other. */
public final class Life {
    private static final Duration DAY = Duration.ofDays(1);

    private final MirroredShop shop;

    private Life(MirroredShop shop) {
        this.shop = shop;
    }

    /** Has it happened in the shop. */
    public static void happensIn(MirroredShop shop) {
        Life life = new Life(shop);
        String ada = shop.customer(ADA, "pm_card_visa");
        String subscription = life.trial(ada);
        life.changes(subscription);
        life.schedule(subscription);
        life.dunning(ada, subscription);
        life.moneyBack(subscription);
        life.methods(ada);
        life.visits();
        life.paused();
        life.catalog();
        shop.delete("/v1/subscriptions/" + subscription);
        shop.delete("/v1/customers/" + ada);
    }

    private String trial(String customer) {
        feature("sso");
        String id = text(
                shop.post(
                        "/v1/subscriptions",
                        "customer=" + customer,
                        "items[0][price]=" + shop.priceOf("team-monthly"),
                        "items[0][quantity]=3",
                        "trial_period_days=14",
                        "metadata[billhook_account]=" + ADA),
                "/id");
        shop.advance(DAY.multipliedBy(12));
        shop.advance(DAY.multipliedBy(4));
        return id;
    }

    private void feature(String key) {
        String feature = text(shop.post("/v1/entitlements/features", "name=" + key, "lookup_key=" + key), "/id");
        String product = text(shop.get("/v1/prices/" + shop.priceOf("team-monthly")), "/product");
        shop.post("/v1/products/" + product + "/features", "entitlement_feature=" + feature);
    }

    private void changes(String subscription) {
        String path = "/v1/subscriptions/" + subscription;
        shop.post(path, "items[0][id]=" + item(subscription), "items[0][quantity]=5");
        shop.post(
                path,
                "items[0][id]=" + item(subscription),
                "items[0][price]=" + shop.priceOf("pro-monthly"),
                "items[0][quantity]=1");
        shop.post(path, "cancel_at_period_end=true");
        shop.post(path, "cancel_at_period_end=false");
        shop.post(path, "pause_collection[behavior]=void");
        shop.post(path, "pause_collection=");
        shop.post("/v1/coupons", "id=TEN", "percent_off=10", "duration=forever");
        shop.post(path, "discounts[0][coupon]=TEN");
    }

    private void schedule(String subscription) {
        JsonNode schedule = shop.post("/v1/subscription_schedules", "from_subscription=" + subscription);
        String path = "/v1/subscription_schedules/" + text(schedule, "/id");
        shop.post(
                path,
                "phases[0][items][0][price]=" + shop.priceOf("pro-monthly"),
                "phases[0][items][0][quantity]=1",
                "phases[0][start_date]=" + schedule.at("/phases/0/start_date").longValue(),
                "phases[0][end_date]=" + schedule.at("/phases/0/end_date").longValue(),
                "phases[1][items][0][price]=" + shop.priceOf("team-monthly"),
                "phases[1][items][0][quantity]=2",
                "phases[1][duration][interval]=month",
                "phases[1][duration][interval_count]=1");
        shop.post(path + "/release");
    }

    private void dunning(String customer, String subscription) {
        card(customer, "pm_card_chargeCustomerFail");
        shop.advance(DAY.multipliedBy(32));
        card(customer, "pm_card_authenticationRequired");
        String invoice = text(shop.get("/v1/subscriptions/" + subscription), "/latest_invoice");
        shop.post("/v1/invoices/" + invoice + "/pay", 402);
        card(customer, "pm_card_visa");
        shop.post("/v1/invoices/" + invoice + "/pay");
    }

    private void moneyBack(String subscription) {
        shop.advance(DAY.multipliedBy(31));
        String invoice = text(shop.get("/v1/subscriptions/" + subscription), "/latest_invoice");
        String intent = text(shop.get("/v1/invoice_payments?invoice=" + invoice), "/data/0/payment/payment_intent");
        shop.post("/v1/refunds", "payment_intent=" + intent, "amount=500");
        String dispute = shop.simulator().dispute(intent);
        shop.settle();
        shop.simulator().decideDispute(dispute, false);
        shop.settle();
    }

    private void methods(String customer) {
        String other = text(shop.post("/v1/payment_methods/pm_card_mastercard/attach", "customer=" + customer), "/id");
        card(customer, other);
        shop.post("/v1/payment_methods/" + other, "card[exp_year]=2041");
        shop.post("/v1/payment_methods/" + other + "/detach");
        String source = text(shop.post("/v1/customers/" + customer + "/sources", "source=tok_amex"), "/id");
        shop.post("/v1/customers/" + customer + "/sources/" + source, "exp_year=2042");
        text(shop.post("/v1/customers/" + customer + "/sources", "source=tok_discover"), "/id");
        shop.delete("/v1/customers/" + customer + "/sources/" + source);
    }

    private void visits() {
        String bob = shop.customer(BOB);
        for (String plan : new String[] {"pro-monthly", "lifetime"}) {
            String session = text(
                    shop.post(
                            "/v1/checkout/sessions",
                            "mode=" + (plan.equals("lifetime") ? "payment" : "subscription"),
                            "customer=" + bob,
                            "client_reference_id=" + BOB,
                            "success_url=https://shop.example/back",
                            "line_items[0][price]=" + shop.priceOf(plan),
                            "line_items[0][quantity]=1"),
                    "/id");
            if (plan.equals("lifetime")) {
                shop.post("/v1/checkout/sessions/" + session + "/expire");
            } else {
                shop.pay(session);
            }
        }
    }

    private void paused() {
        AccountRef carol = AccountRef.of("user", "carol");
        String customer = shop.customer(carol);
        String subscription = text(
                shop.post(
                        "/v1/subscriptions",
                        "customer=" + customer,
                        "items[0][price]=" + shop.priceOf("pro-monthly"),
                        "trial_period_days=3",
                        "trial_settings[end_behavior][missing_payment_method]=pause"),
                "/id");
        shop.advance(DAY.multipliedBy(4));
        card(customer, "pm_card_visa");
        shop.post("/v1/subscriptions/" + subscription + "/resume");
    }

    private void catalog() {
        String price = shop.priceOf("pro-monthly");
        shop.post("/v1/prices/" + price, "nickname=Pro");
        shop.post("/v1/products/" + text(shop.get("/v1/prices/" + price), "/product"), "description=For everybody");
    }

    private void card(String customer, String method) {
        shop.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=" + method);
    }

    private String item(String subscription) {
        return text(shop.get("/v1/subscriptions/" + subscription), "/items/data/0/id");
    }

    private static String text(JsonNode document, String pointer) {
        return document.at(pointer).textValue();
    }
}
