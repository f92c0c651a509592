package dev.billhook.simulator.resource.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.payment.PaymentOutcome;
import dev.billhook.simulator.engine.payment.Setups;
import dev.billhook.simulator.engine.payment.method.PaymentMethods;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/setup_intents}. */
final class SetupIntentResource {
    private static final String TYPE = "setup_intent";
    private static final String METHOD =
            "allowed_payment_method_types?:any payment_method payment_method_data:any payment_method_options:any ";
    private static final String COMMON = METHOD + """
        attach_to_self:bool customer customer_account description excluded_payment_method_types?:any flow_directions:any
        metadata?:map payment_method_configuration payment_method_types:[str]
        """;
    private static final String TRYING = "confirmation_token mandate_data?:any return_url use_stripe_sdk:bool ";
    private static final ParamSchema CREATE = ParamSchema.of(COMMON + TRYING + """
        automatic_payment_methods:{enabled!:bool allow_redirects:always|never} confirm:bool on_behalf_of single_use:any
        usage:off_session|on_session\
        """);
    private static final ParamSchema CONFIRM = ParamSchema.of(METHOD + TRYING);
    private static final ParamSchema UPDATE = ParamSchema.of(COMMON);
    private static final ParamSchema CANCEL =
            ParamSchema.of("cancellation_reason:abandoned|duplicate|requested_by_customer");
    private static final ParamSchema LIST =
            ParamSchema.ofList("attach_to_self:bool created:range customer customer_account payment_method");

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
        setups.requireOpen(intent, "changed");
        call.params().copyTo(intent, "customer", "description", "payment_method_types");
        call.params().mergeMetadata(intent);
        setMethod(intent, call.params());
        return kit.show(intent);
    }

    private ObjectNode confirm(Call call) {
        ObjectNode intent = kit.world().finder().editInUrl(TYPE, call.id());
        setups.requireOpen(intent, "confirmed");
        setMethod(intent, call.params());
        return confirm(intent);
    }

    private ObjectNode confirm(ObjectNode intent) {
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
            intent.put("payment_method", Docs.textOf(methods.resolve(method, "payment_method"), "id"));
            intent.put("status", "requires_confirmation");
        }
    }
}
