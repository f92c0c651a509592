package dev.billhook.simulator.engine.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;

/** Makes, changes and deletes products. */
public final class Products {
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"product","active":true,"created":0,"default_price":null,"description":null,"images":[],
         "livemode":false,"marketing_features":[],"metadata":{},"name":"","package_dimensions":null,"shippable":null,
         "statement_descriptor":null,"tax_code":null,"type":"service","unit_label":null,"updated":0,"url":null}\
        """);
    private static final String[] FIELDS = {
        "name",
        "active",
        "description",
        "images",
        "marketing_features",
        "package_dimensions",
        "shippable",
        "statement_descriptor",
        "tax_code",
        "type",
        "unit_label",
        "url"
    };

    private final World world;
    private final Prices prices;

    public Products(World world, Prices prices) {
        this.world = world;
        this.prices = prices;
    }

    /** A new product, with its default price when one is described. */
    public ObjectNode create(Params params) {
        String id = params.text("id", world.ids().nextShort("prod"));
        if (world.store().find("product", id) != null) {
            throw ApiError.invalid("resource_already_exists", "id", "Product already exists.");
        }
        ObjectNode product = world.create(SHAPE, id, null);
        product.put("updated", Docs.numberOf(product, "created"));
        params.copyTo(product, FIELDS);
        params.mergeMetadata(product);
        world.store().insert(product);
        world.events().emit("product.created", product);
        if (params.hasValue("default_price_data")) {
            ObjectNode input = params.group("default_price_data").tree().deepCopy();
            input.put("product", id);
            ObjectNode price = prices.create(Params.of(input));
            product.put("default_price", Docs.textOf(price, "id"));
            world.events().emitUpdated("product.updated", product);
        }
        return product;
    }

    /** Changes a product. */
    public ObjectNode update(String id, Params params) {
        ObjectNode product = world.finder().editInUrl("product", id);
        params.copyTo(product, FIELDS);
        for (String list : new String[] {"images", "marketing_features"}) {
            if (params.isUnset(list)) {
                product.putArray(list);
            }
        }
        params.mergeMetadata(product);
        String defaultPrice = params.text("default_price");
        if (defaultPrice != null) {
            ObjectNode price = world.finder().inParam("price", defaultPrice, "default_price");
            if (!id.equals(Docs.text(price, "product"))) {
                throw ApiError.invalid(null, "default_price", "The price belongs to another product.");
            }
            product.put("default_price", defaultPrice);
        }
        touch(product);
        return product;
    }

    /** Deletes a product that has no prices. */
    public ObjectNode delete(String id) {
        ObjectNode product = world.finder().inUrl("product", id);
        if (world.store().newestFirst("price", "product", id).findAny().isPresent()) {
            throw ApiError.invalid(
                    null, "id", "This product cannot be deleted because it has prices. Archive it instead.");
        }
        world.events().emit("product.deleted", product);
        return world.store().delete("product", id);
    }

    private void touch(ObjectNode product) {
        if (world.events().isChanged(product)) {
            product.put("updated", world.now(null));
            world.events().emitUpdated("product.updated", product);
        }
    }
}
