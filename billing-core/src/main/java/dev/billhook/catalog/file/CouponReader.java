package dev.billhook.catalog.file;

import dev.billhook.coupon.CodeTerms;
import dev.billhook.coupon.Coupon;
import dev.billhook.coupon.CouponDuration;
import dev.billhook.coupon.CouponOffer;
import dev.billhook.coupon.RedemptionLimits;
import dev.billhook.coupon.Reduction;
import dev.billhook.internal.yaml.YamlAmounts;
import dev.billhook.internal.yaml.YamlNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the entries under {@code coupons}. */
final class CouponReader {
    private final Collection<String> products;

    /**
     * @param products keys coupons can be limited to
     */
    CouponReader(Collection<String> products) {
        this.products = products;
    }

    /** The coupons that are valid. */
    List<CouponOffer> read(Map<String, YamlNode> nodes) {
        List<CouponOffer> offers = new ArrayList<>();
        nodes.forEach((key, node) -> offer(key, node).ifPresent(offers::add));
        return offers;
    }

    private Optional<CouponOffer> offer(String key, YamlNode node) {
        node.asMapOf(
                List.of("name", "percent", "amount", "duration", "products", "max_redemptions", "redeem_by", "codes"));
        @Nullable String name = node.optional("name").flatMap(YamlNode::asText).orElse(null);
        Optional<Reduction> reduction = reduction(node);
        Optional<CouponDuration> duration = duration(node);
        Set<String> limitedTo = products(node);
        RedemptionLimits limits = limits(node, "redeem_by");
        List<CodeTerms> codes = codes(node);
        if (reduction.isEmpty() || duration.isEmpty()) {
            return Optional.empty();
        }
        return node.checked(() ->
                new CouponOffer(new Coupon(key, name, reduction.get(), duration.get(), limitedTo, limits), codes));
    }

    private static Optional<Reduction> reduction(YamlNode node) {
        Optional<YamlNode> percent = node.optional("percent");
        Optional<YamlNode> amount = node.optional("amount");
        if (percent.isPresent() == amount.isPresent()) {
            node.problem("takes off either a percent or an amount");
            return Optional.empty();
        }
        return percent.isPresent()
                ? percent.flatMap(value -> value.asDecimal()
                        .flatMap(share -> value.<Reduction>checked(() -> new Reduction.Percent(share))))
                : amount.flatMap(value -> YamlAmounts.byCurrency(value, YamlAmounts::minorUnits)
                        .flatMap(amounts -> value.<Reduction>checked(() -> new Reduction.Amount(amounts))));
    }

    /** {@code once}, {@code forever} or {@code {months: 3}}; once if nothing is said. */
    private static Optional<CouponDuration> duration(YamlNode node) {
        Optional<YamlNode> duration = node.optional("duration");
        if (duration.isEmpty()) {
            return Optional.of(CouponDuration.once());
        }
        YamlNode value = duration.get();
        if (value.isMap()) {
            value.asMapOf(List.of("months"));
            return value.required("months")
                    .flatMap(months -> months.asWhole(1, 1200))
                    .map(months -> CouponDuration.months(months.intValue()));
        }
        return value.asOneOf(List.of("once", "forever"))
                .map(word -> word.equals("once") ? CouponDuration.once() : CouponDuration.forever());
    }

    private Set<String> products(YamlNode node) {
        Set<String> keys = new HashSet<>();
        node.optional("products")
                .ifPresent(list -> list.asList("a list of products")
                        .forEach(element -> element.asOneOf(products).ifPresent(keys::add)));
        return keys;
    }

    private static RedemptionLimits limits(YamlNode node, String end) {
        @Nullable Long most = node.optional("max_redemptions")
                .flatMap(value -> value.asWhole(1, CatalogReader.MAX_COUNT))
                .orElse(null);
        @Nullable Instant until = node.optional(end).flatMap(CouponReader::instant).orElse(null);
        return new RedemptionLimits(until, most);
    }

    private static Optional<Instant> instant(YamlNode node) {
        return node.asText().flatMap(text -> {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeParseException e) {
                node.problem("'" + text + "' is no time like 2027-12-31T00:00:00Z");
                return Optional.empty();
            }
        });
    }

    private static List<CodeTerms> codes(YamlNode node) {
        List<CodeTerms> codes = new ArrayList<>();
        node.optional("codes")
                .ifPresent(map -> map.asMap("a map of promotion codes by word")
                        .forEach((word, value) -> code(word, value).ifPresent(codes::add)));
        return codes;
    }

    private static Optional<CodeTerms> code(String word, YamlNode node) {
        node.asMapOf(List.of("max_redemptions", "expires", "first_time", "minimum"));
        boolean firstTime = node.optional("first_time")
                .flatMap(value -> value.asOneOf(List.of("true", "false")))
                .filter("true"::equals)
                .isPresent();
        Map<Currency, Long> minimum = node.optional("minimum")
                .flatMap(value -> YamlAmounts.byCurrency(value, YamlAmounts::minorUnits))
                .orElse(Map.of());
        return node.checked(() -> new CodeTerms(word, limits(node, "expires"), firstTime, minimum));
    }
}
