package dev.billhook.simulator.resource.tax;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.tax.TaxIds;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.resource.ApiKit;
import org.jspecify.annotations.Nullable;

/** {@code /v1/tax_ids} and {@code /v1/customers/{id}/tax_ids}. */
final class TaxIdResource {
    private static final String TYPE = "tax_id";
    private static final String OWNER =
            " owner:{type!:account|application|customer|self account customer customer_account}";
    private static final ParamSchema CREATE = ParamSchema.of("type! value!");
    private static final ParamSchema CREATE_OWNED = ParamSchema.of("type! value!" + OWNER);
    private static final ParamSchema LIST = ParamSchema.ofList("");
    private static final ParamSchema LIST_OWNED = ParamSchema.ofList(OWNER);

    private final ApiKit kit;
    private final TaxIds ids;

    TaxIdResource(ApiKit kit, TaxIds ids) {
        this.kit = kit;
        this.ids = ids;
        String ofCustomer = "/v1/customers/{customer}/tax_ids";
        kit.router()
                .post(ofCustomer, CREATE, call -> kit.show(ids.create(customer(call), call.params())))
                .get(ofCustomer, LIST, call -> list(call, customer(call)))
                .get(ofCustomer + "/{id}", ApiKit.NOTHING, call -> kit.show(ids.get(call.id(), customer(call))))
                .delete(ofCustomer + "/{id}", ApiKit.NOTHING, call -> ids.delete(call.id(), customer(call)))
                .post("/v1/tax_ids", CREATE_OWNED, call -> kit.show(ids.create(owner(call), call.params())))
                .get("/v1/tax_ids", LIST_OWNED, call -> list(call, owner(call)))
                .delete("/v1/tax_ids/{id}", ApiKit.NOTHING, call -> ids.delete(call.id(), null));
        kit.retrieve("/v1/tax_ids/{id}", TYPE);
        kit.expander().onDemand("customer", "tax_ids", this::ofCustomer);
    }

    private ObjectNode list(Call call, @Nullable String customer) {
        return customer == null
                ? kit.pager().page(call, TYPE, taxId -> taxId.path("customer").isNull())
                : kit.pager().page(call, TYPE, new Lookup("customer", customer), taxId -> true);
    }

    private ObjectNode ofCustomer(ObjectNode customer) {
        String id = Docs.textOf(customer, "id");
        return Docs.list(
                "/v1/customers/" + id + "/tax_ids",
                ids.of(id).stream().map(kit::show).toList());
    }

    private String customer(Call call) {
        return Docs.textOf(kit.world().finder().inUrl("customer", call.variable("customer")), "id");
    }

    /** The customer that is to own a tax id; null for the account. */
    private @Nullable String owner(Call call) {
        Params owner = call.params().group("owner");
        return switch (owner.text("type", "self")) {
            case "self" -> null;
            case "customer" ->
                Docs.textOf(
                        kit.world().finder().inParam("customer", owner.requireText("customer"), owner.name("customer")),
                        "id");
            default ->
                throw ApiError.invalid(
                        null,
                        owner.name("type"),
                        "The simulator has one account; a tax ID is its own or a customer's.");
        };
    }
}
