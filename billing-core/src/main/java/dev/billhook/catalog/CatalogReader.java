package dev.billhook.catalog;

import dev.billhook.internal.yaml.Problems;
import dev.billhook.internal.yaml.TextSource;
import dev.billhook.internal.yaml.YamlAmounts;
import dev.billhook.internal.yaml.YamlDocument;
import dev.billhook.internal.yaml.YamlNode;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a catalog from YAML or JSON of at most 1 MiB. Amounts are in major units and taken exactly as written; whatever is
 * wrong is told at once. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
public final class CatalogReader {
    private static final List<String> INTERVALS = List.of("day", "week", "month", "year", "once");
    private static final List<String> PRICINGS =
            List.of("flat", "per_unit", "graduated", "volume", "metered", "one_time");
    private static final long MAX_COUNT = 1_000_000_000_000L;

    private CatalogReader() {}

    /**
     * Reads a UTF-8 file.
     *
     * @throws CatalogException if the contents are not valid
     * @throws dev.billhook.BillingException if there is no such file or it cannot be read
     */
    public static Catalog read(Path file) {
        Problems problems = new Problems();
        return catalog(file.toString(), TextSource.load(file, problems), problems);
    }

    /**
     * Reads characters; leaves the reader open.
     *
     * @param sourceName names the source in errors
     * @throws CatalogException if the contents are not valid
     * @throws dev.billhook.BillingException if the reader fails
     */
    public static Catalog read(String sourceName, Reader reader) {
        Problems problems = new Problems();
        return catalog(sourceName, TextSource.load(reader, problems), problems);
    }

    /**
     * Reads a text.
     *
     * @throws CatalogException if it is not valid
     */
    public static Catalog readYaml(String yaml) {
        return read("text", new StringReader(yaml));
    }

    private static Catalog catalog(String source, Optional<String> text, Problems problems) {
        List<Plan> plans = text.flatMap(given -> YamlDocument.parse(given, problems))
                .map(CatalogReader::plans)
                .orElse(List.of());
        if (!problems.none()) {
            throw new CatalogException(source, problems.messages());
        }
        return Catalog.of(plans);
    }

    private static List<Plan> plans(YamlNode root) {
        root.asMapOf(List.of("products", "plans"));
        Map<String, YamlNode> productNodes = entries(root, "products");
        Map<String, Product> products = new HashMap<>();
        productNodes.forEach((key, node) -> product(key, node).ifPresent(product -> products.put(key, product)));
        List<Plan> plans = new ArrayList<>();
        Map<String, YamlNode> planNodes = entries(root, "plans");
        Set<String> sold = new HashSet<>(planNodes.isEmpty() ? productNodes.keySet() : Set.of());
        planNodes.forEach((key, node) -> {
            node.asMapOf(List.of("product", "interval", "pricing", "trial", "units"));
            Optional<String> product = node.required("product").flatMap(name -> name.asOneOf(productNodes.keySet()));
            sold.addAll(product.map(Set::of).orElse(productNodes.keySet()));
            plan(key, node, product.map(products::get)).ifPresent(plans::add);
        });
        productNodes.forEach((key, node) -> {
            if (!sold.contains(key)) {
                node.problem("is sold by no plan; add one or remove the product");
            }
        });
        return plans;
    }

