package dev.billhook.simulator.resource.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.payment.Customers;
import dev.billhook.simulator.engine.schedule.Schedules;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/invoices/create_preview}. */
final class PreviewResource {
    private static final ParamSchema PREVIEW =
            ParamSchema.of("""
        customer subscription currency preview_mode:next|recurring automatic_tax:{enabled!:bool liability:{type!:account|self account}}
        discounts?:[{coupon discount promotion_code}] invoice_items:[{amount:int currency description discountable:bool
          discounts?:[{coupon discount promotion_code}] invoiceitem metadata?:map period:{start!:int end!:int} price
          price_data:{currency! product! tax_behavior:exclusive|inclusive|unspecified unit_amount:int
            unit_amount_decimal:dec}
          quantity:int quantity_decimal:dec tax_behavior:exclusive|inclusive|unspecified tax_code? tax_rates?:[str]
          unit_amount:int unit_amount_decimal:dec}]
        customer_details:{address?:{city? country? line1? line2? postal_code? state?}
          shipping?:{address!:{city? country? line1? line2? postal_code? state?} name! phone?}
          tax:{ip_address?} tax_exempt?:exempt|none|reverse tax_ids:[{type! value!}]}
        subscription_details:{billing_cycle_anchor:int|now|unchanged billing_mode:any
          cancel_at?:int|min_period_end|max_period_end cancel_at_period_end:bool cancel_now:bool
          items:[{id price plan quantity:int deleted:bool clear_usage:bool metadata?:map discounts?:[{coupon discount promotion_code}] tax_rates?:[str]
        """ + SubscriptionResource.PRICE_DATA + """
        }] metadata?:map proration_behavior:always_invoice|create_prorations|none proration_date:int
        start_date:int trial_end:int|now default_tax_rates?:[str]} schedule
        """ + ScheduleResource.previewDetails());

    private final ApiKit kit;
    private final Customers customers;

    PreviewResource(ApiKit kit, BillingEngine billing, Customers customers, Schedules schedules) {
        this.kit = kit;
        this.customers = customers;
        kit.router().post("/v1/invoices/create_preview", PREVIEW, call -> {
            suppose(call.params());
            return kit.show(
                    ofSchedule(call.params())
                            ? schedules.preview(call.params())
                            : billing.upcoming().preview(call.params()));
        });
    }

    private static boolean ofSchedule(Params params) {
        boolean ofSchedule = params.has("schedule") || params.has("schedule_details");
        if (ofSchedule && (params.has("subscription") || params.has("subscription_details"))) {
            throw ApiError.invalid(
                    null, "schedule", "A preview is of a schedule or of a subscription; it cannot be of both.");
        }
        return ofSchedule;
    }

    /** Makes the customer what the request supposes it to be; a preview undoes that with everything else it does. */
    private void suppose(Params params) {
        if (!params.hasValue("customer_details")) {
            return;
        }
        Params details = params.group("customer_details");
        ObjectNode request = details.tree().deepCopy();
        request.set("tax_id_data", request.path("tax_ids").deepCopy());
        String subscription = params.text("subscription");
        String customer = subscription == null
                ? params.text("customer")
                : Docs.text(kit.world().finder().inParam("subscription", subscription, "subscription"), "customer");
        kit.world().simulation().discardUnit();
        if (customer == null) {
            params.tree().put("customer", Docs.textOf(customers.create(Params.of(request)), "id"));
        } else {
            kit.world().finder().inParam("customer", customer, "customer");
            customers.update(customer, Params.of(request));
            customers.addTaxIds(customer, details.groups("tax_ids"));
        }
    }
}
