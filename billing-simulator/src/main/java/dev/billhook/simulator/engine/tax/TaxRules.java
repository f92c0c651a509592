package dev.billhook.simulator.engine.tax;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.tax.TaxMath.Rate;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which rates apply to a line of an invoice or a Checkout session. */
public final class TaxRules {
    /** Currencies in which a price without a tax behaviour does not contain tax, when Stripe infers that by currency. */
    private static final Set<String> ON_TOP = Set.of("usd", "cad");

    private final World world;
    private final Registrations registrations;

    TaxRules(World world, Registrations registrations) {
        this.world = world;
        this.registrations = registrations;
    }

    /**
     * Who buys, and how that is taxed.
     *
     * @param exempt the customer's {@code tax_exempt}
     * @param automatic whether rates are looked up by location, in place of those that are named
     * @param location where the customer is; null when that is not known
     * @param defaults the tax rates of lines that name none
     */
    public record Terms(
            String currency,
            @Nullable String exempt,
            boolean automatic,
            @Nullable TaxLocation location,
            List<String> defaults) {
        public Terms {
            defaults = List.copyOf(defaults);
        }
    }

    /**
     * The rates of one line.
     *
     * @param own the tax rates the line names itself
     * @param behavior whether the price contains tax, in the words of {@code tax_behavior}; null for unspecified
     */
    public List<Rate> rates(Terms terms, List<String> own, @Nullable String behavior) {
        List<Rate> rates = terms.automatic()
                ? lookedUp(terms, behavior)
                : (own.isEmpty() ? terms.defaults() : own)
                        .stream().map(this::manual).toList();
        return switch (String.valueOf(terms.exempt())) {
            case "exempt" -> waived(rates, "customer_exempt");
            case "reverse" -> waived(rates, "reverse_charge");
            default -> rates;
        };
    }

    private List<Rate> lookedUp(Terms terms, @Nullable String behavior) {
        TaxLocation location = terms.location();
        if (location == null) {
            return List.of();
        }
        boolean unsaid = behavior == null || "unspecified".equals(behavior);
        boolean inclusive = unsaid ? !ON_TOP.contains(terms.currency()) : "inclusive".equals(behavior);
        return List.of(registrations.at(location, inclusive));
    }

    private Rate manual(String id) {
        ObjectNode rate = world.store().get(TaxRates.TYPE, id);
        return new Rate(id, rate.path("percentage").decimalValue(), Docs.flag(rate, "inclusive"), "not_available");
    }

    private static List<Rate> waived(List<Rate> rates, String why) {
        return rates.stream().map(rate -> rate.waived(why)).toList();
    }
}
