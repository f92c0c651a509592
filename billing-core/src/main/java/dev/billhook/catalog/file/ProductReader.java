package dev.billhook.catalog.file;

import dev.billhook.catalog.Limit;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Product;
import dev.billhook.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the entries under {@code products}. */
final class ProductReader {
    private static final String ADD_ON = "add-on";

    private final Map<String, YamlNode> nodes;
    private final List<String> tiers = new ArrayList<>();

    ProductReader(Map<String, YamlNode> nodes) {
        this.nodes = nodes;
        nodes.forEach((key, node) -> {
            if (node.optional("kind")
                    .flatMap(YamlNode::written)
                    .filter(ADD_ON::equals)
                    .isEmpty()) {
                tiers.add(key);
            }
        });
    }

    /** The products that are valid. */
    Map<String, Product> read() {
        Map<String, Product> products = new HashMap<>();
        nodes.forEach((key, node) -> product(key, node).ifPresent(product -> products.put(key, product)));
        return products;
    }

    private Optional<Product> product(String key, YamlNode node) {
        node.asMapOf(List.of("name", "description", "kind", "tier", "on", "features", "limits"));
        CatalogReader.checkKey(key, node);
        Optional<String> name = node.required("name").flatMap(YamlNode::asText);
        @Nullable String description =
                node.optional("description").flatMap(YamlNode::asText).orElse(null);
        boolean addOn = node.optional("kind")
                .flatMap(value -> value.asOneOf(List.of("main", ADD_ON)))
                .filter(ADD_ON::equals)
                .isPresent();
        Optional<Integer> tier = addOn ? noTier(node) : tier(node);
        Set<String> on = on(node, addOn);
        Set<String> features = keys(node, "features");
        Map<String, Limit> limits = limits(node);
        if (name.isEmpty() || tier.isEmpty() || !PlanKey.isValid(key)) {
            return Optional.empty();
        }
        Product.Kind kind = addOn ? Product.Kind.ADD_ON : Product.Kind.MAIN;
        return Optional.of(new Product(key, name.get(), description, kind, tier.get(), on, features, limits));
    }

    private static Optional<Integer> tier(YamlNode node) {
        return node.required("tier")
                .flatMap(value -> value.asWhole(0, Integer.MAX_VALUE))
                .map(Long::intValue);
    }

    private static Optional<Integer> noTier(YamlNode node) {
        node.optional("tier").ifPresent(value -> value.problem("an add-on has no tier"));
        return Optional.of(0);
    }

    private Set<String> on(YamlNode node, boolean addOn) {
        Set<String> on = new HashSet<>();
        node.optional("on").ifPresent(list -> {
            if (!addOn) {
                list.problem("only add-ons go on other products; they have kind: add-on");
                return;
            }
            list.asList("a list of products")
                    .forEach(element -> element.asOneOf(tiers).ifPresent(on::add));
        });
        return on;
    }

    /** The limits of a product or of what a version of a plan keeps. */
    static Map<String, Limit> limits(YamlNode node) {
        Map<String, Limit> limits = new HashMap<>();
        node.optional("limits")
                .ifPresent(map -> map.asMap("a map of limits by key").forEach((limitKey, value) -> {
                    CatalogReader.checkKey(limitKey, value);
                    limit(value).ifPresent(limit -> limits.put(limitKey, limit));
                }));
        return limits;
    }

    /** The keys in a list. */
    static Set<String> keys(YamlNode node, String name) {
        Set<String> keys = new HashSet<>();
        node.optional(name)
                .ifPresent(list -> list.asList("a list of " + name)
                        .forEach(element -> element.asText().ifPresent(key -> {
                            CatalogReader.checkKey(key, element);
                            if (!keys.add(key)) {
                                element.problem("'" + key + "' stands in the list twice");
                            }
                        })));
        return keys;
    }

    private static Optional<Limit> limit(YamlNode node) {
        if (node.isMap()) {
            node.asMapOf(List.of("per_unit"));
            return node.required("per_unit")
                    .flatMap(value -> value.asWhole(0, CatalogReader.MAX_COUNT))
                    .map(Limit::perUnit);
        }
        if (node.written().filter("unlimited"::equals).isPresent()) {
            return Optional.of(Limit.unlimited());
        }
        return node.asWhole(0, CatalogReader.MAX_COUNT).map(Limit::of);
    }
}
