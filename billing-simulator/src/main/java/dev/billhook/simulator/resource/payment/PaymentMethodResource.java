package dev.billhook.simulator.resource.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.payment.method.PaymentMethods;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.resource.ApiKit;
import java.util.function.Predicate;

/** {@code /v1/payment_methods} and {@code /v1/customers/:id/payment_methods}. */
final class PaymentMethodResource {
    private static final String BILLING = """
        billing_details:{address?:{city? country? line1? line2? postal_code? state?} email? name? phone? tax_id?}
        metadata?:map allow_redisplay:always|limited|unspecified
        """;
    private static final ParamSchema CREATE = ParamSchema.of(BILLING + """
        type card:{number exp_month:int exp_year:int cvc token networks:any} radar_options:any\
        """);
    private static final ParamSchema UPDATE =
            ParamSchema.of(BILLING + "card:{exp_month:int exp_year:int networks:any}");
    private static final ParamSchema ATTACH = ParamSchema.of("customer!");
    private static final ParamSchema LIST = ParamSchema.ofList("customer type allow_redisplay");

    private final ApiKit kit;
    private final PaymentMethods methods;

    PaymentMethodResource(ApiKit kit, PaymentMethods methods) {
        this.kit = kit;
        this.methods = methods;
        kit.router()
                .post("/v1/payment_methods", CREATE, call -> kit.show(methods.create(call.params())))
                .post("/v1/payment_methods/{id}", UPDATE, call -> kit.show(methods.update(call.id(), call.params())))
                .post("/v1/payment_methods/{id}/attach", ATTACH, this::attach)
                .post("/v1/payment_methods/{id}/detach", ApiKit.NOTHING, call -> kit.show(methods.detach(call.id())))
                .get("/v1/payment_methods", LIST, this::list)
                .get("/v1/customers/{customer}/payment_methods", LIST, this::ofCustomer)
                .get("/v1/customers/{customer}/payment_methods/{id}", ApiKit.NOTHING, this::oneOfCustomer);
        kit.retrieve("/v1/payment_methods/{id}", "payment_method");
    }

    private ObjectNode attach(Call call) {
        ObjectNode method = call.id().startsWith("pm_card_")
                ? methods.resolve(call.id(), "payment_method")
                : kit.world().finder().inUrl("payment_method", call.id());
        if (Docs.flag(method, "_detached")) {
            throw ApiError.invalid(null, null, "A payment method that was detached cannot be used again.");
        }
        return kit.show(methods.attach(Docs.textOf(method, "id"), call.params().requireText("customer")));
    }

    private ObjectNode list(Call call) {
        String customer = call.params().text("customer");
        return customer == null
                ? kit.pager().page(call, "payment_method", byType(call))
                : page(call, kit.world().finder().inParam("customer", customer, "customer"));
    }

    private ObjectNode ofCustomer(Call call) {
        return page(call, kit.world().finder().inUrl("customer", call.variable("customer")));
    }

    private ObjectNode page(Call call, ObjectNode customer) {
        Lookup lookup = new Lookup("customer", Docs.textOf(customer, "id"));
        return kit.pager().page(call, "payment_method", lookup, byType(call));
    }

    private ObjectNode oneOfCustomer(Call call) {
        ObjectNode method = kit.world().finder().inUrl("payment_method", call.id());
        if (!call.variable("customer").equals(Docs.text(method, "customer"))) {
            throw ApiError.noSuch("payment_method", call.id(), "id", true);
        }
        return kit.show(method);
    }

    private static Predicate<ObjectNode> byType(Call call) {
        return Pager.equal(call.params(), "type").and(Pager.equal(call.params(), "allow_redisplay"));
    }
}
