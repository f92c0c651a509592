package dev.billhook.simulator.resource.hosted;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.checkout.CheckoutSessions;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.resource.ApiKit;
import java.util.function.Predicate;

/** {@code /v1/checkout/sessions}. */
final class CheckoutResource {
    private static final String TYPE = "checkout.session";
    private static final ParamSchema CREATE = ParamSchema.of("""
        mode!:payment|setup|subscription success_url! cancel_url customer customer_email
        customer_creation:always|if_required client_reference_id metadata:map currency expires_at:int locale
        allow_promotion_codes:bool discounts:[{coupon promotion_code}] billing_address_collection:auto|required
        payment_method_collection:always|if_required payment_method_types:[str] payment_method_options:any
        submit_type:auto|book|donate|pay|subscribe ui_mode:hosted_page phone_number_collection:{enabled!:bool}
        line_items:[{price quantity:int metadata:map tax_rates?:[str]
          adjustable_quantity:{enabled!:bool minimum:int maximum:int}
          price_data:{currency! product product_data:{name! description images:[str] metadata:map tax_code unit_label}
            recurring:{interval!:day|week|month|year interval_count:int} tax_behavior unit_amount:int
            unit_amount_decimal:dec}}]
        subscription_data:{metadata:map description trial_period_days:int trial_end:int billing_cycle_anchor:int
          trial_settings:{end_behavior!:{missing_payment_method!:cancel|create_invoice|pause}}
          proration_behavior:create_prorations|none billing_mode:any invoice_settings:any default_tax_rates?:[str]
          application_fee_percent:any on_behalf_of transfer_data:any}
        payment_intent_data:{metadata:map description receipt_email setup_future_usage:off_session|on_session
          statement_descriptor statement_descriptor_suffix capture_method:automatic|automatic_async|manual
          shipping:{address!:{city country line1 line2 postal_code state} carrier name! phone tracking_number}
          transfer_group}
        setup_intent_data:{metadata:map description on_behalf_of}
        customer_update:{address:auto|never name:auto|never shipping:auto|never}
        automatic_tax:{enabled!:bool liability:{type!:account|self account}}
        tax_id_collection:{enabled!:bool required:if_supported|never}
        consent_collection:{payment_method_reuse_agreement:{position!:auto|hidden} promotions:auto|none
          terms_of_service:none|required}
        custom_text:{after_submit?:{message!} shipping_address?:{message!} submit?:{message!}
          terms_of_service_acceptance?:{message!}}
        custom_fields:[{key! label!:{custom! type!:custom} optional:bool type!:dropdown|numeric|text
          dropdown:{default_value options!:[{label! value!}]}
          numeric:{default_value maximum_length:int minimum_length:int}
          text:{default_value maximum_length:int minimum_length:int}}]
        invoice_creation:{enabled!:bool invoice_data:{account_tax_ids?:[str] custom_fields?:[{name! value!}] description
          footer issuer:any metadata:map rendering_options?:any}}
        after_expiration:{recovery:{allow_promotion_codes:bool enabled!:bool}} adaptive_pricing:any
        saved_payment_method_options:{allow_redisplay_filters:[always|limited|unspecified]
          payment_method_remove:disabled|enabled payment_method_save:disabled|enabled}
        name_collection:{business:{enabled!:bool optional:bool} individual:{enabled!:bool optional:bool}}
        branding_settings:any managed_payments:any integration_identifier origin_context
        payment_method_configuration shipping_address_collection:any shipping_options:any wallet_options:any
        """);
    private static final ParamSchema UPDATE = ParamSchema.of("metadata?:map");
    private static final ParamSchema LIST = ParamSchema.ofList("""
        created:range customer customer_details:{email!} payment_intent payment_link status:complete|expired|open
        subscription\
        """);
    private static final ParamSchema LINES = ParamSchema.ofList("");

    private final ApiKit kit;
    private final CheckoutSessions sessions;

    CheckoutResource(ApiKit kit, CheckoutSessions sessions) {
        this.kit = kit;
        this.sessions = sessions;
        kit.router()
                .post("/v1/checkout/sessions", CREATE, call -> kit.show(sessions.create(call.params())))
                .post("/v1/checkout/sessions/{id}", UPDATE, this::update)
                .post("/v1/checkout/sessions/{id}/expire", ApiKit.NOTHING, call -> kit.show(sessions.expire(call.id())))
                .get("/v1/checkout/sessions/{id}/line_items", LINES, this::lines)
                .get("/v1/checkout/sessions", LIST, this::list);
        kit.retrieve("/v1/checkout/sessions/{id}", TYPE);
        kit.expander().onDemand(TYPE, "line_items", this::shownLines);
    }

    private ObjectNode update(Call call) {
        ObjectNode session = kit.world().finder().editInUrl(TYPE, call.id());
        call.params().mergeMetadata(session);
        return kit.show(session);
    }

    private ObjectNode lines(Call call) {
        return Pager.pageOf(call, sessions.lines(kit.world().finder().inUrl(TYPE, call.id())));
    }

    private ObjectNode shownLines(ObjectNode session) {
        String id = Docs.textOf(session, "id");
        return Docs.list(
                "/v1/checkout/sessions/" + id + "/line_items",
                sessions.lines(kit.world().store().get(TYPE, id)));
    }

    private ObjectNode list(Call call) {
        Lookup lookup = null;
        for (String index : new String[] {"subscription", "payment_intent", "customer"}) {
            lookup = lookup == null ? Pager.lookup(call.params(), index) : lookup;
        }
        String email = call.params().group("customer_details").text("email");
        Predicate<ObjectNode> filter = Pager.range(call.params(), "created")
                .and(Pager.equal(call.params(), "status"))
                .and(Pager.equal(call.params(), "customer"))
                .and(session ->
                        email == null || email.equals(Docs.text(Docs.child(session, "customer_details"), "email")));
        return kit.pager().page(call, TYPE, lookup, filter);
    }
}
