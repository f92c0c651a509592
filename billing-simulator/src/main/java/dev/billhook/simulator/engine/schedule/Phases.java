package dev.billhook.simulator.engine.schedule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.engine.subscription.item.SubscriptionItems;
import dev.billhook.simulator.engine.tax.AutomaticTax;
import dev.billhook.simulator.engine.tax.TaxRates;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the phases that requests describe: what applies in each, and when it begins and ends. */
final class Phases {
    private static final int MAX_PHASES = 10;
    private static final int MAX_ITEMS = 20;
    private static final ObjectNode SHAPE = Docs.shape("""
        {"add_invoice_items":[],"application_fee_percent":null,"billing_cycle_anchor":null,"billing_thresholds":null,
         "collection_method":null,"currency":"","default_payment_method":null,"default_tax_rates":[],
         "description":null,"discounts":[],"end_date":0,"invoice_settings":null,"items":[],"metadata":{},
         "on_behalf_of":null,"proration_behavior":"create_prorations","start_date":0,"transfer_data":null,
         "trial_end":null}\
        """);
    private static final ObjectNode EXTRA_SHAPE = Docs.shape("""
        {"discountable":null,"discounts":[],"metadata":{},
         "period":{"end":{"type":"min_item_period_end"},"start":{"type":"max_item_period_start"}},"price":"",
         "quantity":1,"tax_rates":[]}\
        """);
    private static final ObjectNode ITEM_SHAPE = Docs.shape("""
        {"billing_thresholds":null,"discounts":[],"metadata":{},"plan":"","price":"","tax_rates":[]}\
        """);
    private static final ObjectNode SETTINGS_SHAPE = Docs.shape("""
        {"account_tax_ids":null,"custom_fields":null,"days_until_due":null,"description":null,"footer":null,
         "issuer":null}\
        """);
    private static final String[] FIELDS = {
        "application_fee_percent",
        "billing_cycle_anchor",
        "billing_thresholds",
        "collection_method",
        "default_payment_method",
        "description",
        "on_behalf_of",
        "proration_behavior",
        "transfer_data"
    };

    private final World world;
    private final SubscriptionItems items;
    private final TaxRates taxRates;
    private final PhaseTimes times;

    Phases(World world, SubscriptionItems items, TaxRates taxRates) {
        this.world = world;
        this.items = items;
        this.taxRates = taxRates;
        this.times = new PhaseTimes(items);
    }

    /** The phases a request gives, the first of which begins at this second. */
    List<ObjectNode> read(List<Params> given, long start, long now) {
        if (given.isEmpty()) {
            throw ApiError.missing("phases");
        }
        if (given.size() > MAX_PHASES) {
            throw ApiError.invalid(
                    null, "phases", "A schedule has up to " + MAX_PHASES + " present and future phases.");
        }
        List<ObjectNode> phases = new ArrayList<>();
        long begin = start;
        for (Params params : given) {
            Long named = PhaseTimes.startOf(params, now);
            if (named != null && named != begin && !phases.isEmpty()) {
                throw ApiError.invalid(
                        null, params.name("start_date"), "A phase begins when the one before it ends; leave it out.");
            }
            ObjectNode phase = read(params);
            times.set(phase, params, new PhaseTimes.Span(begin, start, now));
            phases.add(phase);
            begin = ScheduleDocs.end(phase);
        }
        return phases;
    }

    /** Refuses phases that could not be entered. */
    void check(ObjectNode schedule) {
        ObjectNode settings = Docs.child(schedule, "default_settings");
        List<ObjectNode> phases = ScheduleDocs.phases(schedule);
        String currency = Docs.textOf(phases.get(0), "currency");
        for (ObjectNode phase : phases) {
            for (ObjectNode item : Docs.objects(phase, "items")) {
                ObjectNode price = world.store().get("price", Docs.textOf(item, "price"));
                if (!currency.equals(Docs.text(phase, "currency")) || !PriceAmounts.hasCurrency(price, currency)) {
                    throw ApiError.invalid(null, "phases", "All prices of a schedule are in one currency.");
                }
            }
            String method = Docs.text(phase, "default_payment_method");
            if (method != null) {
                world.finder().inParam("payment_method", method, "phases[default_payment_method]");
            }
            boolean sent = "send_invoice".equals(Docs.text(phase, "collection_method"))
                    || (phase.path("collection_method").isNull()
                            && "send_invoice".equals(Docs.text(settings, "collection_method")));
            if (sent
                    && !Docs.child(phase, "invoice_settings").hasNonNull("days_until_due")
                    && !Docs.child(settings, "invoice_settings").hasNonNull("days_until_due")) {
                throw ApiError.invalid(
                        "parameter_missing",
                        "default_settings[invoice_settings][days_until_due]",
                        "collection_method=send_invoice needs days_until_due.");
            }
        }
    }

    /** The phase a subscription is in without a schedule: its present period. */
    ObjectNode ofSubscription(ObjectNode subscription, long start, long end) {
        ObjectNode phase = SHAPE.deepCopy();
        phase.put("start_date", start);
        phase.put("end_date", end);
        phase.set("currency", subscription.path("currency"));
        phase.set("collection_method", subscription.path("collection_method"));
        if (subscription.path("days_until_due").isNumber()) {
            ObjectNode settings = SETTINGS_SHAPE.deepCopy();
            settings.set("days_until_due", subscription.path("days_until_due"));
            phase.set("invoice_settings", settings);
        }
        phase.set("default_payment_method", subscription.path("default_payment_method"));
        phase.set("default_tax_rates", subscription.path("default_tax_rates").deepCopy());
        phase.set("metadata", subscription.path("metadata").deepCopy());
        if ("trialing".equals(Docs.text(subscription, "status"))) {
            phase.set("trial_end", subscription.path("trial_end"));
        }
        takeFrom(subscription, phase);
        return phase;
    }

