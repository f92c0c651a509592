package dev.billhook.simulator.engine.portal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.discount.DiscountEngine;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import java.time.Duration;
import java.util.List;

/**
 * Turns a wish to switch into the request the API would get, within what the configuration allows. Source: Stripe documentation,
 * "Configure the customer portal" and the parameters of portal configurations.
 */
final class Switching {
    static final String FEATURE = "subscription_update";
    private static final String SCHEDULED = "This plan follows a schedule; it cannot be changed here.";

    private final PortalAccess access;
    private final DiscountEngine discounts;

    Switching(PortalAccess access, DiscountEngine discounts) {
        this.access = access;
        this.discounts = discounts;
    }

    /** The request that switches at once. */
    ObjectNode request(String sessionId, String subscriptionId, PlanSwitch wish) {
        ObjectNode session = access.offered(sessionId, FEATURE);
        ObjectNode subscription = access.own("subscription", subscriptionId, session);
        ObjectNode feature = access.feature(session, FEATURE);
        ObjectNode item = onlyItem(subscription);
        check(feature, subscription, item, wish);
        ObjectNode request = Docs.object();
        ObjectNode change = request.putArray("items").addObject();
        change.put("id", Docs.textOf(item, "id"));
        change.put("price", wish.price());
        if (!isMetered(store().get("price", wish.price()))) {
            change.put("quantity", wish.quantity());
        }
        String proration = Docs.text(feature, "proration_behavior");
        request.put("proration_behavior", proration == null ? "none" : proration);
        boolean trialing = "trialing".equals(Docs.text(subscription, "status"));
        if (trialing && !"continue_trial".equals(Docs.text(feature, "trial_update_behavior"))) {
            request.put("trial_end", "now");
        } else if (!trialing && "now".equals(Docs.text(feature, "billing_cycle_anchor"))) {
            request.put("billing_cycle_anchor", "now");
        }
        discount(session, subscription, feature, wish, request);
        return request;
    }

    /** Whether one of the configuration's conditions lets the switch wait for the end of the period. */
    boolean isLater(ObjectNode session, ObjectNode subscription, PlanSwitch wish) {
        ObjectNode item = onlyItem(subscription);
        ObjectNode before = store().get("price", Docs.textOf(item, "price"));
        ObjectNode after = store().get("price", wish.price());
        String currency = Docs.textOf(subscription, "currency");
        return Docs.objects(Docs.child(access.feature(session, FEATURE), "schedule_at_period_end"), "conditions")
                .stream()
                .map(condition -> String.valueOf(Docs.text(condition, "type")))
                .anyMatch(type -> switch (type) {
                    case "decreasing_item_amount" ->
                        PriceAmounts.of(after, currency, wish.quantity())
                                < PriceAmounts.of(before, currency, Math.max(1, Docs.numberOf(item, "quantity")));
                    case "shortening_interval" -> interval(after).compareTo(interval(before)) < 0;
                    default -> false;
                });
    }

    private void check(ObjectNode feature, ObjectNode subscription, ObjectNode item, PlanSwitch wish) {
        if (Docs.text(subscription, "schedule") != null && PlannedSwitch.schedule(store(), subscription) == null) {
            throw ApiError.invalid(null, null, SCHEDULED);
        }
        List<String> allowed = Docs.texts(feature, "default_allowed_updates");
        ObjectNode product = Docs.objects(feature, "products").stream()
                .filter(offered -> Docs.texts(offered, "prices").contains(wish.price()))
                .findFirst()
                .orElseThrow(() -> ApiError.invalid(null, "price", "The portal does not offer this price."));
        boolean samePrice = wish.price().equals(Docs.text(item, "price"));
        if (!samePrice && !allowed.contains("price")) {
            throw ApiError.invalid(null, "price", "The portal does not offer other prices.");
        }
        long present = Math.max(1, Docs.numberOf(item, "quantity"));
        ObjectNode adjustable = Docs.child(product, "adjustable_quantity");
        boolean limited = Docs.flag(adjustable, "enabled");
        if (wish.quantity() != present && !limited && !allowed.contains("quantity")) {
            throw ApiError.invalid(null, "quantity", "The portal does not offer other quantities.");
        }
        Long most = Docs.number(adjustable, "maximum");
        long least = Math.max(1, Docs.numberOf(adjustable, "minimum"));
        if (limited && (wish.quantity() < least || (most != null && wish.quantity() > most))) {
            String limits = most == null ? "at least " + least : "between " + least + " and " + most;
            throw ApiError.invalid(null, "quantity", "The quantity must be " + limits + ".");
        }
    }

