package dev.billhook.simulator.engine.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;

/** Makes sessions of the Customer Portal. */
public final class PortalSessions {
    static final String TYPE = "billing_portal.session";
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"billing_portal.session","configuration":"","created":0,"customer":"",
         "customer_account":null,"flow":null,"livemode":false,"locale":null,"on_behalf_of":null,"return_url":null,
         "url":""}\
        """);
    private static final String[] FLOWS = {"subscription_cancel", "subscription_update", "subscription_update_confirm"};

    private final World world;
    private final PortalConfigurations configurations;

    public PortalSessions(World world, PortalConfigurations configurations) {
        this.world = world;
        this.configurations = configurations;
    }

    /** A new session for a customer. */
    public ObjectNode create(Params params) {
        ObjectNode fallback = configurations.ensureDefault();
        ObjectNode customer = world.finder().inParam("customer", params.requireText("customer"), "customer");
        String named = params.text("configuration");
        ObjectNode configuration =
                named == null ? fallback : world.finder().inParam(PortalConfigurations.TYPE, named, "configuration");
        ObjectNode session = world.create(SHAPE, world.ids().next("bps"), Docs.text(customer, "test_clock"));
        session.put("configuration", Docs.textOf(configuration, "id"));
        session.put("customer", Docs.textOf(customer, "id"));
        session.put("return_url", params.text("return_url", ""));
        if (!params.hasValue("return_url")) {
            session.set("return_url", configuration.path("default_return_url"));
        }
        params.copyTo(session, "locale", "on_behalf_of");
        if (params.hasValue("flow_data")) {
            session.set("flow", flow(params.group("flow_data"), Docs.textOf(customer, "id")));
        }
        session.put("url", world.baseUrl() + "/portal/" + Docs.textOf(session, "id"));
        world.store().insert(session);
        world.events().emit("billing_portal.session.created", session);
        return session;
    }

    private ObjectNode flow(Params given, String customer) {
        String type = given.requireText("type");
        ObjectNode flow = Docs.object();
        ObjectNode after = flow.putObject("after_completion");
        after.putNull("hosted_confirmation");
        after.putNull("redirect");
        Params afterGiven = given.group("after_completion");
        after.put("type", afterGiven.text("type", "portal_homepage"));
        afterGiven.copyTo(after, "hosted_confirmation", "redirect");
        for (String name : FLOWS) {
            if (name.equals(type) && !given.hasValue(name)) {
                throw ApiError.missing(given.name(name));
            }
            flow.set(name, name.equals(type) ? detail(given.group(name), name, customer) : null);
        }
        flow.put("type", type);
        return flow;
    }

    private ObjectNode detail(Params given, String name, String customer) {
        String id = given.requireText("subscription");
        ObjectNode subscription = world.finder().inParam("subscription", id, given.name("subscription"));
        if (!customer.equals(Docs.text(subscription, "customer"))) {
            throw ApiError.noSuch("subscription", id, given.name("subscription"), false);
        }
        ObjectNode detail = given.tree().deepCopy();
        if ("subscription_cancel".equals(name)) {
            completeRetention(given, detail);
        }
        if ("subscription_update_confirm".equals(name)) {
            Docs.objects(detail, "items").forEach(item -> complete(item, "price"));
            completeDiscounts(detail);
        }
        return detail;
    }

    private void completeRetention(Params given, ObjectNode detail) {
        if (!detail.has("retention")) {
            detail.putNull("retention");
            return;
        }
        Params offer = given.group("retention").group("coupon_offer");
        world.finder().inParam("coupon", offer.requireText("coupon"), offer.name("coupon"));
    }

    private static void completeDiscounts(ObjectNode detail) {
        if (!detail.has("discounts")) {
            detail.putNull("discounts");
            return;
        }
        for (ObjectNode discount : Docs.objects(detail, "discounts")) {
            complete(discount, "coupon");
            complete(discount, "promotion_code");
        }
    }

    private static void complete(ObjectNode given, String field) {
        if (!given.has(field)) {
            given.putNull(field);
        }
    }
}
