package dev.billhook.simulator.resource.hosted;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.portal.PortalConfigurations;
import dev.billhook.simulator.engine.portal.PortalSessions;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/billing_portal/configurations} and {@code /v1/billing_portal/sessions}. */
final class PortalResource {
    private static final String TYPE = "billing_portal.configuration";
    private static final String COMMON = """
        business_profile:{headline? privacy_policy_url? terms_of_service_url?} default_return_url? metadata?:map name?
        login_page:{enabled!:bool}
        """;
    private static final String FEATURES = """
        {customer_update:{allowed_updates?:[address|email|name|phone|shipping|tax_id] enabled:bool}
         invoice_history:{enabled!:bool} payment_method_update:{enabled!:bool payment_method_configuration?}
         subscription_cancel:{cancellation_reason:{enabled:bool options?:[str]} enabled:bool
           mode:at_period_end|immediately proration_behavior:always_invoice|create_prorations|none}
         subscription_update:{billing_cycle_anchor:now|unchanged
           default_allowed_updates?:[price|promotion_code|quantity] enabled:bool
           products?:[{product! prices!:[str] adjustable_quantity:{enabled!:bool minimum:int maximum:int}}]
           proration_behavior:always_invoice|create_prorations|none trial_update_behavior:continue_trial|end_trial
           schedule_at_period_end:{conditions?:[{type!:decreasing_item_amount|shortening_interval}]}}}\
        """;
    private static final ParamSchema CREATE = ParamSchema.of(COMMON + "features!:" + FEATURES);
    private static final ParamSchema UPDATE = ParamSchema.of(COMMON + "active:bool features:" + FEATURES);
    private static final ParamSchema LIST = ParamSchema.ofList("active:bool is_default:bool");
    private static final ParamSchema SESSION = ParamSchema.of("""
        customer! configuration return_url locale on_behalf_of
        flow_data:{type!:payment_method_update|subscription_cancel|subscription_update|subscription_update_confirm
          after_completion:{type!:hosted_confirmation|portal_homepage|redirect redirect:{return_url!}
            hosted_confirmation:{custom_message}}
          subscription_cancel:{subscription! retention:{type!:coupon_offer coupon_offer!:{coupon!}}} subscription_update:{subscription!}
          subscription_update_confirm:{subscription! items!:[{id! price quantity:int}] discounts:[{coupon promotion_code}]}}\
        """);

    private final ApiKit kit;
    private final PortalConfigurations configurations;

    PortalResource(ApiKit kit, PortalConfigurations configurations, PortalSessions sessions) {
        this.kit = kit;
        this.configurations = configurations;
        kit.router()
                .post(
                        "/v1/billing_portal/configurations",
                        CREATE,
                        call -> kit.show(configurations.create(call.params())))
                .post(
                        "/v1/billing_portal/configurations/{id}",
                        UPDATE,
                        call -> kit.show(configurations.update(call.id(), call.params())))
                .get("/v1/billing_portal/configurations", LIST, this::list)
                .post("/v1/billing_portal/sessions", SESSION, call -> kit.show(sessions.create(call.params())));
        kit.retrieve("/v1/billing_portal/configurations/{id}", TYPE);
    }

    private ObjectNode list(Call call) {
        configurations.ensureDefault();
        return kit.pager()
                .page(call, TYPE, Pager.equal(call.params(), "active").and(Pager.equal(call.params(), "is_default")));
    }
}
