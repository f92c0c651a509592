package dev.billhook.catalog.file;

import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Tier;
import dev.billhook.internal.yaml.YamlAmounts;
import dev.billhook.internal.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what stands under {@code pricing}. */
final class PricingReader {
    private static final List<String> PRICINGS =
            List.of("flat", "per_unit", "graduated", "volume", "metered", "one_time");

    private PricingReader() {}

    static Optional<Pricing> read(YamlNode node) {
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
                YamlAmounts.byCurrency(value, PricingReader::tiers).map(Pricing.Graduated::new);
            case "volume" -> YamlAmounts.byCurrency(value, PricingReader::tiers).map(Pricing.Volume::new);
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
        Optional<Long> bound =
                open ? Optional.empty() : upTo.flatMap(value -> value.asWhole(1, CatalogReader.MAX_COUNT));
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
