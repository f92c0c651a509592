package dev.billhook.stripe.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What counts of the objects at Stripe, to compare two shops. */
public final class StripeFacts {
    private StripeFacts() {}

    /** What counts of Stripe's objects, without ids. */
    public static List<String> of(OneBuyer shop) {
        List<String> all = new ArrayList<>();
        collect(
                shop,
                "/v1/subscriptions?status=all",
                all,
                subscription -> subscription.path("status") + " "
                        + subscription.path("cancel_at") + " trial " + subscription.path("trial_end") + " paused "
                        + subscription.path("pause_collection").path("behavior") + " discounts "
                        + subscription.path("discounts").size()
                        + lines(subscription));
        collect(shop, "/v1/subscription_schedules", all, StripeFacts::course);
        collect(
                shop,
                "/v1/invoices",
                all,
                invoice ->
                        invoice.path("status") + " " + invoice.path("total") + " paid " + invoice.path("amount_paid"));
        collect(
                shop,
                "/v1/charges",
                all,
                charge -> charge.path("status") + " " + charge.path("amount") + " refunded "
                        + charge.path("amount_refunded"));
        collect(shop, "/v1/credit_notes", all, note -> note.path("status") + " " + note.path("total"));
        collect(
                shop,
                "/v1/coupons",
                all,
                coupon -> coupon.path("times_redeemed").toString());
        collect(
                shop,
                "/v1/promotion_codes",
                all,
                code -> code.path("times_redeemed").toString());
        collect(
                shop,
                "/v1/checkout/sessions",
                all,
                session -> session.path("status").toString());
        collect(shop, "/v1/quotes", all, quote -> quote.path("status").toString());
        collect(shop, "/v1/customers", all, customer -> customer.path("balance").toString());
        return all;
    }

    /** What is still to come; schedules that were let go are history. */
    private static String course(JsonNode schedule) {
        if (!"active".equals(schedule.path("status").textValue())) {
            return "";
        }
        StringBuilder course = new StringBuilder("scheduled");
        schedule.path("phases").forEach(phase -> {
            course.append(" |");
            phase.path("items")
                    .forEach(item -> course.append(' ')
                            .append(item.path("price"))
                            .append(" × ")
                            .append(item.path("quantity")));
        });
        return course.toString();
    }

    private static String lines(JsonNode subscription) {
        StringBuilder lines = new StringBuilder();
        subscription
                .at("/items/data")
                .forEach(item ->
                        lines.append(' ').append(item.at("/price/lookup_key")).append(item.path("quantity")));
        return lines.toString();
    }

    private static void collect(OneBuyer shop, String path, List<String> all, Function<JsonNode, String> fact) {
        List<String> facts = new ArrayList<>();
        shop.get(path).path("data").forEach(each -> facts.add(fact.apply(each)));
        facts.removeIf(String::isEmpty);
        facts.replaceAll(each -> path + ": " + each);
        facts.stream().sorted().forEach(all::add);
    }
}
