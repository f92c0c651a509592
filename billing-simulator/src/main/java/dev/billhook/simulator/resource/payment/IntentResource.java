package dev.billhook.simulator.resource.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.Pager;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.engine.payment.PaymentMethods;
import dev.billhook.simulator.engine.payment.PaymentOutcome;
import dev.billhook.simulator.engine.payment.PaymentOutcome.Kind;
import dev.billhook.simulator.engine.payment.Payments;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/payment_intents}. */
final class IntentResource {
    private static final String COMMON = """
        application_fee_amount:int description? metadata?:map payment_method payment_method_data:any
        payment_method_options:any payment_method_types:[str] receipt_email? setup_future_usage?:off_session|on_session
        shipping?:any statement_descriptor statement_descriptor_suffix transfer_data:any transfer_group
        """;
    private static final ParamSchema CREATE = ParamSchema.of(COMMON + """
        amount!:int currency! automatic_payment_methods:{enabled!:bool allow_redirects:always|never}
        capture_method:automatic|automatic_async|manual confirm:bool confirmation_method:automatic|manual customer
        error_on_requires_action:bool mandate:any mandate_data?:any off_session:any on_behalf_of return_url
        radar_options:any use_stripe_sdk:bool\
        """);
    private static final ParamSchema UPDATE = ParamSchema.of(COMMON + "amount:int currency customer");
    private static final ParamSchema CONFIRM = ParamSchema.of("""
        payment_method payment_method_data:any payment_method_options:any payment_method_types:[str] return_url
        off_session:any error_on_requires_action:bool mandate:any mandate_data?:any receipt_email?
        setup_future_usage?:off_session|on_session shipping?:any use_stripe_sdk:bool radar_options:any\
        """);
    private static final ParamSchema CANCEL = ParamSchema.of("cancellation_reason");
    private static final ParamSchema LIST = ParamSchema.ofList("created:range customer");
    private static final String TYPE = "payment_intent";
    private static final String[] FIELDS = {
        "description",
        "receipt_email",
        "setup_future_usage",
        "shipping",
        "statement_descriptor",
        "statement_descriptor_suffix",
        "transfer_group",
        "payment_method_types"
    };

    private final ApiKit kit;
    private final Payments payments;
    private final PaymentMethods methods;

    IntentResource(ApiKit kit, Payments payments, PaymentMethods methods) {
        this.kit = kit;
        this.payments = payments;
        this.methods = methods;
        kit.router()
                .post("/v1/payment_intents", CREATE, this::create)
                .post("/v1/payment_intents/{id}", UPDATE, this::update)
                .post("/v1/payment_intents/{id}/confirm", CONFIRM, this::confirm)
                .post("/v1/payment_intents/{id}/cancel", CANCEL, this::cancel)
                .get("/v1/payment_intents", LIST, this::list);
        kit.retrieve("/v1/payment_intents/{id}", TYPE);
        kit.search("/v1/payment_intents/search", TYPE);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        long amount = params.number("amount", 0);
        if (amount < 1) {
            throw ApiError.invalid(
                    "parameter_invalid_integer", "amount", "This value must be greater than or equal to 1.");
        }
        if ("manual".equals(params.text("capture_method"))) {
            throw ApiError.invalid(null, "capture_method", "The simulator does not model manual capture.");
        }
        String customer = params.text("customer");
        if (customer != null) {
            kit.world().finder().inParam("customer", customer, "customer");
        }
        ObjectNode intent =
                payments.create(amount, Prices.currency(params.requireText("currency"), "currency"), customer);
        params.copyTo(intent, FIELDS);
        params.copyTo(intent, "automatic_payment_methods", "capture_method", "confirmation_method");
        params.mergeMetadata(intent);
        setMethod(intent, params);
        payments.created(intent);
        return params.flag("confirm") ? confirm(intent, params) : kit.show(intent);
    }

    private ObjectNode update(Call call) {
        ObjectNode intent = kit.world().finder().editInUrl(TYPE, call.id());
        call.params().copyTo(intent, FIELDS);
        call.params().copyTo(intent, "amount", "customer");
        call.params().mergeMetadata(intent);
        setMethod(intent, call.params());
        return kit.show(intent);
    }

    private ObjectNode confirm(Call call) {
        ObjectNode intent = kit.world().finder().editInUrl(TYPE, call.id());
        call.params().copyTo(intent, "receipt_email", "setup_future_usage", "shipping");
        setMethod(intent, call.params());
        return confirm(intent, call.params());
    }

    private ObjectNode confirm(ObjectNode intent, Params params) {
        refuseDone(intent);
        String method = Docs.text(intent, "payment_method");
        if (method == null) {
            throw ApiError.invalid(
                    "payment_intent_unexpected_state",
                    "payment_method",
                    "The payment has no payment method to confirm with.");
        }
        PaymentOutcome outcome = payments.confirm(Docs.textOf(intent, "id"), method);
        if (outcome.error() != null) {
            throw outcome.error().with(TYPE, kit.show(outcome.intent()));
        }
        boolean absent = params.flag("error_on_requires_action")
                || "true".equals(params.tree().path("off_session").asText());
        if (outcome.kind() == Kind.ACTION_REQUIRED && absent) {
            throw ApiError.card(
                            "authentication_required",
                            "authentication_required",
                            "Your card needs to be authenticated.")
                    .with(TYPE, kit.show(outcome.intent()));
        }
        if (outcome.succeeded()) {
            keepMethod(outcome.intent());
            payments.confirmedByItself(outcome.intent());
        }
        return kit.show(outcome.intent());
    }

    private void keepMethod(ObjectNode intent) {
        String customer = Docs.text(intent, "customer");
        if (customer != null && Docs.text(intent, "setup_future_usage") != null) {
            methods.attach(Docs.textOf(intent, "payment_method"), customer);
        }
    }

    private ObjectNode cancel(Call call) {
        kit.world().finder().inUrl(TYPE, call.id());
        return kit.show(payments.cancel(call.id(), call.params().text("cancellation_reason")));
    }

    private ObjectNode list(Call call) {
        return kit.pager()
                .page(call, TYPE, Pager.lookup(call.params(), "customer"), Pager.range(call.params(), "created"));
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
                    "payment_intent_unexpected_state",
                    null,
                    "A payment that is " + status + " cannot be confirmed or get another payment method.");
        }
    }
}