    private void discount(
            ObjectNode session, ObjectNode subscription, ObjectNode feature, PlanSwitch wish, ObjectNode request) {
        ObjectNode flow = Docs.child(Docs.child(session, "flow"), "subscription_update_confirm");
        List<ObjectNode> offered = Docs.objects(flow, "discounts");
        if (!offered.isEmpty()) {
            ArrayNode all = keepDiscounts(subscription, request);
            offered.forEach(discount -> all.add(withoutNulls(discount)));
        } else if (!wish.code().isEmpty()) {
            String customer = Docs.textOf(session, "customer");
            boolean allowed = Docs.texts(feature, "default_allowed_updates").contains("promotion_code");
            ObjectNode code = discounts
                    .codes()
                    .entered(wish.code(), customer)
                    .filter(found -> allowed)
                    .orElseThrow(() ->
                            ApiError.invalid(null, "promotion_code", "The code " + wish.code() + " is not valid."));
            keepDiscounts(subscription, request).addObject().put("promotion_code", Docs.textOf(code, "id"));
        }
    }

    /** The discounts a subscription has, as a request repeats them. */
    static ArrayNode keepDiscounts(ObjectNode subscription, ObjectNode request) {
        ArrayNode kept = request.putArray("discounts");
        Docs.texts(subscription, "discounts").forEach(id -> kept.addObject().put("discount", id));
        return kept;
    }

    /** A phase as a request repeats it. */
    static ObjectNode phase(ObjectNode phase) {
        ObjectNode same = Docs.object();
        same.set("start_date", phase.path("start_date"));
        same.set("end_date", phase.path("end_date"));
        if (phase.hasNonNull("trial_end")) {
            same.set("trial_end", phase.path("trial_end"));
        }
        ArrayNode items = same.putArray("items");
        for (ObjectNode item : Docs.objects(phase, "items")) {
            ObjectNode copy = items.addObject().put("price", Docs.textOf(item, "price"));
            if (item.hasNonNull("quantity")) {
                copy.set("quantity", item.path("quantity"));
            }
        }
        ArrayNode kept = same.putArray("discounts");
        Docs.objects(phase, "discounts").forEach(discount -> kept.add(withoutNulls(discount)));
        return same;
    }

    /** The phase after another: the same with another plan, for one period of it. */
    ObjectNode phaseAfter(ObjectNode phase, PlanSwitch wish) {
        ObjectNode next = phase(phase);
        next.remove(List.of("start_date", "end_date", "trial_end"));
        ObjectNode item = next.putArray("items").addObject().put("price", wish.price());
        if (!isMetered(store().get("price", wish.price()))) {
            item.put("quantity", wish.quantity());
        }
        return next;
    }

    private static ObjectNode withoutNulls(ObjectNode discount) {
        ObjectNode given = Docs.object();
        discount.properties().stream()
                .filter(field -> field.getValue().isTextual())
                .forEach(field -> given.set(field.getKey(), field.getValue()));
        return given;
    }

    private static ObjectNode onlyItem(ObjectNode subscription) {
        List<ObjectNode> items = Docs.objects(subscription, "items");
        if (items.size() != 1) {
            throw ApiError.invalid(null, null, "A plan of several parts cannot be changed here.");
        }
        return items.get(0);
    }

    private static boolean isMetered(ObjectNode price) {
        return "metered".equals(Docs.text(Docs.child(price, "recurring"), "usage_type"));
    }

    private static Duration interval(ObjectNode price) {
        ObjectNode recurring = Docs.child(price, "recurring");
        long days = switch (String.valueOf(Docs.text(recurring, "interval"))) {
            case "day" -> 1;
            case "week" -> 7;
            case "month" -> 30;
            default -> 365;
        };
        return Duration.ofDays(days * Math.max(1, Docs.numberOf(recurring, "interval_count")));
    }

    private Store store() {
        return access.world().store();
    }
}
