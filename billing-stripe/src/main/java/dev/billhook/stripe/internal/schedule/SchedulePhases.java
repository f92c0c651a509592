package dev.billhook.stripe.internal.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.stripe.param.SubscriptionScheduleUpdateParams.Phase;
import dev.billhook.conversion.ItemChange;
import dev.billhook.stripe.internal.catalog.PriceLookup;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.SubscriptionReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the phases of a schedule. What a phase does not say again is lost when it begins, so it says all. */
public final class SchedulePhases {
    private final PriceLookup prices;

    public SchedulePhases(PriceLookup prices) {
        this.prices = prices;
    }

    /**
     * A line to be.
     *
     * @param price the price's document
     * @param quantity units
     * @param from the present line it comes from; its tax rates go on
     * @param same whether it is a line of the same price, so that its discounts go on too
     */
    private record Line(JsonNode price, long quantity, JsonNode from, boolean same) {
        static Line of(JsonNode item) {
            JsonNode price = item.path("price");
            return new Line(price, SubscriptionReader.quantity(item, price), item, true);
        }

        Line withPrice(JsonNode newPrice, long newQuantity) {
            return new Line(newPrice, newQuantity, from, false);
        }

        Line withQuantity(long newQuantity) {
            return new Line(price, newQuantity, from, same);
        }
    }

    /** The running period as it is. */
    public Phase present(JsonNode subscription, JsonNode schedule) {
        Phase.Builder phase = phase(subscription)
                .setStartDate(Json.requireNumber(schedule.path("current_phase"), "start_date"))
                .setEndDate(periodEnd(subscription).getEpochSecond());
        Long trialEnd = Json.number(subscription, "trial_end");
        if (trialEnd != null && "trialing".equals(Json.text(subscription, "status"))) {
            phase.setTrialEnd(trialEnd);
        }
        items(subscription).values().forEach(line -> phase.addItem(item(line)));
        return phase.build();
    }

    /** One interval of the lines the changes lead to. */
    public Phase next(JsonNode subscription, List<ItemChange> changes) {
        Phase.Builder phase = phase(subscription).setProrationBehavior(Phase.ProrationBehavior.NONE);
        Map<String, Line> lines = items(subscription);
        for (ItemChange change : changes) {
            if (change instanceof ItemChange.Replace replace) {
                JsonNode price = prices.get(replace.plan()).document();
                lines.computeIfPresent(replace.itemId(), (id, line) -> line.withPrice(price, replace.quantity()));
            } else if (change instanceof ItemChange.SetQuantity set) {
                lines.computeIfPresent(set.itemId(), (id, line) -> line.withQuantity(set.quantity()));
            } else if (change instanceof ItemChange.Charge charge) {
                phase.addAddInvoiceItem(Phase.AddInvoiceItem.builder()
                        .setPrice(prices.get(charge.plan()).id())
                        .setQuantity(1L)
                        .build());
            } else if (change instanceof ItemChange.Add add) {
                JsonNode price = prices.get(add.plan()).document();
                lines.put(
                        "new " + add.plan(),
                        new Line(price, add.quantity(), JsonNodeFactory.instance.objectNode(), false));
            } else {
                lines.remove(((ItemChange.Remove) change).itemId());
            }
        }
        lines.values().forEach(line -> phase.addItem(item(line)));
        lines.values().stream().findFirst().ifPresent(line -> phase.setDuration(interval(line.price())));
        return phase.build();
    }

    /** The phases that are left of a schedule of Billhook's as they are, with the discounts the subscription has now. */
    static List<Phase> again(JsonNode schedule, JsonNode subscription) {
        long from = Json.requireNumber(schedule.path("current_phase"), "start_date");
        List<Phase> phases = new ArrayList<>();
        for (JsonNode given : schedule.path("phases")) {
            if (Json.requireNumber(given, "start_date") >= from) {
                phases.add(again(given, phase(subscription)));
            }
        }
        return phases;
    }

