package dev.billhook.simulator.engine.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;

/** Makes and changes the configurations of the Customer Portal; there is always a default one. */
public final class PortalConfigurations {
    static final String TYPE = "billing_portal.configuration";
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"billing_portal.configuration","active":true,"application":null,
         "business_profile":{"headline":null,"privacy_policy_url":null,"terms_of_service_url":null},"created":0,
         "default_return_url":null,
         "features":{"customer_update":{"allowed_updates":[],"enabled":false},"invoice_history":{"enabled":false},
         "payment_method_update":{"enabled":false,"payment_method_configuration":null},
         "subscription_cancel":{"cancellation_reason":{"enabled":false,"options":["too_expensive",
         "missing_features","switched_service","unused","other"]},"enabled":false,"mode":"at_period_end",
         "proration_behavior":"none"},
         "subscription_update":{"billing_cycle_anchor":null,"default_allowed_updates":[],"enabled":false,
         "products":[],"proration_behavior":"none","schedule_at_period_end":{"conditions":[]},
         "trial_update_behavior":"end_trial"}},"is_default":false,"livemode":false,
         "login_page":{"enabled":false,"url":null},"metadata":{},"name":null,"updated":0}\
        """);
    private static final String[] CANCEL = {"enabled", "mode", "proration_behavior"};
    private static final String[] UPDATE = {
        "enabled",
        "billing_cycle_anchor",
        "default_allowed_updates",
        "products",
        "proration_behavior",
        "trial_update_behavior"
    };

    private final World world;

    public PortalConfigurations(World world) {
        this.world = world;
    }

    /** A new configuration. */
    public ObjectNode create(Params params) {
        ensureDefault();
        ObjectNode configuration = make(params);
        world.store().insert(configuration);
        world.events().emit("billing_portal.configuration.created", configuration);
        return configuration;
    }

    /** Changes a configuration. */
    public ObjectNode update(String id, Params params) {
        ensureDefault();
        ObjectNode configuration = world.finder().editInUrl(TYPE, id);
        if (Docs.flag(configuration, "is_default") && params.has("active") && !params.flag("active")) {
            throw ApiError.invalid(null, "active", "The default configuration cannot be deactivated.");
        }
        apply(configuration, params);
        if (world.events().isChanged(configuration)) {
            configuration.put("updated", world.now(null));
            world.events().emitUpdated("billing_portal.configuration.updated", configuration);
        }
        return configuration;
    }

    /** The configuration used where none is named; it is made when it is first needed. */
    public ObjectNode ensureDefault() {
        return world.store()
                .newestFirst(TYPE)
                .filter(configuration -> Docs.flag(configuration, "is_default"))
                .findFirst()
                .orElseGet(this::makeDefault);
    }

    private ObjectNode makeDefault() {
        ObjectNode configuration = make(Params.of(Docs.shape("""
            {"features":{"customer_update":{"enabled":true,"allowed_updates":["email","name","address"]},
             "invoice_history":{"enabled":true},"payment_method_update":{"enabled":true},
             "subscription_cancel":{"enabled":true,"mode":"at_period_end"}}}\
            """)));
        configuration.put("is_default", true);
        world.store().insert(configuration);
        return configuration;
    }

    private ObjectNode make(Params params) {
        ObjectNode configuration = world.create(SHAPE, world.ids().next("bpc"), null);
        configuration.put("updated", Docs.numberOf(configuration, "created"));
        apply(configuration, params);
        return configuration;
    }

    private static void apply(ObjectNode configuration, Params params) {
        params.copyTo(configuration, "active", "default_return_url", "name");
        params.mergeMetadata(configuration);
        params.group("business_profile")
                .copyTo(
                        Docs.child(configuration, "business_profile"),
                        "headline",
                        "privacy_policy_url",
                        "terms_of_service_url");
        params.group("login_page").copyTo(Docs.child(configuration, "login_page"), "enabled");
        Params given = params.group("features");
        ObjectNode features = Docs.child(configuration, "features");
        given.group("invoice_history").copyTo(Docs.child(features, "invoice_history"), "enabled");
        given.group("payment_method_update").copyTo(Docs.child(features, "payment_method_update"), "enabled");
        lists(given.group("customer_update"), Docs.child(features, "customer_update"), "allowed_updates");
        given.group("customer_update").copyTo(Docs.child(features, "customer_update"), "enabled");
        ObjectNode cancel = Docs.child(features, "subscription_cancel");
        given.group("subscription_cancel").copyTo(cancel, CANCEL);
        Params reason = given.group("subscription_cancel").group("cancellation_reason");
        reason.copyTo(Docs.child(cancel, "cancellation_reason"), "enabled");
        lists(reason, Docs.child(cancel, "cancellation_reason"), "options");
        ObjectNode update = Docs.child(features, "subscription_update");
        given.group("subscription_update").copyTo(update, UPDATE);
        lists(given.group("subscription_update"), update, "default_allowed_updates");
        lists(given.group("subscription_update"), update, "products");
        Docs.objects(update, "products").forEach(PortalConfigurations::completeQuantity);
        lists(
                given.group("subscription_update").group("schedule_at_period_end"),
                Docs.child(update, "schedule_at_period_end"),
                "conditions");
    }

    private static void completeQuantity(ObjectNode product) {
        ObjectNode quantity = Docs.ensure(product, "adjustable_quantity");
        if (!quantity.has("enabled")) {
            quantity.put("enabled", false);
        }
        if (!quantity.has("minimum")) {
            quantity.put("minimum", 1);
        }
        if (!quantity.has("maximum")) {
            quantity.putNull("maximum");
        }
    }

    private static void lists(Params given, ObjectNode target, String name) {
        if (given.isUnset(name)) {
            target.putArray(name);
        } else {
            given.copyTo(target, name);
        }
    }
}
