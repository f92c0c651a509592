package dev.billhook.simulator.engine.tax;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the shop collects tax, and how much: the table automatic tax works by. Stripe knows the rates of the world; here they are
 * what somebody has entered, by country or by state.
 */
public final class Registrations {
    private static final String TYPE = "simulator.tax";

    private final World world;
    private final TaxRates rates;

    Registrations(World world, TaxRates rates) {
        this.world = world;
        this.rates = rates;
    }

    /** Enters, or changes, the percentage for a country or for a state of it. */
    public ObjectNode set(String country, @Nullable String state, BigDecimal percentage) {
        if (!country.matches("[A-Za-z]{2}")) {
            throw ApiError.invalid(null, "country", "A country has two letters.");
        }
        BigDecimal exact = TaxRates.percentage(percentage.toPlainString(), "percentage");
        String id = key(country, state);
        if (world.store().find(TYPE, id) == null) {
            world.store().insert(Docs.object().put("id", id).put("object", TYPE));
        }
        ObjectNode entry = world.store().edit(TYPE, id);
        entry.put("country", country.toUpperCase(Locale.ROOT));
        entry.put("state", state == null ? null : state.toUpperCase(Locale.ROOT));
        TaxRates.setPercentage(entry, exact);
        return entry;
    }

    /** All entries, by place. */
    public List<ObjectNode> all() {
        return world.store()
                .newestFirst(TYPE)
                .sorted(Comparator.comparing(entry -> Docs.textOf(entry, "id")))
                .toList();
    }

    /** The rate at a location: its state's, else its country's; zero, as nothing is collected there, where neither is entered. */
    TaxMath.Rate at(TaxLocation location, boolean inclusive) {
        ObjectNode entry = entry(location);
        BigDecimal percentage =
                entry == null ? BigDecimal.ZERO : entry.path("percentage").decimalValue();
        ObjectNode rate = rate(location, entry, percentage, inclusive);
        return new TaxMath.Rate(
                Docs.textOf(rate, "id"), percentage, inclusive, entry == null ? "not_collecting" : "standard_rated");
    }

    /** Whether anything is entered for a location. */
    boolean isCollecting(TaxLocation location) {
        return entry(location) != null;
    }

    private @Nullable ObjectNode entry(TaxLocation location) {
        String state = location.state();
        ObjectNode ofState = state == null ? null : world.store().find(TYPE, key(location.country(), state));
        return ofState == null ? world.store().find(TYPE, key(location.country(), null)) : ofState;
    }

    /** The tax rate object that stands for an entry; Stripe makes such ones itself, archived from the start. */
    private ObjectNode rate(
            TaxLocation location, @Nullable ObjectNode entry, BigDecimal percentage, boolean inclusive) {
        String state = entry == null ? location.state() : Docs.text(entry, "state");
        String id = "txr_" + key(location.country(), state)
                + percentage.movePointRight(4).toBigInteger()
                + (inclusive ? "in" : "ex")
                + (entry == null ? "none" : "");
        ObjectNode known = world.store().find(TaxRates.TYPE, id);
        if (known != null) {
            return known;
        }
        ObjectNode rate = rates.shape(id);
        rate.put("active", false);
        rate.put("country", location.country());
        rate.put("state", state);
        rate.put("display_name", "Tax");
        rate.put("inclusive", inclusive);
        rate.put("jurisdiction_level", state == null ? "country" : "state");
        rate.put("jurisdiction", state == null ? location.country() : state);
        TaxRates.setPercentage(rate, percentage);
        rate.set("effective_percentage", rate.path("percentage"));
        rate.put("rate_type", entry == null ? null : "percentage");
        world.store().insert(rate);
        return rate;
    }

    private static String key(String country, @Nullable String state) {
        return (country + (state == null ? "" : state)).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    }
}
