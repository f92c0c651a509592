package dev.billhook.simulator.resource.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.invoice.InvoiceEditing;
import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.resource.ApiKit;
import java.util.function.Predicate;

/** {@code /v1/invoiceitems}. */
final class InvoiceItemResource {
    private static final String TYPE = "invoiceitem";
    private static final String COMMON = """
        amount:int description discountable:bool discounts?:[{coupon discount promotion_code}] metadata?:map
        period:{start!:int end!:int} pricing:{price} quantity:int quantity_decimal:dec
        price_data:{currency! product! tax_behavior:exclusive|inclusive|unspecified unit_amount:int
          unit_amount_decimal:dec}
        tax_behavior:exclusive|inclusive|unspecified tax_code? tax_rates?:[str] unit_amount_decimal:dec
        """;
    private static final ParamSchema CREATE =
            ParamSchema.of(COMMON + "currency customer customer_account invoice subscription");
    private static final ParamSchema UPDATE = ParamSchema.of(COMMON);
    private static final ParamSchema LIST =
            ParamSchema.ofList("created:range customer customer_account invoice pending:bool");

    private final ApiKit kit;

    InvoiceItemResource(ApiKit kit, InvoiceEditing editing) {
        this.kit = kit;
        kit.router()
                .post("/v1/invoiceitems", CREATE, call -> kit.show(editing.createItem(call.params())))
                .post("/v1/invoiceitems/{id}", UPDATE, call -> kit.show(editing.updateItem(call.id(), call.params())))
                .delete("/v1/invoiceitems/{id}", ApiKit.NOTHING, call -> editing.deleteItem(call.id()))
                .get("/v1/invoiceitems", LIST, this::list);
        kit.retrieve("/v1/invoiceitems/{id}", TYPE);
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> pending = call.params().has("pending")
                ? item -> item.path("invoice").isNull() == call.params().flag("pending")
                : item -> true;
        Predicate<ObjectNode> filter =
                pending.and(Pager.equal(call.params(), "customer")).and(Pager.range(call.params(), "created", "date"));
        Lookup lookup = Pager.lookup(call.params(), "invoice");
        return kit.pager().page(call, TYPE, lookup == null ? Pager.lookup(call.params(), "customer") : lookup, filter);
    }
}
