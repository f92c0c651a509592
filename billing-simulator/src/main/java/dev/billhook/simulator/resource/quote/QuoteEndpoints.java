package dev.billhook.simulator.resource.quote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.quote.Quotes;
import dev.billhook.simulator.http.WireResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** {@code /v1/quotes}. */
public final class QuoteEndpoints {
    private static final String QUOTES = "/v1/quotes";
    private static final String QUOTE = QUOTES + "/{id}";
    private static final String DISCOUNTS = "discounts?:[{coupon discount promotion_code}] ";
    private static final String COMMON = """
        application_fee_amount?:int application_fee_percent?:dec automatic_tax:{enabled!:bool liability:any}
        collection_method:charge_automatically|send_invoice customer default_tax_rates?:[str] description?
        expires_at:int footer? header? metadata?:map on_behalf_of? transfer_data?:any
        invoice_settings:{custom_fields?:[{name! value!}] days_until_due:int description? footer? issuer:any}
        """ + DISCOUNTS;
    private static final String LINE = """
        price quantity:int tax_rates?:[str]
        price_data:{currency! product! recurring:{interval!:day|week|month|year interval_count:int}
          tax_behavior:inclusive|exclusive|unspecified unit_amount:int unit_amount_decimal:dec}
        """ + DISCOUNTS;
    private static final String DATA = """
        description? effective_date?:int|current_period_end metadata:map trial_period_days?:int
        """;
    private static final ParamSchema CREATE = ParamSchema.of(COMMON + "line_items:[{" + LINE + "}] subscription_data:{"
            + DATA + "billing_mode:{type!:classic|flexible flexible:{proration_discounts:included|itemized}}}"
            + " from_quote:{quote! is_revision:bool} test_clock");
    private static final ParamSchema UPDATE =
            ParamSchema.of(COMMON + "line_items:[{id " + LINE + "}] subscription_data:{" + DATA + "}");
    private static final ParamSchema FINALIZE = ParamSchema.of("expires_at:int");
    private static final ParamSchema LIST =
            ParamSchema.ofList("customer status:accepted|canceled|draft|open test_clock");
    private static final ParamSchema PAGE = ParamSchema.ofList("");

    private final ApiKit kit;
    private final Function<ObjectNode, byte[]> printer;

    private QuoteEndpoints(ApiKit kit, Function<ObjectNode, byte[]> printer) {
        this.kit = kit;
        this.printer = printer;
    }

    /**
     * Adds them to the router.
     *
     * @param printer makes the PDF of a quote
     */
    public static void add(ApiKit kit, Quotes quotes, Function<ObjectNode, byte[]> printer) {
        QuoteEndpoints endpoints = new QuoteEndpoints(kit, printer);
        kit.router()
                .post(QUOTES, CREATE, call -> kit.show(quotes.create(call.params())))
                .post(QUOTE, UPDATE, call -> kit.show(quotes.update(call.id(), call.params())))
                .post(QUOTE + "/finalize", FINALIZE, call -> kit.show(quotes.finish(call.id(), call.params())))
                .post(QUOTE + "/accept", ApiKit.NOTHING, call -> kit.show(quotes.accept(call.id())))
                .post(QUOTE + "/cancel", ApiKit.NOTHING, call -> kit.show(quotes.cancel(call.id())))
                .get(QUOTES, LIST, endpoints::list)
                .get(QUOTE + "/line_items", PAGE, call -> Pager.pageOf(call, quotes.lines(call.id())))
                .get(
                        QUOTE + "/computed_upfront_line_items",
                        PAGE,
                        call -> Pager.pageOf(call, quotes.upfrontLines(call.id())))
                .download(QUOTE + "/pdf", ApiKit.NOTHING, endpoints::pdf);
        kit.retrieve(QUOTE, Quotes.TYPE);
        kit.expander().onDemand(Quotes.TYPE, "line_items", quote -> {
            String id = Docs.textOf(quote, "id");
            return Docs.list(QUOTES + "/" + id + "/line_items", quotes.lines(id));
        });
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> filter =
                Pager.equal(call.params(), "status").and(Pager.equal(call.params(), "test_clock"));
        return kit.pager().page(call, Quotes.TYPE, Pager.lookup(call.params(), "customer"), filter);
    }

    private WireResponse pdf(Call call) {
        ObjectNode quote = kit.world().finder().inUrl(Quotes.TYPE, call.id());
        if (quote.path("number").isNull()) {
            throw ApiError.invalid(null, null, "Only a quote that has been finalized has a PDF.");
        }
        Map<String, String> headers = Map.of(
                "Content-Type",
                "application/pdf",
                "Content-Disposition",
                "attachment; filename=\"" + Docs.textOf(quote, "number") + ".pdf\"");
        return new WireResponse(200, headers, printer.apply(quote));
    }
}
