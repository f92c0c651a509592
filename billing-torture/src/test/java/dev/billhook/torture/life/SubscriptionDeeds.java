package dev.billhook.torture.life;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What is done to a subscription. Whether the simulator agrees is its own affair: refusals are part of life. */
final class SubscriptionDeeds {
    private static final List<String> PRORATIONS = List.of("create_prorations", "none", "always_invoice");
    private static final long DAY = 86_400;

    private final SimulatorApi api;
    private final Shop shop;
    private final Dice dice;

    SubscriptionDeeds(SimulatorApi api, Shop shop, Dice dice) {
        this.api = api;
        this.shop = shop;
        this.dice = dice;
    }

    /** Something that changes what the account has. */
    void lines(JsonNode subscription) {
        String item = subscription.at("/items/data/0/id").asText();
        String proration = "proration_behavior=" + dice.one(PRORATIONS);
        switch (dice.between(0, 3)) {
            case 0 ->
                change(
                        subscription,
                        "items[0][id]=" + item,
                        "items[0][price]=" + shop.price(dice.one(Shop.PLANS)),
                        proration);
            case 1 ->
                change(subscription, "items[0][id]=" + item, "items[0][quantity]=" + dice.between(1, 20), proration);
            case 2 -> addOn(subscription, proration);
            default ->
                change(
                        subscription,
                        "items[0][id]=" + item,
                        "items[0][price]=" + shop.price(dice.one(Shop.PLANS)),
                        "items[0][quantity]=" + dice.between(1, 9),
                        "billing_cycle_anchor=now",
                        proration);
        }
    }

    /** Something that changes how long the account has it. */
    void end(JsonNode subscription, long now) {
        boolean ends = subscription.path("cancel_at_period_end").asBoolean()
                || !subscription.path("cancel_at").isNull();
        int what = dice.between(0, 99);
        if (what < 15) {
            api.delete("/v1/subscriptions/" + subscription.path("id").asText());
        } else if (ends) {
            change(
                    subscription,
                    subscription.path("cancel_at_period_end").asBoolean()
                            ? "cancel_at_period_end=false"
                            : "cancel_at=");
        } else if (what < 65) {
            change(subscription, "cancel_at_period_end=true");
        } else {
            change(subscription, "cancel_at=" + (now + DAY * dice.between(1, 60)));
        }
    }

    /** A discount comes or goes. */
    void discount(JsonNode subscription) {
        change(
                subscription,
                subscription.path("discounts").isEmpty() ? "discounts[0][coupon]=" + shop.coupon() : "discounts=");
    }

    /** Collection stops or goes on, or is done in another way. */
    void collection(JsonNode subscription) {
        if (dice.percent(30)) {
            boolean byHand =
                    "send_invoice".equals(subscription.path("collection_method").asText());
            change(
                    subscription,
                    byHand
                            ? new String[] {"collection_method=charge_automatically"}
                            : new String[] {"collection_method=send_invoice", "days_until_due=" + dice.between(1, 30)});
            return;
        }
        change(
                subscription,
                subscription.path("pause_collection").isObject()
                        ? "pause_collection="
                        : "pause_collection[behavior]=" + dice.one(List.of("void", "keep_as_draft")));
    }

    /** The trial ends at once or later, or a paused subscription goes on. */
    void trial(JsonNode subscription, long now) {
        String status = subscription.path("status").asText();
        if ("paused".equals(status)) {
            api.post("/v1/subscriptions/" + subscription.path("id").asText() + "/resume");
        } else if ("trialing".equals(status)) {
            change(subscription, "trial_end=" + (dice.percent(50) ? "now" : "" + (now + DAY * dice.between(1, 30))));
        } else {
            change(subscription, "trial_end=" + (now + DAY * dice.between(1, 30)), "proration_behavior=none");
        }
    }

    /** Changes planned for later, or planned no longer. */
    void schedule(JsonNode subscription) {
        JsonNode schedule = subscription.path("schedule");
        if (schedule.isTextual()) {
            api.post("/v1/subscription_schedules/" + schedule.asText() + (dice.percent(80) ? "/release" : "/cancel"));
            return;
        }
        JsonNode made = api.post(
                        "/v1/subscription_schedules",
                        "from_subscription=" + subscription.path("id").asText())
                .body();
        JsonNode phase = made.at("/phases/0");
        if (phase.isObject()) {
            api.post(
                    "/v1/subscription_schedules/" + made.path("id").asText(),
                    "end_behavior=" + dice.one(List.of("release", "cancel")),
                    "phases[0][items][0][price]=" + phase.at("/items/0/price").asText(),
                    "phases[0][start_date]=" + phase.path("start_date").asLong(),
                    "phases[0][end_date]=" + phase.path("end_date").asLong(),
                    "phases[1][items][0][price]=" + shop.price(dice.one(Shop.PLANS)),
                    "phases[1][items][0][quantity]=" + dice.between(1, 5),
                    "phases[1][duration][interval]=month",
                    "phases[1][duration][interval_count]=1");
        }
    }

    private void addOn(JsonNode subscription, String proration) {
        JsonNode items = subscription.at("/items/data");
        if (items.size() > 1) {
            change(
                    subscription,
                    "items[0][id]=" + items.get(items.size() - 1).path("id").asText(),
                    "items[0][deleted]=true",
                    proration);
        } else {
            change(
                    subscription,
                    "items[0][price]=" + shop.price(Shop.ADD_ON),
                    "items[0][quantity]=" + dice.between(1, 5),
                    proration);
        }
    }

    private void change(JsonNode subscription, String... params) {
        api.post("/v1/subscriptions/" + subscription.path("id").asText(), params);
    }
}
