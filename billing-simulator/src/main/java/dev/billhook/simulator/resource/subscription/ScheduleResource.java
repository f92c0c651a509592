package dev.billhook.simulator.resource.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.schedule.ScheduleDocs;
import dev.billhook.simulator.engine.schedule.Schedules;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;
import java.util.function.Predicate;

/** {@code /v1/subscription_schedules}. */
final class ScheduleResource {
    private static final String TERMS = """
        application_fee_percent:dec automatic_tax:{enabled!:bool liability:{type!:account|self account}} billing_cycle_anchor:automatic|phase_start
        billing_thresholds?:any collection_method:charge_automatically|send_invoice default_payment_method
        description?
        invoice_settings:{account_tax_ids?:[str] custom_fields?:[{name! value!}] days_until_due:int description? footer?
          issuer:any}
        on_behalf_of? transfer_data?:any
        """;
    private static final String COMMON = """
        end_behavior:cancel|none|release|renew metadata?:map default_settings:{
        """ + TERMS + "} ";
    private static final ParamSchema CREATE = ParamSchema.of(COMMON + """
        customer customer_account from_subscription start_date:int|now
        billing_mode:{type!:classic|flexible flexible:{proration_discounts:included|itemized}}
        """ + phases("", "", ""));
    private static final ParamSchema UPDATE =
            ParamSchema.of(COMMON + "proration_behavior:always_invoice|create_prorations|none "
                    + phases("|now", "start_date:int|now ", "|now"));
    private static final ParamSchema CANCEL = ParamSchema.of("invoice_now:bool prorate:bool");
    private static final ParamSchema RELEASE = ParamSchema.of("preserve_cancel_date:bool");
    private static final ParamSchema LIST = ParamSchema.ofList("canceled_at:range completed_at:range created:range"
            + " customer customer_account released_at:range scheduled:bool");

    private final ApiKit kit;

    ScheduleResource(ApiKit kit, Schedules schedules) {
        this.kit = kit;
        String all = "/v1/subscription_schedules";
        String one = all + "/{id}";
        kit.router()
                .post(all, CREATE, call -> kit.show(schedules.create(call.params())))
                .post(one, UPDATE, call -> kit.show(schedules.update(call.id(), call.params())))
                .post(one + "/cancel", CANCEL, call -> kit.show(schedules.cancel(call.id(), call.params())))
                .post(one + "/release", RELEASE, call -> kit.show(schedules.release(call.id(), call.params())))
                .get(all, LIST, this::list);
        kit.retrieve(one, ScheduleDocs.TYPE);
    }

    /** The phases as requests describe them, which differ in where they take the word {@code now}. */
    private static String phases(String end, String start, String trialEnd) {
        return "phases:[{" + TERMS + """
            add_invoice_items:[{discountable:bool discounts?:[{coupon discount promotion_code}] metadata:map
              period:{end!:{timestamp:int type!:min_item_period_end|phase_end|timestamp}
                start!:{timestamp:int type!:max_item_period_start|phase_start|timestamp}}
              price quantity:int tax_rates?:[str]
            """ + SubscriptionResource.PRICE_DATA_ONCE + """
            }] currency default_tax_rates?:[str] discounts?:[{coupon discount promotion_code}]
            duration:{interval!:day|week|month|year interval_count:int}
            items!:[{billing_thresholds?:any discounts?:[{coupon discount promotion_code}] metadata:map plan price
              quantity:int tax_rates?:[str]
            """ + SubscriptionResource.PRICE_DATA
                + "}] metadata:map"
                + " proration_behavior:always_invoice|create_prorations|none trial:bool end_date:int" + end + " "
                + start
                + "trial_end:int" + trialEnd + "}]";
    }

    /** What a preview says of a schedule. */
    static String previewDetails() {
        return " schedule_details:{end_behavior:cancel|release proration_behavior:always_invoice|create_prorations|none"
                + " billing_mode:{type!:classic|flexible flexible:{proration_discounts:included|itemized}} "
                + phases("|now", "start_date:int|now ", "|now") + "}";
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        Predicate<ObjectNode> filter = Pager.range(params, "created");
        for (String time : new String[] {"canceled_at", "completed_at", "released_at"}) {
            filter = filter.and(Pager.range(params, time));
        }
        if (params.has("scheduled")) {
            filter = filter.and(
                    schedule -> params.flag("scheduled") == "not_started".equals(Docs.text(schedule, "status")));
        }
        return kit.pager().page(call, ScheduleDocs.TYPE, Pager.lookup(params, "customer"), filter);
    }
}
