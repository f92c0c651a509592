package dev.billhook.catalog;

import dev.billhook.NotFoundException;
import dev.billhook.coupon.Coupon;
import dev.billhook.coupon.CouponOffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is for sale. Immutable.
 *
 * @since 0.1.0
 */
public final class Catalog {
    private final Map<String, Product> products = new LinkedHashMap<>();
    private final Map<PlanKey, Plan> plans = new LinkedHashMap<>();

    private final @Nullable PortalSettings portal;
    private final List<CouponOffer> coupons;

    private Catalog(Collection<Plan> plans, @Nullable PortalSettings portal, List<CouponOffer> coupons) {
        this.portal = portal;
        this.coupons = List.copyOf(coupons);
        for (Plan plan : plans) {
            if (this.plans.putIfAbsent(plan.key(), plan) != null) {
                throw new IllegalArgumentException("Plan '" + plan.key() + "' is defined twice");
            }
            Product known = products.putIfAbsent(plan.product().key(), plan.product());
            if (known != null && !known.equals(plan.product())) {
                throw new IllegalArgumentException(
                        "Product '" + known.key() + "' is defined twice with different contents");
            }
        }
        plans.forEach(this::checkReferences);
        checkCoupons();
        if (portal != null && portal.switching() != null) {
            PortalSettings.whyNotSwitchable(portal.switching().plans().stream()
                            .map(this::getPlan)
                            .toList())
                    .ifPresent(why -> {
                        throw new IllegalArgumentException("The portal cannot switch: " + why);
                    });
        }
    }

    private void checkCoupons() {
        Set<String> keys = new HashSet<>();
        for (CouponOffer offer : coupons) {
            Coupon coupon = offer.coupon();
            if (!keys.add(coupon.key())) {
                throw new IllegalArgumentException("Coupon '" + coupon.key() + "' is defined twice");
            }
            if (!products.keySet().containsAll(coupon.products())) {
                throw new IllegalArgumentException(
                        "Coupon '" + coupon.key() + "' is limited to a product that is not in the catalog");
            }
        }
    }

    private void checkReferences(Plan plan) {
        if (plan.setUpFee() != null) {
            checkSetUpFee(plan, plan.setUpFee());
        }
        for (String tier : plan.product().on()) {
            Product known = products.get(tier);
            if (known == null || known.addOn()) {
                throw new IllegalArgumentException("Add-on '" + plan.product().key() + "' goes on '" + tier
                        + "', which is not a tier of the catalog");
            }
        }
    }

    private void checkSetUpFee(Plan plan, PlanKey key) {
        Plan fee = findPlan(key)
                .filter(Plan::setUpFeeItself)
                .orElseThrow(() -> new IllegalArgumentException("Plan '" + plan.key() + "': its set-up fee '" + key
                        + "' is not a one-time plan of an add-on in the catalog"));
        plan.currencyNotOf(fee).ifPresent(currency -> {
            throw new IllegalArgumentException(
                    "Plan '" + plan.key() + "': its set-up fee '" + key + "' is not sold in " + currency);
        });
    }

    /**
     * A catalog of the given plans and their products, in this order.
     *
     * @throws IllegalArgumentException if a key is used twice, or a set-up fee or a tier that is referred to is missing
     */
    public static Catalog of(Collection<Plan> plans) {
        return new Catalog(plans, null, List.of());
    }

    /** This catalog with another portal. */
    public Catalog withPortal(PortalSettings settings) {
        return new Catalog(plans.values(), settings, coupons);
    }

    /**
     * This catalog with other coupons.
     *
     * @throws IllegalArgumentException if a key is used twice, or a product they are limited to is missing
     */
    public Catalog withCoupons(List<CouponOffer> offers) {
        return new Catalog(plans.values(), portal, offers);
    }

    /** The coupons the catalog keeps at the provider, with their promotion codes; those made elsewhere are not among them. */
    public List<CouponOffer> coupons() {
        return coupons;
    }

    /** What the Customer Portal offers; empty if that is set at the provider. */
    public Optional<PortalSettings> portal() {
        return Optional.ofNullable(portal);
    }

    /** All products, in the order of the first plan that sells each. */
    public List<Product> products() {
        return List.copyOf(products.values());
    }

    /** All plans in the file's order. */
    public List<Plan> plans() {
        return List.copyOf(plans.values());
    }

    /** The plan of the key, if it is for sale. */
    public Optional<Plan> findPlan(PlanKey key) {
        return Optional.ofNullable(plans.get(key));
    }

    /**
     * The plan of the key.
     *
     * @throws NotFoundException if the catalog has no such plan
     */
    public Plan getPlan(PlanKey key) {
        return findPlan(key)
                .orElseThrow(() -> new NotFoundException(
                        "plan", key.value(), "The catalog has: " + String.join(", ", planKeys()) + "."));
    }

    /** Whether all of these plans are add-ons, and there is one: what they are plans of stands beside a subscription. */
    public boolean onlyAddOns(Collection<PlanKey> keys) {
        return !keys.isEmpty()
                && keys.stream()
                        .allMatch(key -> findPlan(key)
                                .filter(plan -> plan.product().addOn())
                                .isPresent());
    }

    private List<String> planKeys() {
        return plans.keySet().stream().map(PlanKey::value).toList();
    }
}