    private static Map<String, YamlNode> entries(YamlNode root, String name) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        root.required(name).ifPresent(node -> {
            entries.putAll(node.asMap("a map of " + name + " by key"));
            if (node.isMap() && entries.isEmpty()) {
                node.problem("must not be empty");
            }
        });
        return entries;
    }

    private static Optional<Product> product(String key, YamlNode node) {
        node.asMapOf(List.of("name", "description", "tier", "features", "limits"));
        checkKey(key, node);
        Optional<String> name = node.required("name").flatMap(YamlNode::asText);
        @Nullable String description =
                node.optional("description").flatMap(YamlNode::asText).orElse(null);
        Optional<Long> tier = node.required("tier").flatMap(value -> value.asWhole(0, Integer.MAX_VALUE));
        Set<String> features = new HashSet<>();
        node.optional("features")
                .ifPresent(list -> list.asList("a list of features")
                        .forEach(element -> element.asText().ifPresent(feature -> {
                            checkKey(feature, element);
                            if (!features.add(feature)) {
                                element.problem("'" + feature + "' stands in the list twice");
                            }
                        })));
        Map<String, Limit> limits = new HashMap<>();
        node.optional("limits")
                .ifPresent(map -> map.asMap("a map of limits by key").forEach((limitKey, value) -> {
                    checkKey(limitKey, value);
                    limit(value).ifPresent(limit -> limits.put(limitKey, limit));
                }));
        if (name.isEmpty() || tier.isEmpty() || !PlanKey.isValid(key)) {
            return Optional.empty();
        }
        return Optional.of(new Product(key, name.get(), description, tier.get().intValue(), features, limits));
    }

    private static void checkKey(String key, YamlNode node) {
        if (!PlanKey.isValid(key)) {
            node.problem("'" + key + "' is no key: 1 to 64 of a-z, 0-9, '.', '_' and '-', not starting with a sign");
        }
    }

    private static Optional<Limit> limit(YamlNode node) {
        if (node.isMap()) {
            node.asMapOf(List.of("per_unit"));
            return node.required("per_unit")
                    .flatMap(value -> value.asWhole(0, MAX_COUNT))
                    .map(Limit::perUnit);
        }
        if (node.written().filter("unlimited"::equals).isPresent()) {
            return Optional.of(Limit.unlimited());
        }
        return node.asWhole(0, MAX_COUNT).map(Limit::of);
    }

    private static Optional<Plan> plan(String key, YamlNode node, Optional<Product> product) {
        checkKey(key, node);
        Optional<BillingInterval> interval = node.required("interval").flatMap(CatalogReader::interval);
        Optional<Pricing> pricing = node.required("pricing").flatMap(CatalogReader::pricing);
        @Nullable TrialTerms trial = node.optional("trial").flatMap(CatalogReader::trial).orElse(null);
        Optional<UnitTerms> units = node.optional("units").flatMap(CatalogReader::units);
        if (interval.isEmpty() || pricing.isEmpty()) {
            return Optional.empty();
        }
        boolean once = !interval.get().recurring();
        if (once != pricing.get() instanceof Pricing.OneTime) {
            node.problem("pricing one_time goes with interval once, and nothing else does");
            return Optional.empty();
        }
        if (once && trial != null) {
            node.optional("trial").ifPresent(value -> value.problem("a one-time purchase has no trial"));
            return Optional.empty();
        }
        boolean takesUnits = pricing.get().takesUnits();
        if (!takesUnits) {
            node.optional("units")
                    .ifPresent(value -> value.problem("only per_unit, graduated and volume pricing take units"));
        }
        if (product.isEmpty() || !PlanKey.isValid(key)) {
            return Optional.empty();
        }
        UnitTerms terms = units.orElse(takesUnits ? UnitTerms.ANY : UnitTerms.SINGLE);
        return Optional.of(new Plan(PlanKey.of(key), product.get(), interval.get(), pricing.get(), trial, terms));
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
        node.asMapOf(List.of("minimum", "maximum"));
        Optional<Long> minimum = node.optional("minimum").flatMap(value -> value.asWhole(0, MAX_COUNT));
        Optional<Long> maximum = node.optional("maximum").flatMap(value -> value.asWhole(1, MAX_COUNT));
        return node.checked(() -> new UnitTerms(minimum.orElse(1L), maximum.orElse(null)));
    }

    private static Optional<Pricing> pricing(YamlNode node) {
        Map<String, YamlNode> kinds = node.asMapOf(PRICINGS);
        if (kinds.size() != 1) {
            if (node.isMap()) {
                node.problem("needs exactly one of " + String.join(", ", PRICINGS));
            }
            return Optional.empty();
        }
        Map.Entry<String, YamlNode> kind = kinds.entrySet().iterator().next();
        YamlNode value = kind.getValue();
        return switch (kind.getKey()) {
            case "flat" ->
                YamlAmounts.byCurrency(value, YamlAmounts::minorUnits).map(Pricing.Flat::new);
            case "per_unit" ->
                YamlAmounts.byCurrency(value, YamlAmounts::minorUnits).map(Pricing.PerUnit::new);
            case "graduated" ->
                YamlAmounts.byCurrency(value, CatalogReader::tiers).map(Pricing.Graduated::new);
            case "volume" -> YamlAmounts.byCurrency(value, CatalogReader::tiers).map(Pricing.Volume::new);
            case "one_time" ->
                YamlAmounts.byCurrency(value, YamlAmounts::minorUnits).map(Pricing.OneTime::new);
            default -> metered(value);
        };
    }

    private static Optional<Pricing> metered(YamlNode node) {
        node.asMapOf(List.of("meter", "amounts"));
        Optional<String> meter = node.required("meter").flatMap(YamlNode::asText);
        Optional<Map<Currency, BigDecimal>> amounts =
                node.required("amounts").flatMap(value -> YamlAmounts.byCurrency(value, YamlAmounts::fraction));
        return meter.flatMap(name -> amounts.map(prices -> new Pricing.Metered(name, prices)));
    }

    private static Optional<List<Tier>> tiers(YamlNode node, Currency currency) {
        List<YamlNode> elements = node.asList("a list of tiers");
        List<Tier> tiers = new ArrayList<>();
        elements.forEach(element -> tier(element, currency).ifPresent(tiers::add));
        if (!node.isList() || tiers.size() < elements.size()) {
            return Optional.empty();
        }
        return node.checked(() -> new Pricing.Graduated(Map.of(currency, tiers)))
                .map(valid -> tiers);
    }

    private static Optional<Tier> tier(YamlNode node, Currency currency) {
        node.asMapOf(List.of("up_to", "unit", "flat"));
        Optional<YamlNode> upTo = node.required("up_to");
        boolean open = upTo.flatMap(YamlNode::written).filter("inf"::equals).isPresent();
        Optional<Long> bound = open ? Optional.empty() : upTo.flatMap(value -> value.asWhole(1, MAX_COUNT));
        Optional<YamlNode> unit = node.optional("unit");
        Optional<YamlNode> flat = node.optional("flat");
        if (node.isMap() && unit.isEmpty() && flat.isEmpty()) {
            node.problem("needs 'unit', 'flat' or both");
        }
        Optional<BigDecimal> unitAmount = unit.flatMap(value -> YamlAmounts.fraction(value, currency));
        Optional<Long> flatAmount = flat.flatMap(value -> YamlAmounts.minorUnits(value, currency));
        boolean complete = unit.isPresent() == unitAmount.isPresent() && flat.isPresent() == flatAmount.isPresent();
        return node.isMap() && complete && (open || bound.isPresent())
                ? Optional.of(new Tier(bound.orElse(null), unitAmount.orElse(BigDecimal.ZERO), flatAmount.orElse(0L)))
                : Optional.empty();
    }
}
