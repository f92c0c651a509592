package dev.billhook.simulator.resource.entitlement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.entitlement.Entitlements;
import dev.billhook.simulator.engine.entitlement.Features;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/entitlements} and {@code /v1/products/:id/features}. */
public final class EntitlementEndpoints {
    private static final String FEATURES = "/v1/entitlements/features";
    private static final String FEATURE = FEATURES + "/{id}";
    private static final String ACTIVE = "/v1/entitlements/active_entitlements";
    private static final String OF_PRODUCT = "/v1/products/{product}/features";
    private static final ParamSchema CREATE = ParamSchema.of("lookup_key! name! metadata:map");
    private static final ParamSchema UPDATE = ParamSchema.of("active:bool metadata?:map name");
    private static final ParamSchema LIST = ParamSchema.ofList("archived:bool lookup_key");
    private static final ParamSchema LIST_ACTIVE = ParamSchema.ofList("customer!");
    private static final ParamSchema ATTACH = ParamSchema.of("entitlement_feature!");
    private static final ParamSchema PAGE = ParamSchema.ofList("");

    private final ApiKit kit;

    private EntitlementEndpoints(ApiKit kit) {
        this.kit = kit;
    }

    /** Adds them to the router. */
    public static void add(ApiKit kit, Features features) {
        EntitlementEndpoints endpoints = new EntitlementEndpoints(kit);
        kit.router()
                .post(FEATURES, CREATE, call -> kit.show(features.create(call.params())))
                .post(FEATURE, UPDATE, call -> kit.show(features.update(call.id(), call.params())))
                .get(FEATURES, LIST, endpoints::features)
                .post(OF_PRODUCT, ATTACH, call -> kit.show(features.attach(call.variable("product"), call.params())))
                .get(OF_PRODUCT, PAGE, endpoints::ofProduct)
                .get(
                        OF_PRODUCT + "/{id}",
                        ApiKit.NOTHING,
                        call -> kit.show(features.attached(call.variable("product"), call.id())))
                .delete(
                        OF_PRODUCT + "/{id}",
                        ApiKit.NOTHING,
                        call -> features.detach(call.variable("product"), call.id()))
                .get(ACTIVE, LIST_ACTIVE, endpoints::active);
        kit.retrieve(FEATURE, Features.TYPE);
        kit.retrieve(ACTIVE + "/{id}", Entitlements.TYPE);
    }

    private ObjectNode features(Call call) {
        boolean active = !call.params().flag("archived");
        return kit.pager()
                .page(
                        call,
                        Features.TYPE,
                        Pager.lookup(call.params(), "lookup_key"),
                        feature -> Docs.flag(feature, "active") == active);
    }

    private ObjectNode ofProduct(Call call) {
        String product = call.variable("product");
        kit.world().finder().inUrl("product", product);
        return kit.pager().page(call, Features.OF_PRODUCT, new Lookup("product", product), attached -> true);
    }

    private ObjectNode active(Call call) {
        String customer = call.params().requireText("customer");
        kit.world().finder().inParam("customer", customer, "customer");
        return kit.pager().page(call, Entitlements.TYPE, new Lookup("customer", customer), entitlement -> true);
    }
}
