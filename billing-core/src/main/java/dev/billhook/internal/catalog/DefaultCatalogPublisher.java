package dev.billhook.internal.catalog;

import dev.billhook.RequestKey;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.sync.CatalogChange;
import dev.billhook.catalog.sync.CatalogDiff;
import dev.billhook.catalog.sync.CatalogPublisher;
import dev.billhook.catalog.sync.PublishedCatalog;
import dev.billhook.spi.provider.CatalogGateway;
import dev.billhook.spi.provider.discount.CouponGateway;

/** See {@link CatalogPublisher}. */
public final class DefaultCatalogPublisher implements CatalogPublisher {
    private final Catalog catalog;
    private final CatalogGateway gateway;
    private final CouponGateway coupons;

    /** A publisher of the catalog through the gateways. */
    public DefaultCatalogPublisher(Catalog catalog, CatalogGateway gateway, CouponGateway coupons) {
        this.catalog = catalog;
        this.gateway = gateway;
        this.coupons = coupons;
    }

    @Override
    public CatalogDiff plan() {
        return withCoupons(
                CatalogDiff.between(catalog, gateway.published(catalog.portal().isPresent())));
    }

    @Override
    public PublishedCatalog published() {
        return gateway.published();
    }

    @Override
    public CatalogDiff apply() {
        CatalogDiff diff = plan();
        diff.changes().forEach(this::make);
        return diff;
    }

    private void make(CatalogChange change) {
        if (change instanceof CatalogChange.OfCoupon ofCoupon) {
            coupons.make(ofCoupon, RequestKey.random());
        } else {
            gateway.make(change, RequestKey.random());
        }
    }

    /** Without coupons of its own the catalog leaves those of the provider alone. */
    private CatalogDiff withCoupons(CatalogDiff diff) {
        return catalog.coupons().isEmpty() ? diff : diff.withCoupons(catalog, coupons.published());
    }
}
