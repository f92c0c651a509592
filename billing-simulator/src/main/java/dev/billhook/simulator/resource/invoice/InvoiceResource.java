package dev.billhook.simulator.resource.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.invoice.InvoiceEngine;
import dev.billhook.simulator.engine.invoice.Invoices;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.resource.ApiKit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code /v1/invoices} and {@code /v1/invoice_payments}. */
final class InvoiceResource {
    private static final String TYPE = "invoice";
    private static final String COMMON = """
        account_tax_ids?:[str] application_fee_amount:int auto_advance:bool automatic_tax:{enabled!:bool liability:{type!:account|self account}}
        automatically_finalizes_at:int collection_method:charge_automatically|send_invoice
        custom_fields?:[{name! value!}] days_until_due:int default_payment_method? default_source?
        default_tax_rates?:[str] description? discounts?:[{coupon discount promotion_code}] due_date:int
        effective_at?:int footer? issuer:any metadata?:map number? on_behalf_of?
        payment_settings:{default_mandate? payment_method_options:any payment_method_types?:[str]} rendering:any
        shipping_cost?:any shipping_details?:{address!:{city country line1 line2 postal_code state} name! phone?}
        statement_descriptor transfer_data?:any
        """;
    private static final ParamSchema CREATE = ParamSchema.of(COMMON + """
        currency customer customer_account from_invoice:{action!:revision invoice!}
        pending_invoice_items_behavior:exclude|include subscription\
        """);
    private static final ParamSchema UPDATE = ParamSchema.of(COMMON);
    private static final ParamSchema FINALIZE = ParamSchema.of("auto_advance:bool");
    private static final ParamSchema PAY =
            ParamSchema.of("payment_method off_session:bool paid_out_of_band:bool forgive:bool mandate?:any source");
    private static final ParamSchema ATTACH = ParamSchema.of("payment_intent payment_record");
    private static final ParamSchema LIST = ParamSchema.ofList("""
        collection_method:charge_automatically|send_invoice created:range customer due_date:range subscription
        status:draft|open|paid|uncollectible|void\
        """);
    private static final ParamSchema PAYMENTS = ParamSchema.ofList(
            "created:range invoice payment:{type!:payment_intent payment_intent} status:open|paid|canceled");
    private final ApiKit kit;
    private final InvoiceEngine invoicing;

    InvoiceResource(ApiKit kit, InvoiceEngine invoicing) {
        this.kit = kit;
        this.invoicing = invoicing;
        Invoices invoices = invoicing.invoices();
        kit.router()
                .post(
                        "/v1/invoices",
                        CREATE,
                        call -> kit.show(invoicing.drafts().create(call.params())))
                .post(
                        "/v1/invoices/{id}",
                        UPDATE,
                        call -> kit.show(invoicing.drafts().update(call.id(), call.params())))
                .post("/v1/invoices/{id}/send", ApiKit.NOTHING, this::send)
                .delete("/v1/invoices/{id}", ApiKit.NOTHING, call -> invoices.delete(call.id()))
                .post("/v1/invoices/{id}/finalize", FINALIZE, this::finalizeNow)
                .post("/v1/invoices/{id}/pay", PAY, this::pay)
                .post("/v1/invoices/{id}/attach_payment", ATTACH, this::attach)
                .post("/v1/invoices/{id}/void", ApiKit.NOTHING, call -> kit.show(invoices.voidInvoice(existing(call))))
                .post(
                        "/v1/invoices/{id}/mark_uncollectible",
                        ApiKit.NOTHING,
                        call -> kit.show(invoices.markUncollectible(existing(call))))
                .get("/v1/invoices", LIST, this::list)
                .get("/v1/invoice_payments", PAYMENTS, this::payments);
        kit.retrieve("/v1/invoices/{id}", TYPE);
        kit.retrieve("/v1/invoice_payments/{id}", "invoice_payment");
        kit.search("/v1/invoices/search", TYPE);
        kit.expander().onDemand(TYPE, "payments", this::shownPayments);
        kit.expander().onDemand(TYPE, "confirmation_secret", this::confirmationSecret);
    }

    private String existing(Call call) {
        kit.world().finder().inUrl(TYPE, call.id());
        return call.id();
    }

    private ObjectNode finalizeNow(Call call) {
        Boolean advances = call.params().has("auto_advance") ? call.params().flag("auto_advance") : null;
        return kit.show(invoicing.settlement().finalizeNow(existing(call), advances));
    }

    private ObjectNode send(Call call) {
        return kit.show(invoicing.settlement().send(existing(call)));
    }

    private ObjectNode pay(Call call) {
        String method = call.params().text("payment_method");
        if (method != null) {
            kit.world().finder().inParam("payment_method", method, "payment_method");
        }
        return kit.show(
                invoicing.collection().pay(existing(call), method, call.params().flag("paid_out_of_band")));
    }

    private ObjectNode attach(Call call) {
        String intent = call.params().requireText("payment_intent");
        kit.world().finder().inParam("payment_intent", intent, "payment_intent");
        return kit.show(invoicing.attachments().attach(existing(call), intent));
    }

    private ObjectNode list(Call call) {
        Lookup bySubscription = Pager.lookup(call.params(), "subscription");
        Predicate<ObjectNode> filter = Pager.equal(call.params(), "status")
                .and(Pager.equal(call.params(), "customer"))
                .and(Pager.equal(call.params(), "collection_method"))
                .and(Pager.range(call.params(), "created"))
                .and(Pager.range(call.params(), "due_date"));
        return kit.pager()
                .page(
                        call,
                        TYPE,
                        bySubscription == null ? Pager.lookup(call.params(), "customer") : bySubscription,
                        filter);
    }

    private ObjectNode payments(Call call) {
        String intent = call.params().group("payment").text("payment_intent");
        Lookup lookup = intent == null ? Pager.lookup(call.params(), "invoice") : new Lookup("payment_intent", intent);
        return kit.pager()
                .page(
                        call,
                        "invoice_payment",
                        lookup,
                        Pager.equal(call.params(), "status")
                                .and(Pager.equal(call.params(), "invoice"))
                                .and(Pager.range(call.params(), "created")));
    }

    private ObjectNode shownPayments(ObjectNode invoice) {
        String id = Docs.textOf(invoice, "id");
        return Docs.list(
                "/v1/invoice_payments?invoice=" + id,
                invoicing.collection().paymentsOf(id).stream().map(kit::show).toList());
    }

    private JsonNode confirmationSecret(ObjectNode invoice) {
        ObjectNode intent = intent(invoice);
        if (intent == null) {
            return NullNode.getInstance();
        }
        ObjectNode secret = Docs.object();
        secret.put("client_secret", Docs.textOf(intent, "client_secret"));
        secret.put("type", "payment_intent");
        return secret;
    }

    private @Nullable ObjectNode intent(ObjectNode invoice) {
        return invoicing.collection().intentOf(invoice);
    }
}
