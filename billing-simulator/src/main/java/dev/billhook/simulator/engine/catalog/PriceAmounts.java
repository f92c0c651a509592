package dev.billhook.simulator.engine.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Amounts of prices: read from requests, and computed exactly for a quantity. Minor units throughout. */
public final class PriceAmounts {
    private PriceAmounts() {}

    /** What a quantity costs at a price in a currency, rounded half up to minor units. */
    public static long of(ObjectNode price, String currency, long quantity) {
        return of(price, currency, BigDecimal.valueOf(quantity));
    }

    /** What a quantity, which may have decimals, costs at a price in a currency: the sum of its parts. */
    public static long of(ObjectNode price, String currency, BigDecimal quantity) {
        return parts(price, currency, quantity).stream().mapToLong(Part::amount).sum();
    }

    /**
     * What makes up the price of a quantity, each part rounded half up to minor units and billed on a line of its own. A price
     * without tiers has one part. With tiers each tier that is reached has one for its units, with the number of the tier, and one
     * for its flat amount, if it has one.
     *
     * @param tier counted from 1; 0 where there are no tiers
     * @param quantity what was asked for, or how much of it falls into the tier; zero for a flat amount
     * @param flat whether this is the flat amount of a tier
     * @param each the price of a unit, or the flat amount, in minor units that may have decimals
     */
    public record Part(int tier, BigDecimal quantity, boolean flat, BigDecimal each, long amount) {}

    /** The parts of what a quantity costs at a price in a currency. */
    public static List<Part> parts(ObjectNode price, String currency, BigDecimal quantity) {
        ObjectNode amounts = inCurrency(price, currency);
        List<ObjectNode> tiers = tiers(price, amounts);
        if (tiers.isEmpty()) {
            BigDecimal each = unitAmount(amounts);
            return List.of(new Part(0, quantity, false, each, round(each.multiply(transformed(price, quantity)))));
        }
        return "volume".equals(Docs.text(price, "tiers_mode")) ? volume(tiers, quantity) : graduated(tiers, quantity);
    }

    /** Whether a price can be charged in a currency. */
    public static boolean hasCurrency(ObjectNode price, String currency) {
        return currency.equals(Docs.text(price, "currency"))
                || Docs.child(price, "_currency_options").has(currency);
    }

    /** What a unit costs in a currency as decimal text, or null for tiers. */
    public static @Nullable String unitDecimal(ObjectNode price, String currency) {
        return Docs.text(inCurrency(price, currency), "unit_amount_decimal");
    }

    /** The amounts in every currency, as an expanded {@code currency_options} shows them. */
    public static ObjectNode shownOptions(ObjectNode price) {
        ObjectNode result = Docs.object();
        ObjectNode own = Docs.object();
        own.set("custom_unit_amount", price.path("custom_unit_amount"));
        own.set("tax_behavior", price.path("tax_behavior"));
        own.set("unit_amount", price.path("unit_amount"));
        own.set("unit_amount_decimal", price.path("unit_amount_decimal"));
        result.set(Docs.textOf(price, "currency"), own);
        Docs.child(price, "_currency_options").properties().forEach(entry -> {
            ObjectNode option = entry.getValue().deepCopy();
            if (option.has("_tiers")) {
                option.set("tiers", option.remove("_tiers"));
            }
            result.set(entry.getKey(), option);
        });
        return result;
    }

    static void set(ObjectNode price, Params params) {
        params.copyTo(price, "billing_scheme", "tiers_mode", "custom_unit_amount");
        boolean tiered = "tiered".equals(Docs.text(price, "billing_scheme"));
        if (tiered) {
            if (!params.hasValue("tiers_mode") || !params.hasValue("tiers")) {
                throw ApiError.missing(params.name(params.hasValue("tiers") ? "tiers_mode" : "tiers"));
            }
            price.set("_tiers", tiers(params));
            return;
        }
        if (params.hasValue("tiers")) {
            throw ApiError.invalid(null, params.name("tiers"), "Tiers need billing_scheme=tiered.");
        }
        if (!params.hasValue("custom_unit_amount")) {
            setUnit(price, params);
        }
    }

    static ObjectNode options(Params params) {
        ObjectNode options = Docs.object();
        Params given = params.group("currency_options");
        given.tree().fieldNames().forEachRemaining(currency -> {
            Params option = given.group(currency);
            ObjectNode amounts = Docs.object();
            amounts.putNull("custom_unit_amount");
            amounts.put("tax_behavior", option.text("tax_behavior", "unspecified"));
            amounts.putNull("unit_amount");
            amounts.putNull("unit_amount_decimal");
            if (option.hasValue("tiers")) {
                amounts.set("_tiers", tiers(option));
            } else {
                setUnit(amounts, option);
            }
            options.set(Prices.currency(currency, params.name("currency_options")), amounts);
        });
        return options;
    }

