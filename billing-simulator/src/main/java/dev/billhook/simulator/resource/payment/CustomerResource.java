package dev.billhook.simulator.resource.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.payment.Customers;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.resource.ApiKit;
import java.util.List;
import java.util.function.Predicate;

/** {@code /v1/customers}. */
final class CustomerResource {
    private static final String ADDRESS = "{city? country? line1? line2? postal_code? state?}";
    private static final String COMMON =
            """
                balance:int business_name? cash_balance:any description? email? individual_name? invoice_prefix
                invoice_settings:{custom_fields?:[{name! value!}] default_payment_method? footer? rendering_options?:any}
                metadata?:map name? next_invoice_sequence:int phone? preferred_locales:[str] source
                tax:{ip_address? validate_location:auto|deferred|immediately}
                tax_exempt?:none|exempt|reverse validate:bool
                """ + "address?:" + ADDRESS + " shipping?:{address!:" + ADDRESS + " name! phone?} ";
    private static final ParamSchema CREATE =
            ParamSchema.of(COMMON + "payment_method tax_id_data:[{type! value!}] test_clock");
    private static final ParamSchema UPDATE = ParamSchema.of(COMMON + "default_source");
    private static final ParamSchema LIST = ParamSchema.ofList("created:range email test_clock");

    private final ApiKit kit;

    CustomerResource(ApiKit kit, Customers customers) {
        this.kit = kit;
        kit.router()
                .post("/v1/customers", CREATE, call -> kit.show(customers.create(call.params())))
                .post("/v1/customers/{id}", UPDATE, call -> kit.show(customers.update(call.id(), call.params())))
                .delete("/v1/customers/{id}", ApiKit.NOTHING, call -> customers.delete(call.id()))
                .get("/v1/customers/{id}", ApiKit.NOTHING, this::retrieve)
                .get("/v1/customers", LIST, this::list);
        kit.search("/v1/customers/search", "customer");
        kit.expander().onDemand("customer", "subscriptions", this::subscriptions);
    }

    private ObjectNode retrieve(Call call) {
        ObjectNode deleted = kit.world().store().findDeleted("customer", call.id());
        return deleted == null ? kit.show(kit.world().finder().inUrl("customer", call.id())) : deleted.deepCopy();
    }

    private ObjectNode list(Call call) {
        Lookup lookup = Pager.lookup(call.params(), "email");
        Predicate<ObjectNode> onClock =
                call.params().hasValue("test_clock") ? Pager.equal(call.params(), "test_clock") : customer -> true;
        return kit.pager().page(call, "customer", lookup, onClock.and(Pager.range(call.params(), "created")));
    }

    private ObjectNode subscriptions(ObjectNode customer) {
        String id = Docs.textOf(customer, "id");
        List<ObjectNode> current = kit.world()
                .store()
                .newestFirst("subscription", "customer", id)
                .filter(subscription -> !"canceled".equals(Docs.text(subscription, "status")))
                .map(kit::show)
                .toList();
        return Docs.list("/v1/customers/" + id + "/subscriptions", current);
    }
}
