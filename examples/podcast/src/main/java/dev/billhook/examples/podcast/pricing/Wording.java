package dev.billhook.examples.podcast.pricing;

import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Limit;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Product;
import dev.billhook.money.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts the catalog into words. Names and their order stand in {@code messages.properties}. */
@Component
public class Wording {
    private static final Locale LOCALE = Locale.US;

    private final MessageSource messages;

    Wording(MessageSource messages) {
        this.messages = messages;
    }

    /** The amount charged each time, for one unit. */
    public Money price(Plan plan) {
        Pricing pricing = plan.pricing();
        if (pricing instanceof Pricing.Flat flat) {
            return first(flat.amounts());
        }
        if (pricing instanceof Pricing.PerUnit perUnit) {
            return first(perUnit.amounts());
        }
        if (pricing instanceof Pricing.OneTime oneTime) {
            return first(oneTime.amounts());
        }
        throw new IllegalStateException(
                "The pricing page has no words for the pricing of plan '" + plan.key() + "' yet; add them here");
    }

    /** An amount as people write it, without decimals that are zero. */
    public String amount(Money money) {
        String text = money.format(LOCALE);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    /** E.g. {@code a month}. */
    public String period(BillingInterval interval) {
        String unit = interval.unit().name().toLowerCase(Locale.ROOT);
        return say("period." + unit, (long) interval.count());
    }

    /** Features and limits of the product, in the order of the pricing page. */
    public List<String> benefits(Product product) {
        List<String> benefits = new ArrayList<>();
        for (String limit : listed("limits")) {
            if (product.limits().containsKey(limit)) {
                benefits.add(limit(limit, product.limits().get(limit)));
            }
        }
        for (String feature : listed("features")) {
            if (product.features().contains(feature)) {
                benefits.add(say("feature." + feature));
            }
        }
        return benefits;
    }

    private String limit(String key, Limit limit) {
        Long value = limit.value();
        if (value == null) {
            return say("limit." + key + ".unlimited");
        }
        return say("limit." + key + (limit.perUnit() ? ".perUnit" : ""), value);
    }

    private List<String> listed(String key) {
        return Arrays.asList(say(key).split(",", -1));
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, values, LOCALE);
    }

    private static Money first(Map<Currency, Long> amounts) {
        Map.Entry<Currency, Long> first = amounts.entrySet().iterator().next();
        return Money.of(first.getValue(), first.getKey());
    }
}
