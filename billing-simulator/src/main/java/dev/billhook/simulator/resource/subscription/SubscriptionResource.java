package dev.billhook.simulator.resource.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.engine.tax.AutomaticTax;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.resource.ApiKit;
import java.util.function.Predicate;

/** {@code /v1/subscriptions}. */
final class SubscriptionResource {
    private static final String TYPE = "subscription";
    static final String PRICE_DATA = """
        price_data:{currency! product! recurring:{interval!:day|week|month|year interval_count:int} tax_behavior
          unit_amount:int unit_amount_decimal:dec}
        """;
    static final String PRICE_DATA_ONCE =
            "price_data:{currency! product! tax_behavior unit_amount:int unit_amount_decimal:dec} ";
    private static final String EXTRAS =
            "add_invoice_items:[{price quantity:int discountable:bool discounts?:[{coupon discount promotion_code}] tax_rates?:[str]"
                    + " period:any metadata:map " + PRICE_DATA_ONCE + "}] ";
    private static final String COMMON = """
        application_fee_percent?:dec automatic_tax:{enabled!:bool liability:{type!:account|self account}} billing_thresholds?:any billing_schedules?:any
        cancel_at?:int|min_period_end|max_period_end|max_billed_until cancel_at_period_end:bool
        collection_method:charge_automatically|send_invoice days_until_due:int default_payment_method
        default_source? default_tax_rates?:[str] description? discounts?:[{coupon discount promotion_code}] invoice_settings:any metadata?:map
        off_session:bool on_behalf_of?
        payment_behavior:allow_incomplete|default_incomplete|error_if_incomplete|pending_if_incomplete
        payment_settings:{payment_method_options:any payment_method_types?:[str]
          save_default_payment_method:off|on_subscription}
        pending_invoice_item_interval?:{interval!:day|week|month|year interval_count:int} proration_behavior:always_invoice|create_prorations|none
        transfer_data?:any trial_end:int|now trial_from_plan:bool
        trial_settings:{end_behavior!:{missing_payment_method!:cancel|create_invoice|pause}}
        """;
    private static final ParamSchema CREATE = ParamSchema.of(COMMON + EXTRAS + """
        customer! currency backdate_start_date:int billing_cycle_anchor:int
        billing_cycle_anchor_config:{day_of_month!:int hour:int minute:int month:int second:int}
        billing_mode:{type!:classic|flexible flexible:{proration_discounts:included|itemized}} trial_period_days:int
        items:[{price plan quantity:int metadata:map billing_thresholds?:any discounts?:[{coupon discount promotion_code}] tax_rates?:[str]
        """ + PRICE_DATA + "}]");
    private static final ParamSchema UPDATE = ParamSchema.of(COMMON + EXTRAS + """
        billing_cycle_anchor:now|unchanged proration_date:int
        cancellation_details:{comment? feedback?}
        pause_collection?:{behavior!:keep_as_draft|mark_uncollectible|void resumes_at:int}
        items:[{id price plan quantity:int deleted:bool clear_usage:bool metadata?:map billing_thresholds?:any
          discounts?:[{coupon discount promotion_code}] tax_rates?:[str]
        """ + PRICE_DATA + "}]");
    private static final ParamSchema CANCEL =
            ParamSchema.of("cancellation_details:{comment? feedback?} invoice_now:bool prorate:bool");
    private static final ParamSchema MIGRATE =
            ParamSchema.of("billing_mode!:{type!:flexible flexible:{proration_discounts:included|itemized}}");
    private static final ParamSchema RESUME = ParamSchema.of("billing_cycle_anchor:now|unchanged"
            + " proration_behavior:always_invoice|create_prorations|none proration_date:int payment_behavior");
    private static final ParamSchema LIST = ParamSchema.ofList("""
        automatic_tax:{enabled!:bool} collection_method created:range current_period_end:range current_period_start:range
        customer plan price test_clock
        status:active|all|canceled|ended|incomplete|incomplete_expired|past_due|paused|trialing|unpaid\
        """);

    private final ApiKit kit;
    private final BillingEngine billing;

    SubscriptionResource(ApiKit kit, BillingEngine billing) {
        this.kit = kit;
        this.billing = billing;
        kit.router()
                .post(
                        "/v1/subscriptions",
                        CREATE,
                        call -> kit.show(billing.subscriptions().create(call.params())))
                .post("/v1/subscriptions/{id}", UPDATE, this::update)
                .post("/v1/subscriptions/{id}/resume", RESUME, this::resume)
                .post("/v1/subscriptions/{id}/migrate", MIGRATE, this::migrate)
                .delete("/v1/subscriptions/{id}", CANCEL, this::cancel)
                .get("/v1/subscriptions", LIST, this::list);
        kit.retrieve("/v1/subscriptions/{id}", TYPE);
        kit.search("/v1/subscriptions/search", TYPE);
    }

    private ObjectNode update(Call call) {
        return kit.show(billing.changes().update(call.id(), call.params()));
    }

    private ObjectNode resume(Call call) {
        return kit.show(billing.changes().resume(call.id(), call.params()));
    }

    private ObjectNode migrate(Call call) {
        return kit.show(billing.changes().migrate(call.id(), call.params()));
    }

    private ObjectNode cancel(Call call) {
        return kit.show(billing.subscriptions().cancel(call.id(), call.params()));
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        String price = params.text("price");
        Predicate<ObjectNode> filter = byStatus(params.text("status", ""))
                .and(Pager.range(params, "created"))
                .and(Pager.equal(params, "collection_method"))
                .and(Pager.equal(params, "test_clock"))
                .and(subscription -> !params.has("automatic_tax")
                        || params.group("automatic_tax").flag("enabled") == AutomaticTax.isOn(subscription))
                .and(subscription -> price == null
                        || Docs.objects(subscription, "items").stream()
                                .anyMatch(item -> price.equals(Docs.text(item, "price"))));
        for (String period : new String[] {"current_period_start", "current_period_end"}) {
            Predicate<ObjectNode> range = Pager.range(params, period);
            if (params.has(period)) {
                filter = filter.and(subscription ->
                        Docs.objects(subscription, "items").stream().anyMatch(range));
            }
        }
        Lookup byCustomer = Pager.lookup(params, "customer");
        return kit.pager().page(call, TYPE, byCustomer == null ? Pager.lookup(params, "price") : byCustomer, filter);
    }

    private static Predicate<ObjectNode> byStatus(String status) {
        return switch (status) {
            case "all" -> subscription -> true;
            case "" -> Pager.found("status", "current");
            default -> Pager.found("status", status);
        };
    }
}
