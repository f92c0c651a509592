package dev.billhook.catalog.sync;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Product;
import dev.billhook.coupon.CouponOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The difference between the catalog and the provider, as the steps that remove it. What the provider has and the catalog
 * does not is left alone: subscribers may still be on it.
 *
 * @param changes the steps in the order they must be made; empty if nothing differs
 * @since 0.1.0
 */
public record CatalogDiff(List<CatalogChange> changes) {
    /** Copies the steps. */
    public CatalogDiff {
        changes = List.copyOf(changes);
    }

    /** Compares. Pure. If the provider has two objects of one key, made by two hosts at once, the first one counts. */
    public static CatalogDiff between(Catalog catalog, PublishedCatalog published) {
        Map<String, PublishedCatalog.PublishedProduct> products = published.products().stream()
                .collect(Collectors.toMap(
                        PublishedCatalog.PublishedProduct::key, Function.identity(), (first, again) -> first));
        Map<PlanKey, PublishedCatalog.PublishedPrice> prices = published.prices().stream()
                .collect(Collectors.toMap(
                        PublishedCatalog.PublishedPrice::plan, Function.identity(), (first, again) -> first));
        List<CatalogChange> changes = new ArrayList<>();
        for (Product product : catalog.products()) {
            PublishedCatalog.PublishedProduct theirs = products.get(product.key());
            if (theirs == null) {
                changes.add(new CatalogChange.CreateProduct(product));
            } else if (!same(product, theirs)) {
                changes.add(new CatalogChange.UpdateProduct(product));
            }
        }
        for (Plan plan : catalog.plans()) {
            PublishedCatalog.PublishedPrice theirs = prices.get(plan.key());
            if (theirs == null) {
                changes.add(new CatalogChange.CreatePrice(plan));
            } else if (!same(plan, theirs)) {
                changes.add(new CatalogChange.ReplacePrice(plan));
            }
        }
        PortalOffer.of(catalog)
                .flatMap(offer -> portal(offer, published.portal(), changes))
                .ifPresent(changes::add);
        return new CatalogDiff(changes);
    }

    /** The portal names prices, so it is due again when one of them is replaced. */
    private static Optional<CatalogChange> portal(
            PortalOffer ours, @Nullable PortalOffer theirs, List<CatalogChange> before) {
        boolean otherPrice = before.stream()
                .anyMatch(change -> change instanceof CatalogChange.ReplacePrice replace
                        && ours.switchesTo(replace.plan().key()));
        return ours.equals(theirs) && !otherPrice
                ? Optional.empty()
                : Optional.of(new CatalogChange.PublishPortal(ours, theirs == null));
    }

    /** These steps, and after them those for the coupons. */
    public CatalogDiff withCoupons(Catalog catalog, List<CouponOffer> published) {
        return new CatalogDiff(
                Stream.concat(changes.stream(), CouponDiff.between(catalog.coupons(), published).stream())
                        .toList());
    }

    /** Whether provider and catalog agree. */
    public boolean empty() {
        return changes.isEmpty();
    }

    /** The steps for people, a line each. */
    public String describe() {
        return changes.stream().map(CatalogChange::describe).collect(Collectors.joining("\n"));
    }

    private static boolean same(Product ours, PublishedCatalog.PublishedProduct theirs) {
        return ours.name().equals(theirs.name()) && Objects.equals(ours.description(), theirs.description());
    }

    private static boolean same(Plan ours, PublishedCatalog.PublishedPrice theirs) {
        return ours.product().key().equals(theirs.productKey())
                && ours.interval().equals(theirs.interval())
                && ours.pricing().equals(theirs.pricing())
                && ours.versions().sold().equals(theirs.version());
    }
}
