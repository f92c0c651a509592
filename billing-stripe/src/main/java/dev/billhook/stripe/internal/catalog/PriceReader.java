package dev.billhook.stripe.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Tier;
import dev.billhook.money.MinorUnits;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads prices as {@link PriceParams} writes them. A price of a shape it never writes (a free amount, packages, tiers of
 * metered use) has no pricing of ours.
 */
final class PriceReader {
    private final Supplier<Map<String, String>> meters;

    /**
     * @param meters answers event names by meter id; asked for metered prices only
     */
    PriceReader(Supplier<Map<String, String>> meters) {
        this.meters = meters;
    }

    /** How often the price is charged. */
    BillingInterval interval(JsonNode price) {
        JsonNode recurring = Json.node(price, "recurring");
        if (recurring == null) {
            return BillingInterval.ONCE;
        }
        Long count = Json.number(recurring, "interval_count");
        String unit = Json.requireText(recurring, "interval").toUpperCase(Locale.ROOT);
        return new BillingInterval(BillingInterval.Unit.valueOf(unit), Math.toIntExact(count == null ? 1 : count));
    }

    /** The pricing, or empty if it is none of ours. */
    Optional<Pricing> pricing(JsonNode price) {
        if (Json.node(price, "transform_quantity") != null) {
            return Optional.empty();
        }
        JsonNode recurring = Json.node(price, "recurring");
        boolean inTiers = "tiered".equals(Json.text(price, "billing_scheme"));
        if (recurring != null && "metered".equals(Json.text(recurring, "usage_type"))) {
            return inTiers ? Optional.empty() : metered(price, Json.text(recurring, "meter"));
        }
        if (inTiers) {
            return tiered(price);
        }
        return byCurrency(price, PriceReader::wholeAmount).map(amounts -> {
            if (recurring == null) {
                return new Pricing.OneTime(amounts);
            }
            boolean flat = PriceParams.FLAT.equals(Metadata.value(price, Metadata.PRICING));
            return flat ? new Pricing.Flat(amounts) : new Pricing.PerUnit(amounts);
        });
    }

    private Optional<Pricing> metered(JsonNode price, @Nullable String meterId) {
        String eventName = meterId == null ? null : meters.get().get(meterId);
        return eventName == null
                ? Optional.empty()
                : byCurrency(price, PriceReader::unitAmount).map(amounts -> new Pricing.Metered(eventName, amounts));
    }

    private static Optional<Pricing> tiered(JsonNode price) {
        boolean graduated = "graduated".equals(Json.text(price, "tiers_mode"));
        return byCurrency(price, PriceReader::tiers)
                .map(tiers -> graduated ? new Pricing.Graduated(tiers) : new Pricing.Volume(tiers));
    }

    /** The amounts of the price's own currency and of its options; empty if one of them is not readable. */
    private static <V> Optional<Map<Currency, V>> byCurrency(JsonNode price, Function<JsonNode, Optional<V>> reader) {
        Map<Currency, JsonNode> documents = new LinkedHashMap<>();
        documents.put(MinorUnits.currency(Json.requireText(price, "currency")), price);
        price.path("currency_options")
                .properties()
                .forEach(option -> documents.putIfAbsent(MinorUnits.currency(option.getKey()), option.getValue()));
        Map<Currency, V> values = new LinkedHashMap<>();
        documents.forEach(
                (currency, document) -> reader.apply(document).ifPresent(value -> values.put(currency, value)));
        return values.size() == documents.size() ? Optional.of(values) : Optional.empty();
    }

    private static Optional<Long> wholeAmount(JsonNode document) {
        return Optional.ofNullable(Json.number(document, "unit_amount"));
    }

    private static Optional<BigDecimal> unitAmount(JsonNode document) {
        return Optional.ofNullable(decimal(document, "unit_amount"));
    }

    private static Optional<List<Tier>> tiers(JsonNode document) {
        JsonNode steps = Json.node(document, "tiers");
        if (steps == null) {
            return Optional.empty();
        }
        List<Tier> tiers = new ArrayList<>();
        for (JsonNode step : steps) {
            BigDecimal unit = decimal(step, "unit_amount");
            BigDecimal flat = decimal(step, "flat_amount");
            if (flat != null && flat.stripTrailingZeros().scale() > 0) {
                return Optional.empty();
            }
            tiers.add(new Tier(
                    Json.number(step, "up_to"),
                    unit == null ? BigDecimal.ZERO : unit,
                    flat == null ? 0 : flat.longValueExact()));
        }
        return Optional.of(tiers);
    }

    /** An amount that Stripe tells twice: exactly as text, and as a number if it is whole. */
    private static @Nullable BigDecimal decimal(JsonNode document, String field) {
        String exact = Json.text(document, field + "_decimal");
        if (exact != null) {
            return new BigDecimal(exact);
        }
        Long whole = Json.number(document, field);
        return whole == null ? null : BigDecimal.valueOf(whole);
    }
}
