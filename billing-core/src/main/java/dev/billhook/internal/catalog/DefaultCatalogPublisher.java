package dev.billhook.internal.catalog;

import dev.billhook.RequestKey;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.sync.CatalogDiff;
import dev.billhook.catalog.sync.CatalogPublisher;
import dev.billhook.catalog.sync.PublishedCatalog;
import dev.billhook.spi.provider.CatalogGateway;

/** See {@link CatalogPublisher}. */
public final class DefaultCatalogPublisher implements CatalogPublisher {
    private final Catalog catalog;
    private final CatalogGateway gateway;

    /** A publisher of the catalog through the gateway. */
    public DefaultCatalogPublisher(Catalog catalog, CatalogGateway gateway) {
        this.catalog = catalog;
        this.gateway = gateway;
    }

    @Override
    public CatalogDiff plan() {
        return CatalogDiff.between(catalog, gateway.published(catalog.portal().isPresent()));
    }

    @Override
    public PublishedCatalog published() {
        return gateway.published();
    }

    @Override
    public CatalogDiff apply() {
        CatalogDiff diff = plan();
        diff.changes().forEach(change -> gateway.make(change, RequestKey.random()));
        return diff;
    }
}
