package dev.billhook.stripe.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.ProductUpdateParams;
import com.stripe.param.common.EmptyParam;
import dev.billhook.BillingException;
import dev.billhook.RequestKey;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Product;
import dev.billhook.catalog.sync.PortalOffer;
import dev.billhook.catalog.sync.PublishedCatalog;
import dev.billhook.catalog.sync.PublishedCatalog.PublishedPrice;
import dev.billhook.catalog.sync.PublishedCatalog.PublishedProduct;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderException.Category;
import dev.billhook.spi.provider.CatalogGateway;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The catalog's products, prices and portal at Stripe. */
public final class StripeCatalog implements CatalogGateway {
    private static final String PRODUCTS = "/v1/products";
    private static final String PRICES = "/v1/prices";

    private final StripeApi api;
    private final PriceLookup lookup;
    private final OwnedProducts products;
    private final Meters meters;
    private final PortalConfigurations portal;
    private final PriceDocuments documents;

    /** The catalog of the account the calls go to. */
    public StripeCatalog(StripeApi api, PriceLookup lookup) {
        this.api = api;
        this.lookup = lookup;
        this.products = new OwnedProducts(api);
        this.meters = new Meters(api);
        this.portal = new PortalConfigurations(api);
        this.documents = new PriceDocuments(api);
    }

    @Override
    public PublishedCatalog published(boolean withPortal) {
        List<PublishedProduct> foundProducts = new ArrayList<>();
        List<PublishedPrice> foundPrices = new ArrayList<>();
        PriceReader reader = new PriceReader(once(meters::eventNames));
        Map<String, PlanKey> plans = new HashMap<>();
        Map<String, String> keys = new HashMap<>();
        products.byKey().forEach((key, product) -> {
            String name = Json.text(product, "name");
            foundProducts.add(new PublishedProduct(key, name == null ? "" : name, Json.text(product, "description")));
            keys.put(Json.requireText(product, "id"), key);
            for (Held held : pricesOf(key, product, reader)) {
                foundPrices.add(held.price());
                plans.put(held.id(), held.price().plan());
            }
        });
        PortalConfigurationReader portals = new PortalConfigurationReader(plans, keys);
        PortalOffer offer = withPortal ? portal.find().flatMap(portals::read).orElse(null) : null;
        return new PublishedCatalog(foundProducts, foundPrices, offer);
    }

    @Override
    public void createProduct(Product product, RequestKey key) {
        ProductCreateParams.Builder params =
                ProductCreateParams.builder().setName(product.name()).putMetadata(Metadata.PRODUCT, product.key());
        if (product.description() != null) {
            params.setDescription(product.description());
        }
        api.post("create product " + product.key(), "product.create", PRODUCTS, params.build(), key);
    }

    @Override
    public void updateProduct(Product product, RequestKey key) {
        ProductUpdateParams.Builder params = ProductUpdateParams.builder().setName(product.name());
        if (product.description() == null) {
            params.setDescription(EmptyParam.EMPTY);
        } else {
            params.setDescription(product.description());
        }
        String path = StripeApi.path(PRODUCTS, productId(product.key()));
        api.post("update product " + product.key(), "product.update", path, params.build(), key);
    }

    @Override
    public void createPrice(Plan plan, RequestKey key) {
        lookup.find(plan.key(), false).ifPresent(holder -> requireOwned(plan.key(), holder));
        PriceCreateParams params =
                PriceParams.of(plan, productId(plan.product().key()), eventName -> meters.require(eventName, key));
        api.post("create the price of plan " + plan.key(), "price.create", PRICES, params, key);
    }

    @Override
    public void publishPortal(PortalOffer offer, RequestKey key) {
        Map<String, JsonNode> owned = products.byKey();
        PortalParams.Ids ids = new PortalParams.Ids(
                product -> id(product, owned.get(product)),
                plan -> lookup.get(plan).id());
        portal.publish(offer, ids, key);
    }

    /** A price that holds its plan's lookup key. */
    private record Held(String id, PublishedPrice price) {}

    private List<Held> pricesOf(String productKey, JsonNode product, PriceReader reader) {
        List<Held> found = new ArrayList<>();
        PriceListParams.Builder params = PriceListParams.builder()
                .setProduct(Json.requireText(product, "id"))
                .setActive(true)
                .setLimit(Pages.SIZE)
                .addExpand("data.currency_options")
                .addExpand("data.tiers");
        Pages.forEach(
                after -> api.get(
                        "list prices", PRICES, params.setStartingAfter(after).build()),
                price -> published(productKey, price, reader)
                        .ifPresent(each -> found.add(new Held(Json.requireText(price, "id"), each))));
        return found;
    }

    /** The price, if it is owned and holds its plan's lookup key; one that cannot be read is due to be replaced. */
    private Optional<PublishedPrice> published(String productKey, JsonNode price, PriceReader reader) {
        String plan = Metadata.value(price, Metadata.PLAN);
        if (plan == null || !PlanKey.isValid(plan) || !plan.equals(Json.text(price, "lookup_key"))) {
            return Optional.empty();
        }
        try {
            JsonNode whole = documents.complete(price);
            return reader.pricing(whole)
                    .map(pricing -> new PublishedPrice(
                            PlanKey.of(plan),
                            productKey,
                            reader.interval(whole),
                            pricing,
                            Objects.requireNonNullElse(Metadata.value(price, Metadata.VERSION), Plan.FIRST_VERSION)));
        } catch (ProviderException e) {
            throw e;
        } catch (BillingException | IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private String productId(String productKey) {
        return id(productKey, products.byKey().get(productKey));
    }

    private static String id(String productKey, @Nullable JsonNode product) {
        if (product == null) {
            throw ProviderException.of(
                    Category.NOT_FOUND,
                    "Stripe has no active product with metadata " + Metadata.PRODUCT + "=" + productKey
                            + "; run `catalog apply` for this Stripe account",
                    null,
                    null);
        }
        return Json.requireText(product, "id");
    }

    private static void requireOwned(PlanKey plan, JsonNode holder) {
        if (!plan.value().equals(Metadata.value(holder, Metadata.PLAN))) {
            throw ProviderException.of(
                    Category.INVALID_REQUEST,
                    "Lookup key '" + plan + "' belongs to price " + Json.text(holder, "id")
                            + ", which Billhook did not make. Give that price the metadata " + Metadata.PLAN + "="
                            + plan + " to hand it over, or take the lookup key off it",
                    null,
                    null);
        }
    }

    private static <T> Supplier<T> once(Supplier<T> source) {
        List<T> kept = new ArrayList<>(1);
        return () -> {
            if (kept.isEmpty()) {
                kept.add(source.get());
            }
            return kept.get(0);
        };
    }
}
