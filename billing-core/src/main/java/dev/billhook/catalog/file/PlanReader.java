package dev.billhook.catalog.file;

import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Plan.Limited;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Product;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.catalog.UnitTerms;
import dev.billhook.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the entries under {@code plans}. */
final class PlanReader {
    private static final List<String> INTERVALS = List.of("day", "week", "month", "year", "once");
    private static final List<String> BEYOND = List.of("refuse", "prorate", "invoice_now");

    private final Map<String, YamlNode> nodes;
    private final Set<String> productKeys;
    private final Map<String, Product> products;
    private final Set<String> sold = new HashSet<>();

    /**
     * @param productKeys all products the file names
     * @param products those of them that are valid
     */
    PlanReader(Map<String, YamlNode> nodes, Set<String> productKeys, Map<String, Product> products) {
        this.nodes = nodes;
        this.productKeys = productKeys;
        this.products = products;
    }

    /** The plans that are valid. */
    List<Plan> read() {
        Map<String, Plan> plans = new LinkedHashMap<>();
        nodes.forEach((key, node) -> {
            node.asMapOf(List.of(
                    "product",
                    "interval",
                    "pricing",
                    "trial",
                    "units",
                    "set_up_fee",
                    "version",
                    "versions",
                    "limited"));
            Optional<String> product = node.required("product").flatMap(name -> name.asOneOf(productKeys));
            sold.addAll(product.map(Set::of).orElse(productKeys));
            plan(key, node, product.map(products::get)).ifPresent(plan -> plans.put(key, plan));
        });
        plans.forEach((key, plan) -> checkSetUpFee(plan, plans));
        return new ArrayList<>(plans.values());
    }

    /** Whether a plan sells the product, as far as the plans can be understood. */
    boolean sells(String product) {
        return sold.contains(product);
    }

    private Optional<Plan> plan(String key, YamlNode node, Optional<Product> product) {
        CatalogReader.checkKey(key, node);
        Optional<BillingInterval> interval = node.required("interval").flatMap(PlanReader::interval);
        Optional<Pricing> pricing = node.required("pricing").flatMap(PricingReader::read);
        @Nullable TrialTerms trial = node.optional("trial").flatMap(PlanReader::trial).orElse(null);
        Optional<UnitTerms> units = node.optional("units").flatMap(PlanReader::units);
        @Nullable PlanKey fee = node.optional("set_up_fee")
                .flatMap(value -> value.asOneOf(nodes.keySet()))
                .filter(PlanKey::isValid)
                .map(PlanKey::of)
                .orElse(null);
        Plan.Versions versions = VersionReader.read(node);
        @Nullable Limited limited = node.optional("limited").flatMap(LimitedReader::read).orElse(null);
        if (interval.isEmpty() || pricing.isEmpty()) {
            return Optional.empty();
        }
        boolean once = !interval.get().recurring();
        if (once != pricing.get() instanceof Pricing.OneTime) {
            node.problem("pricing one_time goes with interval once, and nothing else does");
            return Optional.empty();
        }
        boolean addOn = product.filter(Product::addOn).isPresent();
        boolean takesUnits = pricing.get().takesUnits();
        checkExtras(node, once, addOn, takesUnits);
        if (product.isEmpty()
                || !PlanKey.isValid(key)
                || ((once || addOn) && (trial != null || fee != null))
                || (addOn && limited != null)) {
            return Optional.empty();
        }
        UnitTerms terms = units.orElse(takesUnits ? UnitTerms.ANY : UnitTerms.SINGLE);
        return Optional.of(new Plan(
                PlanKey.of(key), product.get(), interval.get(), pricing.get(), trial, terms, fee, versions, limited));
    }

    private static void checkExtras(YamlNode node, boolean once, boolean addOn, boolean takesUnits) {
        if (once || addOn) {
            String what = once ? "a one-time purchase" : "an add-on";
            node.optional("trial").ifPresent(value -> value.problem(what + " has no trial"));
            node.optional("set_up_fee").ifPresent(value -> value.problem(what + " has no set-up fee"));
        }
        if (addOn) {
            node.optional("limited").ifPresent(value -> value.problem("only plans of tiers are limited"));
        }
        if (!takesUnits) {
            node.optional("units")
                    .ifPresent(value -> value.problem("only per_unit, graduated and volume pricing take units"));
        }
    }

    private void checkSetUpFee(Plan plan, Map<String, Plan> plans) {
        Plan fee = plan.setUpFee() == null ? null : plans.get(plan.setUpFee().value());
        YamlNode node = nodes.get(plan.key().value());
        if (fee == null || node == null) {
            return;
        }
        if (!fee.setUpFeeItself()) {
            node.optional("set_up_fee")
                    .ifPresent(value -> value.problem("'" + fee.key()
                            + "' is no set-up fee: that is a plan of interval once of a product of kind add-on"));
        } else {
            plan.currencyNotOf(fee)
                    .ifPresent(currency -> node.optional("set_up_fee")
                            .ifPresent(value -> value.problem("'" + fee.key() + "' is not sold in " + currency
                                    + ", as the plan is; one invoice has one currency")));
        }
    }

    private static Optional<BillingInterval> interval(YamlNode node) {
        if (!node.isMap()) {
            return node.asOneOf(INTERVALS).map(unit -> new BillingInterval(unit(unit), 1));
        }
        node.asMapOf(List.of("every", "unit"));
        Optional<Long> every = node.required("every").flatMap(value -> value.asWhole(1, Integer.MAX_VALUE));
        Optional<String> unit = node.required("unit").flatMap(value -> value.asOneOf(INTERVALS));
        return every.flatMap(count ->
                unit.flatMap(name -> node.checked(() -> new BillingInterval(unit(name), Math.toIntExact(count)))));
    }

    private static BillingInterval.Unit unit(String name) {
        return BillingInterval.Unit.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static Optional<TrialTerms> trial(YamlNode node) {
        node.asMapOf(List.of("days", "card"));
        Optional<Long> days = node.required("days").flatMap(value -> value.asWhole(1, 730));
        boolean cardRequired = node.optional("card")
                .flatMap(value -> value.asOneOf(List.of("required", "optional")))
                .map("required"::equals)
                .orElse(true);
        return days.map(length -> new TrialTerms(length.intValue(), cardRequired));
    }

    private static Optional<UnitTerms> units(YamlNode node) {
        node.asMapOf(List.of("minimum", "maximum", "included", "beyond"));
        Optional<Long> minimum = node.optional("minimum").flatMap(value -> value.asWhole(0, CatalogReader.MAX_COUNT));
        Optional<Long> maximum = node.optional("maximum").flatMap(value -> value.asWhole(1, CatalogReader.MAX_COUNT));
        Optional<Long> included = node.optional("included").flatMap(value -> value.asWhole(0, CatalogReader.MAX_COUNT));
        UnitTerms.Beyond beyond = node.optional("beyond")
                .flatMap(value -> value.asOneOf(BEYOND))
                .map(name -> UnitTerms.Beyond.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(UnitTerms.Beyond.PRORATE);
        return node.checked(() -> new UnitTerms(minimum.orElse(1L), maximum.orElse(null), included.orElse(0L), beyond));
    }
}
