package dev.billhook.simulator.resource.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.Pager;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.payment.PaymentMethods;
import dev.billhook.simulator.engine.payment.PaymentOutcome;
import dev.billhook.simulator.engine.payment.Setups;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/setup_intents}. */
final class SetupIntentResource {
    private static final String TYPE = "setup_intent";
    private static final ParamSchema CREATE = ParamSchema.of("""
        customer payment_method confirm:bool usage:off_session|on_session metadata:map description
        automatic_payment_methods:{enabled!:bool allow_redirects:always|never} payment_method_types:[str]
        payment_method_options:any payment_method_data:any return_url mandate_data?:any use_stripe_sdk:bool\
        """);
    private static final ParamSchema CONFIRM = ParamSchema.of("""
        payment_method payment_method_data:any payment_method_options:any return_url mandate_data?:any
        use_stripe_sdk:bool\
        """);
    private static final ParamSchema UPDATE =
            ParamSchema.of("customer payment_method metadata?:map description payment_method_types:[str]");
    private static final ParamSchema CANCEL = ParamSchema.of("cancellation_reason");
    private static final ParamSchema LIST = ParamSchema.ofList("created:range customer payment_method");

    private final ApiKit kit;
    private final Setups setups;
    private final PaymentMethods methods;

    SetupIntentResource(ApiKit kit, Setups setups, PaymentMethods methods) {
        this.kit = kit;
        this.setups = setups;
        this.methods = methods;
        kit.router()
                .post("/v1/setup_intents", CREATE, this::create)
                .post("/v1/setup_intents/{id}", UPDATE, this::update)
                .post("/v1/setup_intents/{id}/confirm", CONFIRM, this::confirm)
                .post("/v1/setup_intents/{id}/cancel", CANCEL, this::cancel)
                .get("/v1/setup_intents", LIST, this::list);
        kit.retrieve("/v1/setup_intents/{id}", TYPE);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        String customer = params.text("customer");
        if (customer != null) {
            kit.world().finder().inParam("customer", customer, "customer");
        }
        ObjectNode intent = setups.create(customer);
        params.copyTo(intent, "usage", "description", "automatic_payment_methods", "payment_method_types");
        params.mergeMetadata(intent);
        setMethod(intent, params);
        setups.created(intent);
        return params.flag("confirm") ? confirm(intent) : kit.show(intent);
    }

    private ObjectNode update(Call call) {
        ObjectNode intent = kit.world().finder().editInUrl(TYPE, call.id());
        call.params().copyTo(intent, "customer", "description", "payment_method_types");
        call.params().mergeMetadata(intent);
        setMethod(intent, call.params());
        return kit.show(intent);
    }

    private ObjectNode confirm(Call call) {
        ObjectNode intent = kit.world().finder().editInUrl(TYPE, call.id());
        setMethod(intent, call.params());
        return confirm(intent);
    }

    private ObjectNode confirm(ObjectNode intent) {
        refuseDone(intent);
        String method = Docs.text(intent, "payment_method");
        if (method == null) {
            throw ApiError.missing("payment_method");
        }
        PaymentOutcome outcome = setups.confirm(Docs.textOf(intent, "id"), method);
        if (outcome.error() != null) {
            throw outcome.error().with(TYPE, kit.show(outcome.intent()));
        }
        return kit.show(outcome.intent());
    }

    private ObjectNode cancel(Call call) {
        kit.world().finder().inUrl(TYPE, call.id());
        return kit.show(setups.cancel(call.id(), call.params().text("cancellation_reason")));
    }

    private ObjectNode list(Call call) {
        return kit.pager()
                .page(
                        call,
                        TYPE,
                        Pager.lookup(call.params(), "customer"),
                        Pager.range(call.params(), "created").and(Pager.equal(call.params(), "payment_method")));
    }

    private void setMethod(ObjectNode intent, Params params) {
        String method = params.text("payment_method");
        if (method != null) {
            refuseDone(intent);
            intent.put("payment_method", Docs.textOf(methods.resolve(method, "payment_method"), "id"));
            intent.put("status", "requires_confirmation");
        }
    }

    private static void refuseDone(ObjectNode intent) {
        String status = Docs.textOf(intent, "status");
        if ("succeeded".equals(status) || "canceled".equals(status)) {
            throw ApiError.invalid(
                    "setup_intent_unexpected_state",
                    null,
                    "A set-up that is " + status + " cannot be confirmed or get another payment method.");
        }
    }
}