    /** Lets a phase show the items and discounts a subscription has. */
    static void takeFrom(ObjectNode subscription, ObjectNode phase) {
        ArrayNode list = phase.putArray("items");
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            ObjectNode shown = list.addObject();
            shown.setAll(ITEM_SHAPE.deepCopy());
            shown.set("metadata", item.path("metadata").deepCopy());
            shown.set("plan", item.path("price"));
            shown.set("price", item.path("price"));
            if (item.has("quantity")) {
                shown.set("quantity", item.path("quantity"));
            }
            shown.set("tax_rates", item.path("tax_rates").deepCopy());
            shown.set("discounts", discountsOf(item));
        }
        phase.set("discounts", discountsOf(subscription));
    }

    private static ArrayNode discountsOf(ObjectNode holder) {
        ArrayNode shown = Docs.array();
        Docs.texts(holder, "discounts")
                .forEach(id ->
                        shown.addObject().putNull("coupon").put("discount", id).putNull("promotion_code"));
        return shown;
    }

    /** Shows the tax rates of phases whole, as everywhere. */
    void showRates(ObjectNode schedule) {
        for (ObjectNode phase : ScheduleDocs.phases(schedule)) {
            taxRates.showWhole(phase, "default_tax_rates");
            Docs.objects(phase, "items").forEach(item -> taxRates.showWhole(item, "tax_rates"));
            Docs.objects(phase, "add_invoice_items").forEach(extra -> taxRates.showWhole(extra, "tax_rates"));
        }
    }

    private ObjectNode read(Params params) {
        ObjectNode phase = SHAPE.deepCopy();
        params.copyTo(phase, FIELDS);
        if (params.hasValue("automatic_tax")) {
            phase.putObject("automatic_tax").putNull("disabled_reason");
            setAutomaticTax(phase, params);
        }
        taxRates.set(phase, "default_tax_rates", params);
        readItems(phase, params);
        for (Params extra : params.groups("add_invoice_items")) {
            phase.withArray("add_invoice_items").add(extra(extra));
        }
        phase.set("discounts", discounts(params));
        if (params.hasValue("invoice_settings")) {
            ObjectNode settings = SETTINGS_SHAPE.deepCopy();
            settings.setAll(params.group("invoice_settings").tree().deepCopy());
            phase.set("invoice_settings", settings);
        }
        phase.set("metadata", params.group("metadata").tree().deepCopy());
        return phase;
    }

    private void readItems(ObjectNode phase, Params params) {
        List<Params> given = params.groups("items");
        if (given.isEmpty() || given.size() > MAX_ITEMS) {
            throw ApiError.invalid(null, params.name("items"), "A phase has between 1 and " + MAX_ITEMS + " items.");
        }
        Set<String> seen = new HashSet<>();
        ArrayNode list = phase.putArray("items");
        for (Params input : given) {
            ObjectNode price = items.recurringPrice(input);
            if (!seen.add(Docs.textOf(price, "id"))) {
                throw ApiError.invalid(null, input.name("price"), "Two items of a phase cannot have the same price.");
            }
            list.add(item(input, price));
        }
        ObjectNode first = world.store().get("price", Docs.textOf(list.get(0), "price"));
        phase.put("currency", params.text("currency", Docs.textOf(first, "currency")));
    }

    private ObjectNode item(Params input, ObjectNode price) {
        String id = Docs.textOf(price, "id");
        ObjectNode item = ITEM_SHAPE.deepCopy();
        item.put("plan", id);
        item.put("price", id);
        item.set("metadata", input.group("metadata").tree().deepCopy());
        item.set("discounts", discounts(input));
        taxRates.set(item, "tax_rates", input);
        input.copyTo(item, "billing_thresholds");
        Long quantity = input.number("quantity");
        if (Prices.isMetered(price)) {
            if (quantity != null) {
                throw ApiError.invalid(null, input.name("quantity"), "A metered price takes no quantity.");
            }
        } else if (quantity != null && quantity < 0) {
            throw ApiError.lessThan(0, input.name("quantity"));
        } else {
            item.put("quantity", quantity == null ? 1 : quantity);
        }
        return item;
    }

    private ObjectNode extra(Params input) {
        ObjectNode extra = EXTRA_SHAPE.deepCopy();
        extra.put("price", Docs.textOf(items.oneTimePrice(input), "id"));
        extra.put("quantity", input.number("quantity", 1));
        extra.set("discounts", discounts(input));
        extra.set("metadata", input.group("metadata").tree().deepCopy());
        input.copyTo(extra, "discountable");
        if (input.hasValue("period")) {
            input.copyTo(extra, "period");
        }
        taxRates.set(extra, "tax_rates", input);
        return extra;
    }

    /** Switches automatic tax on or off where a request says so. */
    static void setAutomaticTax(ObjectNode settings, Params params) {
        if (params.hasValue("automatic_tax")) {
            Params given = params.group("automatic_tax");
            AutomaticTax.switchTo(
                    settings, given.flag("enabled"), given.group("liability").text("type", "self"));
        }
    }

    private ArrayNode discounts(Params params) {
        ArrayNode list = Docs.array();
        for (Params given : params.groups("discounts")) {
            ObjectNode shown = list.addObject();
            for (String way : new String[] {"coupon", "discount", "promotion_code"}) {
                String id = given.text(way);
                shown.put(way, id);
                if (id != null) {
                    world.finder().inParam(way, id, given.name(way));
                }
            }
        }
        return list;
    }
}
