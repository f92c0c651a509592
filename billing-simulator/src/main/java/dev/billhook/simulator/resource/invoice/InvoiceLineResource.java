package dev.billhook.simulator.resource.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.invoice.InvoiceEditing;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/invoices/{id}/lines} and what changes them. */
final class InvoiceLineResource {
    private static final String LINE = """
        amount:int description discountable:bool discounts?:[{coupon discount promotion_code}] metadata?:map
        period:{start!:int end!:int} pricing:{price} quantity:int quantity_decimal:dec
        price_data:{currency! product product_data:{name! description images:[str] metadata:map tax_code unit_label}
          tax_behavior:exclusive|inclusive|unspecified unit_amount:int unit_amount_decimal:dec}
        tax_amounts?:any tax_rates?:[str]
        """;
    private static final String METADATA = " invoice_metadata?:map";
    private static final ParamSchema ADD = ParamSchema.of("lines!:[{invoice_item " + LINE + "}]" + METADATA);
    private static final ParamSchema UPDATE_ALL = ParamSchema.of("lines!:[{id! " + LINE + "}]" + METADATA);
    private static final ParamSchema REMOVE = ParamSchema.of("lines!:[{id! behavior!:delete|unassign}]" + METADATA);
    private static final ParamSchema UPDATE = ParamSchema.of(LINE);
    private static final ParamSchema LIST = ParamSchema.ofList("");

    private final ApiKit kit;

    InvoiceLineResource(ApiKit kit, InvoiceEditing editing) {
        this.kit = kit;
        kit.router()
                .post("/v1/invoices/{id}/add_lines", ADD, call -> kit.show(editing.addLines(call.id(), call.params())))
                .post(
                        "/v1/invoices/{id}/update_lines",
                        UPDATE_ALL,
                        call -> kit.show(editing.updateLines(call.id(), call.params())))
                .post(
                        "/v1/invoices/{id}/remove_lines",
                        REMOVE,
                        call -> kit.show(editing.removeLines(call.id(), call.params())))
                .post(
                        "/v1/invoices/{id}/lines/{line}",
                        UPDATE,
                        call -> kit.show(editing.updateLine(call.id(), call.variable("line"), call.params())))
                .get("/v1/invoices/{id}/lines", LIST, this::list);
    }

    private ObjectNode list(Call call) {
        ObjectNode invoice = kit.world().finder().inUrl("invoice", call.id());
        return Pager.pageOf(
                call, Docs.objects(invoice, "lines").stream().map(kit::show).toList());
    }
}
