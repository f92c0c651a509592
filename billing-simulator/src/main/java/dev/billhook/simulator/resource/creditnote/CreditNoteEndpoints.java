package dev.billhook.simulator.resource.creditnote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.creditnote.CreditNotes;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/credit_notes}. */
public final class CreditNoteEndpoints {
    private static final String ALL = "/v1/credit_notes";
    private static final String ONE = ALL + "/{id}";
    private static final String CREDIT = """
        invoice! amount:int credit_amount:int effective_at:int email_type:credit_note|none memo metadata:map
        out_of_band_amount:int reason:duplicate|fraudulent|order_change|product_unsatisfactory refund_amount:int
        lines:[{type!:custom_line_item|invoice_line_item amount:int description invoice_line_item metadata:map
          quantity:int tax_amounts?:[{amount!:int tax_rate! taxable_amount!:int}] tax_rates?:[str] unit_amount:int
          unit_amount_decimal:dec}]
        refunds:[{refund amount_refunded:int payment_record_refund:any type:payment_record_refund|refund}]
        """;
    private static final ParamSchema CREATE = ParamSchema.of(CREDIT);
    private static final ParamSchema PREVIEW_LINES = ParamSchema.ofList(CREDIT);
    private static final ParamSchema UPDATE = ParamSchema.of("memo metadata:map");
    private static final ParamSchema LIST = ParamSchema.ofList("created:range customer customer_account invoice");

    private final ApiKit kit;

    private CreditNoteEndpoints(ApiKit kit) {
        this.kit = kit;
    }

    /** Adds them to the router. */
    public static void add(ApiKit kit, CreditNotes notes) {
        CreditNoteEndpoints endpoints = new CreditNoteEndpoints(kit);
        kit.router()
                .post(ALL, CREATE, call -> kit.show(notes.create(call.params())))
                .get(ALL + "/preview", CREATE, call -> kit.show(notes.preview(call.params())))
                .get(ALL + "/preview/lines", PREVIEW_LINES, call -> endpoints.lines(call, notes.preview(call.params())))
                .post(ONE, UPDATE, call -> kit.show(notes.update(call.id(), call.params())))
                .post(ONE + "/void", ApiKit.NOTHING, call -> kit.show(notes.voidNote(call.id())))
                .get(ONE + "/lines", ParamSchema.ofList(""), endpoints::lines)
                .get(ALL, LIST, endpoints::list);
        kit.retrieve(ONE, CreditNotes.TYPE);
    }

    private ObjectNode lines(Call call) {
        return lines(call, kit.world().finder().inUrl(CreditNotes.TYPE, call.id()));
    }

    private ObjectNode lines(Call call, ObjectNode note) {
        return Pager.pageOf(
                call, Docs.objects(note, "lines").stream().map(kit::show).toList());
    }

    private ObjectNode list(Call call) {
        Lookup ofInvoice = Pager.lookup(call.params(), "invoice");
        return kit.pager()
                .page(
                        call,
                        CreditNotes.TYPE,
                        ofInvoice == null ? Pager.lookup(call.params(), "customer") : ofInvoice,
                        Pager.range(call.params(), "created").and(Pager.equal(call.params(), "customer")));
    }
}
