package dev.billhook.catalog.file;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.CatalogException;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.PortalSettings;
import dev.billhook.catalog.Product;
import dev.billhook.coupon.CouponOffer;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.internal.yaml.Problems;
import dev.billhook.internal.yaml.Problems.Problem;
import dev.billhook.internal.yaml.TextSource;
import dev.billhook.internal.yaml.YamlDocument;
import dev.billhook.internal.yaml.YamlNode;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads a catalog from YAML or JSON of at most 1 MiB. Amounts are in major units and taken exactly as written; whatever is
 * wrong is told at once. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
public final class CatalogReader {
    static final long MAX_COUNT = 1_000_000_000_000L;

    private CatalogReader() {}

    /**
     * Reads a UTF-8 file.
     *
     * @throws CatalogException if the contents are not valid
     * @throws dev.billhook.BillingException if there is no such file or it cannot be read
     */
    public static Catalog read(Path file) {
        return contents(file).catalog();
    }

    /**
     * Reads characters; leaves the reader open.
     *
     * @param sourceName names the source in errors
     * @throws CatalogException if the contents are not valid
     * @throws dev.billhook.BillingException if the reader fails
     */
    public static Catalog read(String sourceName, Reader reader) {
        return contents(sourceName, reader).catalog();
    }

    /**
     * Reads a text.
     *
     * @throws CatalogException if it is not valid
     */
    public static Catalog readYaml(String yaml) {
        return read("text", new StringReader(yaml));
    }

    static Contents contents(Path file) {
        Problems problems = new Problems();
        return contents(file.toString(), TextSource.load(file, problems), problems);
    }

    static Contents contents(String sourceName, Reader reader) {
        Problems problems = new Problems();
        return contents(sourceName, TextSource.load(reader, problems), problems);
    }

    private static Contents contents(String source, Optional<String> text, Problems problems) {
        Optional<YamlNode> root = text.flatMap(given -> YamlDocument.parse(given, problems));
        List<Plan> plans = root.map(CatalogReader::plans).orElse(List.of());
        Optional<PortalSettings> portal =
                root.flatMap(given -> given.optional("portal")).flatMap(node -> portal(node, plans));
        List<CouponOffer> coupons = root.flatMap(given -> given.optional("coupons"))
                .map(node -> coupons(node, plans))
                .orElse(List.of());
        AccessPolicy access = root.flatMap(given -> given.optional("access"))
                .map(node -> AccessPolicyReader.section(
                        node, plans.stream().map(plan -> plan.key().value()).toList()))
                .orElse(AccessPolicy.STANDARD);
        if (!problems.none()) {
            throw new CatalogException(
                    source,
                    problems.all().stream().map(Problem::text).toList(),
                    problems.all().stream().map(Problem::withLine).toList());
        }
        Catalog catalog = Catalog.of(plans).withCoupons(coupons);
        return new Contents(portal.map(catalog::withPortal).orElse(catalog), access);
    }

    /** What a file says. */
    record Contents(Catalog catalog, AccessPolicy access) {}

    private static List<CouponOffer> coupons(YamlNode node, List<Plan> plans) {
        Set<String> products = plans.stream().map(plan -> plan.product().key()).collect(Collectors.toSet());
        return new CouponReader(products).read(node.asMap("a map of coupons by key"));
    }

    /** Plans that are wrong themselves are told of where they stand, so those alone are checked that are right. */
    private static Optional<PortalSettings> portal(YamlNode node, List<Plan> plans) {
        Map<PlanKey, Plan> known = plans.stream().collect(Collectors.toMap(Plan::key, Function.identity()));
        Optional<PortalSettings> settings =
                new PortalReader(known.keySet().stream().map(PlanKey::value).toList()).read(node);
        settings.map(PortalSettings::switching)
                .map(switching -> switching.plans().stream().map(known::get).toList())
                .flatMap(PortalSettings::whyNotSwitchable)
                .ifPresent(why -> node.optional("switch").ifPresent(value -> value.problem(why)));
        return settings;
    }

    private static List<Plan> plans(YamlNode root) {
        root.asMapOf(List.of("products", "plans", "portal", "coupons", "access"));
        Map<String, YamlNode> productNodes = entries(root, "products");
        Map<String, Product> products = new ProductReader(productNodes).read();
        Map<String, YamlNode> planNodes = entries(root, "plans");
        PlanReader reader = new PlanReader(planNodes, productNodes.keySet(), products);
        List<Plan> plans = reader.read();
        productNodes.forEach((key, node) -> {
            if (!planNodes.isEmpty() && !reader.sells(key)) {
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

    /** Notes a problem if the text has not the form of a key. */
    static void checkKey(String key, YamlNode node) {
        if (!PlanKey.isValid(key)) {
            node.problem("'" + key + "' is no key: 1 to 64 of a-z, 0-9, '.', '_' and '-', not starting with a sign");
        }
    }
}