    private static void setUnit(ObjectNode target, Params params) {
        Long whole = params.number("unit_amount");
        String decimal = params.text("unit_amount_decimal");
        if ((whole == null) == (decimal == null)) {
            throw whole == null
                    ? ApiError.missing(params.name("unit_amount"))
                    : ApiError.invalid(null, params.name("unit_amount"), "Give unit_amount or unit_amount_decimal.");
        }
        BigDecimal amount = whole == null ? new BigDecimal(String.valueOf(decimal)) : BigDecimal.valueOf(whole);
        if (amount.signum() < 0) {
            throw ApiError.lessThan(0, params.name("unit_amount"));
        }
        put(target, "unit_amount", amount);
    }

    private static void put(ObjectNode target, String field, BigDecimal amount) {
        BigDecimal plain = amount.stripTrailingZeros();
        if (plain.scale() <= 0) {
            target.put(field, plain.longValueExact());
        } else {
            target.putNull(field);
        }
        target.put(field + "_decimal", plain.scale() < 0 ? plain.setScale(0).toPlainString() : plain.toPlainString());
    }

    private static ArrayNode tiers(Params params) {
        ArrayNode tiers = Docs.array();
        for (Params tier : params.groups("tiers")) {
            ObjectNode shown = tiers.addObject();
            for (String field : new String[] {"flat_amount", "unit_amount"}) {
                Long whole = tier.number(field);
                String decimal = tier.text(field + "_decimal");
                if (whole == null && decimal == null) {
                    shown.putNull(field);
                    shown.putNull(field + "_decimal");
                } else {
                    put(
                            shown,
                            field,
                            whole == null ? new BigDecimal(String.valueOf(decimal)) : BigDecimal.valueOf(whole));
                }
            }
            Docs.put(shown, "up_to", tier.number("up_to"));
        }
        if (tiers.isEmpty() || !tiers.get(tiers.size() - 1).path("up_to").isNull()) {
            throw ApiError.invalid(null, params.name("tiers"), "The last tier must have up_to=inf.");
        }
        return tiers;
    }

    private static ObjectNode inCurrency(ObjectNode price, String currency) {
        return currency.equals(Docs.text(price, "currency"))
                ? price
                : Docs.child(Docs.child(price, "_currency_options"), currency);
    }

    private static List<ObjectNode> tiers(ObjectNode price, ObjectNode amounts) {
        List<ObjectNode> own = Docs.objects(amounts, "_tiers");
        return own.isEmpty() ? Docs.objects(price, "_tiers") : own;
    }

    private static BigDecimal transformed(ObjectNode price, BigDecimal quantity) {
        ObjectNode transform = Docs.child(price, "transform_quantity");
        long by = Docs.numberOf(transform, "divide_by");
        if (by <= 1) {
            return quantity;
        }
        RoundingMode rounding = "up".equals(Docs.text(transform, "round")) ? RoundingMode.UP : RoundingMode.DOWN;
        return quantity.divide(BigDecimal.valueOf(by), 0, rounding);
    }

    private static List<Part> volume(List<ObjectNode> tiers, BigDecimal units) {
        List<Part> parts = new ArrayList<>();
        int last = 0;
        while (last < tiers.size() - 1 && units.compareTo(reach(tiers.get(last), units)) > 0) {
            last++;
        }
        addTier(parts, tiers.get(last), last + 1, units);
        return parts;
    }

    private static List<Part> graduated(List<ObjectNode> tiers, BigDecimal units) {
        List<Part> parts = new ArrayList<>();
        BigDecimal below = BigDecimal.ZERO;
        for (int i = 0; i < tiers.size() && (i == 0 || units.compareTo(below) > 0); i++) {
            BigDecimal reached = units.min(reach(tiers.get(i), units));
            addTier(parts, tiers.get(i), i + 1, reached.subtract(below));
            below = reached;
        }
        return parts;
    }

    private static void addTier(List<Part> parts, ObjectNode tier, int number, BigDecimal units) {
        BigDecimal each = unitAmount(tier);
        parts.add(new Part(number, units, false, each, round(each.multiply(units))));
        if (Docs.text(tier, "flat_amount_decimal") != null) {
            BigDecimal flat = decimal(tier, "flat_amount_decimal");
            parts.add(new Part(number, BigDecimal.ZERO, true, flat, round(flat)));
        }
    }

    private static long round(BigDecimal amount) {
        return amount.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /** The last unit of a tier; without an end, of these units. */
    private static BigDecimal reach(ObjectNode tier, BigDecimal units) {
        Long upTo = Docs.number(tier, "up_to");
        return upTo == null ? units : BigDecimal.valueOf(upTo);
    }

    private static BigDecimal unitAmount(ObjectNode amounts) {
        return decimal(amounts, "unit_amount_decimal");
    }

    private static BigDecimal decimal(ObjectNode amounts, String field) {
        String text = Docs.text(amounts, field);
        return text == null ? BigDecimal.ZERO : new BigDecimal(text);
    }
}
