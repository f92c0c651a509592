package dev.billhook.simulator.engine.entitlement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;

/** Makes and changes features, and attaches them to products. */
public final class Features {
    /** Type of the document of a feature. */
    public static final String TYPE = "entitlements.feature";

    /** Type of the document that ties a feature to a product. */
    public static final String OF_PRODUCT = "product_feature";

    private static final int MAX_KEY = 80;
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"entitlements.feature","active":true,"livemode":false,"lookup_key":"","metadata":{},"name":""}\
        """);

    private final World world;

    public Features(World world) {
        this.world = world;
        world.renderer().complete(OF_PRODUCT, this::complete);
    }

    /** A new feature; its lookup key belongs to no other, be that archived or not. */
    public ObjectNode create(Params params) {
        String key = params.requireText("lookup_key");
        if (key.length() > MAX_KEY) {
            throw ApiError.invalid(null, "lookup_key", "A lookup key can have up to " + MAX_KEY + " characters.");
        }
        if (world.store().newestFirst(TYPE, "lookup_key", key).findAny().isPresent()) {
            throw ApiError.invalid(null, "lookup_key", "There is a feature with the lookup key '" + key + "' already.");
        }
        ObjectNode feature = SHAPE.deepCopy();
        feature.put("id", world.ids().next("feat_test"));
        feature.put("livemode", world.simulation().settings().livemode());
        feature.put("lookup_key", key);
        feature.put("name", params.requireText("name"));
        params.mergeMetadata(feature);
        world.store().insert(feature);
        return feature;
    }

    /** Renames or archives a feature. */
    public ObjectNode update(String id, Params params) {
        ObjectNode feature = world.finder().editInUrl(TYPE, id);
        params.copyTo(feature, "active", "name");
        params.mergeMetadata(feature);
        return feature;
    }

    /** Attaches an active feature to a product; who subscribes already gets it with the next period. */
    public ObjectNode attach(String product, Params params) {
        world.finder().inUrl("product", product);
        String id = params.requireText("entitlement_feature");
        ObjectNode feature = world.finder().inParam(TYPE, id, "entitlement_feature");
        if (!Docs.flag(feature, "active")) {
            throw ApiError.invalid(null, "entitlement_feature", "An archived feature cannot be attached to a product.");
        }
        if (of(product).contains(id)) {
            throw ApiError.invalid(null, "entitlement_feature", "The feature is attached to this product already.");
        }
        ObjectNode attached = Docs.object();
        attached.put("id", world.ids().next("prodft"));
        attached.put("object", OF_PRODUCT);
        attached.put("entitlement_feature", id);
        attached.put("livemode", world.simulation().settings().livemode());
        attached.put("_product", product);
        world.store().insert(attached);
        return attached;
    }

    /** The attachment of a feature to this product that the URL names. */
    public ObjectNode attached(String product, String id) {
        world.finder().inUrl("product", product);
        ObjectNode attached = world.finder().inUrl(OF_PRODUCT, id);
        if (!product.equals(Docs.text(attached, "_product"))) {
            throw ApiError.noSuch(OF_PRODUCT, id, "id", true);
        }
        return attached;
    }

    /** Takes a feature from a product; who has it keeps it until the next period. */
    public ObjectNode detach(String product, String id) {
        attached(product, id);
        return world.store().delete(OF_PRODUCT, id);
    }

    /** The features of a product. */
    List<String> of(String product) {
        return world.store()
                .newestFirst(OF_PRODUCT, "product", product)
                .map(attached -> Docs.textOf(attached, "entitlement_feature"))
                .toList();
    }

    private void complete(ObjectNode attached) {
        String id = Docs.textOf(attached, "entitlement_feature");
        attached.set(
                "entitlement_feature", world.renderer().render(world.store().get(TYPE, id)));
    }
}
