package dev.billhook.simulator.resource.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.engine.payment.PaymentOutcome;
import dev.billhook.simulator.engine.payment.PaymentOutcome.Kind;
import dev.billhook.simulator.engine.payment.Payments;
import dev.billhook.simulator.engine.payment.Shipping;
import dev.billhook.simulator.engine.payment.method.PaymentMethods;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/payment_intents}. */
final class IntentResource {
    private static final String ANY_TIME = """
        allowed_payment_method_types:any amount_details?:any capture_method:automatic|automatic_async|manual
        excluded_payment_method_types?:any hooks:any payment_details?:any payment_method payment_method_data:any
        payment_method_options:any payment_method_types:[str] receipt_email? setup_future_usage?:off_session|on_session
        shipping?:any
        """;
    private static final String COMMON = ANY_TIME + """
        application_fee_amount?:int customer customer_account description? metadata?:map payment_method_configuration
        statement_descriptor statement_descriptor_suffix transfer_data:any transfer_group
        """;
    private static final String TRYING = """
        confirmation_token error_on_requires_action:bool mandate:any mandate_data?:any off_session:any radar_options:any
        return_url use_stripe_sdk:bool
        """;
    private static final ParamSchema CREATE = ParamSchema.of(COMMON + TRYING + """
        amount!:int currency! automatic_payment_methods:{enabled!:bool allow_redirects:always|never} confirm:bool
        confirmation_method:automatic|manual on_behalf_of\
        """);
    private static final ParamSchema UPDATE = ParamSchema.of(COMMON + "amount:int currency");
    private static final ParamSchema CONFIRM = ParamSchema.of(ANY_TIME + TRYING + "amount_to_confirm:int");
    private static final ParamSchema CAPTURE = ParamSchema.of("""
        amount_to_capture:int final_capture:bool metadata?:map statement_descriptor statement_descriptor_suffix
        amount_details?:any application_fee_amount:int hooks:any payment_details?:any transfer_data:any\
        """);
    private static final ParamSchema CANCEL =
            ParamSchema.of("cancellation_reason:abandoned|duplicate|fraudulent|requested_by_customer");
    private static final ParamSchema LIST = ParamSchema.ofList("created:range customer customer_account");
    private static final String TYPE = "payment_intent";
    private static final long MAX_AMOUNT = 99_999_999;
    private static final String[] FIELDS = {
        "capture_method",
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
                .post("/v1/payment_intents/{id}/capture", CAPTURE, this::capture)
                .post("/v1/payment_intents/{id}/cancel", CANCEL, this::cancel)
                .get("/v1/payment_intents", LIST, this::list);
        kit.retrieve("/v1/payment_intents/{id}", TYPE);
        kit.search("/v1/payment_intents/search", TYPE);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        check(params);
        ObjectNode intent = payments.create(
                params.number("amount", 0),
                Prices.currency(params.requireText("currency"), "currency"),
                params.text("customer"));
        params.copyTo(intent, FIELDS);
        Shipping.complete(intent);
        params.copyTo(intent, "automatic_payment_methods", "confirmation_method");
        params.mergeMetadata(intent);
        setMethod(intent, params);
        payments.created(intent);
        return params.flag("confirm") ? confirm(intent, params) : kit.show(intent);
    }

    private ObjectNode update(Call call) {
        ObjectNode intent = kit.world().finder().editInUrl(TYPE, call.id());
        payments.requireOpen(intent, "changed");
        check(call.params());
        call.params().copyTo(intent, FIELDS);
        Shipping.complete(intent);
        call.params().copyTo(intent, "amount", "customer");
        if (call.params().hasValue("currency")) {
            intent.put("currency", Prices.currency(call.params().requireText("currency"), "currency"));
        }
        call.params().mergeMetadata(intent);
        setMethod(intent, call.params());
        return kit.show(intent);
    }

    private ObjectNode confirm(Call call) {
        ObjectNode intent = kit.world().finder().editInUrl(TYPE, call.id());
        payments.requireOpen(intent, "confirmed");
        Long amount = call.params().number("amount_to_confirm");
        if (amount != null && amount != Docs.numberOf(intent, "amount")) {
            throw ApiError.invalid(
                    null, "amount_to_confirm", "The amount to confirm is not the amount of the payment.");
        }
        call.params().copyTo(intent, "capture_method", "receipt_email", "setup_future_usage", "shipping");
        Shipping.complete(intent);
        setMethod(intent, call.params());
        return confirm(intent, call.params());
    }

    private ObjectNode capture(Call call) {
        ObjectNode intent = kit.world().finder().editInUrl(TYPE, call.id());
        call.params().copyTo(intent, "statement_descriptor", "statement_descriptor_suffix");
        call.params().mergeMetadata(intent);
        return kit.show(payments.capture(call.id(), call.params().number("amount_to_capture")));
    }

    private void check(Params params) {
        if (params.number("amount", 1) < 1) {
            throw ApiError.lessThan(1, "amount");
        }
        if (params.number("amount", 1) > MAX_AMOUNT) {
            throw ApiError.invalid("amount_too_large", "amount", "Amount must be no more than " + MAX_AMOUNT + ".");
        }
        String customer = params.text("customer");
        if (customer != null) {
            kit.world().finder().inParam("customer", customer, "customer");
        }
    }

    private ObjectNode confirm(ObjectNode intent, Params params) {
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
        if (outcome.kind() != Kind.ACTION_REQUIRED) {
            keepMethod(outcome.intent());
        }
        if (outcome.succeeded()) {
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
            intent.put("payment_method", Docs.textOf(methods.resolve(method, "payment_method"), "id"));
            intent.put("status", "requires_confirmation");
        }
    }
}
