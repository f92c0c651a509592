package dev.billhook.catalog.sync;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.PortalSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the Customer Portal offers, with the units of each product it switches to.
 *
 * @param settings what it offers
 * @param products the products of the plans to switch to, ordered by key; empty if there are none
 * @since 0.1.0
 */
public record PortalOffer(PortalSettings settings, List<Switchable> products) {
    /** Copies the products and puts them in order. */
    public PortalOffer {
        products = products.stream()
                .sorted(Comparator.comparing(Switchable::productKey))
                .toList();
    }

    /**
     * A product to switch to.
     *
     * @param productKey the catalog's key
     * @param plans its plans to switch to, ordered by key
     * @param units between which numbers units can be changed, or null if they cannot
     */
    public record Switchable(
            String productKey,
            List<PlanKey> plans,
            @Nullable Units units) {
        /** Copies the plans and puts them in order. */
        public Switchable {
            plans = plans.stream().sorted(Comparator.comparing(PlanKey::value)).toList();
        }
    }

    /**
     * Bounds of units.
     *
     * @param maximum null for none
     */
    public record Units(long minimum, @Nullable Long maximum) {}

    /** What the catalog has the portal offer; empty if it says nothing of it. */
    public static Optional<PortalOffer> of(Catalog catalog) {
        return catalog.portal().map(settings -> new PortalOffer(settings, products(catalog, settings.switching())));
    }

    /** Whether it switches to the plan. */
    boolean switchesTo(PlanKey plan) {
        return products.stream().anyMatch(product -> product.plans().contains(plan));
    }

    private static List<Switchable> products(Catalog catalog, PortalSettings.@Nullable Switching switching) {
        if (switching == null) {
            return List.of();
        }
        Map<String, List<Plan>> byProduct = new TreeMap<>();
        for (PlanKey key : switching.plans()) {
            Plan plan = catalog.getPlan(key);
            byProduct
                    .computeIfAbsent(plan.product().key(), product -> new ArrayList<>())
                    .add(plan);
        }
        List<Switchable> products = new ArrayList<>();
        byProduct.forEach((product, plans) -> products.add(new Switchable(
                product, plans.stream().map(Plan::key).toList(), switching.units() ? units(plans) : null)));
        return products;
    }

    /** The portal knows bounds of a product only, so they are those that every one of its plans allows. */
    private static @Nullable Units units(List<Plan> plans) {
        if (!plans.stream().allMatch(plan -> plan.pricing().takesUnits())) {
            return null;
        }
        long minimum = plans.stream()
                .mapToLong(plan -> Math.max(1, plan.units().billed(plan.units().minimum())))
                .max()
                .orElse(1);
        Long maximum = plans.stream()
                .flatMap(plan -> Optional.ofNullable(plan.units().maximum()).stream())
                .min(Comparator.naturalOrder())
                .orElse(null);
        return new Units(minimum, maximum);
    }
}