    private static Phase again(JsonNode given, Phase.Builder phase) {
        phase.setStartDate(Json.requireNumber(given, "start_date")).setEndDate(Json.requireNumber(given, "end_date"));
        if ("none".equals(Json.text(given, "proration_behavior"))) {
            phase.setProrationBehavior(Phase.ProrationBehavior.NONE);
        }
        Long trialEnd = Json.number(given, "trial_end");
        if (trialEnd != null) {
            phase.setTrialEnd(trialEnd);
        }
        for (JsonNode item : given.path("items")) {
            phase.addItem(item(Line.of(item)));
        }
        for (JsonNode extra : given.path("add_invoice_items")) {
            phase.addAddInvoiceItem(Phase.AddInvoiceItem.builder()
                    .setPrice(Json.id(extra, "price"))
                    .setQuantity(Json.number(extra, "quantity"))
                    .build());
        }
        return phase.build();
    }

    /** Collection, tax and discounts go on as the subscription has them. */
    private static Phase.Builder phase(JsonNode subscription) {
        Phase.Builder phase = Phase.builder();
        taxRates(subscription, "default_tax_rates").forEach(phase::addDefaultTaxRate);
        collection(subscription, phase);
        if (Json.flag(subscription.path("automatic_tax"), "enabled")) {
            phase.setAutomaticTax(Phase.AutomaticTax.builder().setEnabled(true).build());
        }
        for (JsonNode discount : subscription.path("discounts")) {
            phase.addDiscount(
                    Phase.Discount.builder().setDiscount(idOf(discount)).build());
        }
        return phase;
    }

    private static void collection(JsonNode subscription, Phase.Builder phase) {
        String method = Json.text(subscription, "collection_method");
        if (method != null) {
            phase.setCollectionMethod(Phase.CollectionMethod.valueOf(method.toUpperCase(Locale.ROOT)));
        }
        Long days = Json.number(subscription, "days_until_due");
        if (days != null) {
            phase.setInvoiceSettings(
                    Phase.InvoiceSettings.builder().setDaysUntilDue(days).build());
        }
        String paidBy = Json.id(subscription, "default_payment_method");
        if (paidBy != null) {
            phase.setDefaultPaymentMethod(paidBy);
        }
    }

    private static List<String> taxRates(JsonNode object, String field) {
        List<String> rates = new ArrayList<>();
        object.path(field).forEach(rate -> rates.add(idOf(rate)));
        return rates;
    }

    private static String idOf(JsonNode discount) {
        return discount.isTextual() ? discount.textValue() : Json.requireText(discount, "id");
    }

    private static Map<String, Line> items(JsonNode subscription) {
        Map<String, Line> lines = new LinkedHashMap<>();
        for (JsonNode item : subscription.path("items").path("data")) {
            lines.put(Json.requireText(item, "id"), Line.of(item));
        }
        return lines;
    }

    private static Phase.Item item(Line line) {
        Phase.Item.Builder item = Phase.Item.builder().setPrice(Json.requireText(line.price(), "id"));
        if (!SubscriptionReader.metered(line.price())) {
            item.setQuantity(line.quantity());
        }
        taxRates(line.from(), "tax_rates").forEach(item::addTaxRate);
        if (line.same()) {
            for (JsonNode discount : line.from().path("discounts")) {
                item.addDiscount(Phase.Item.Discount.builder()
                        .setDiscount(idOf(discount))
                        .build());
            }
        }
        return item.build();
    }

    private static Phase.Duration interval(JsonNode price) {
        JsonNode recurring = price.path("recurring");
        return Phase.Duration.builder()
                .setInterval(Phase.Duration.Interval.valueOf(
                        Json.requireText(recurring, "interval").toUpperCase(Locale.ROOT)))
                .setIntervalCount(Json.requireNumber(recurring, "interval_count"))
                .build();
    }

    /** The end of the running period. */
    public static Instant periodEnd(JsonNode subscription) {
        return SubscriptionReader.read(subscription)
                .subscription()
                .periodEnd()
                .orElseThrow(() -> Json.malformed(subscription, "items"));
    }
}
