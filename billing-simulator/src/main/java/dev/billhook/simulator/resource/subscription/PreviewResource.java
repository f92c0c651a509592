package dev.billhook.simulator.resource.subscription;

import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/invoices/create_preview}. */
final class PreviewResource {
    private static final ParamSchema PREVIEW = ParamSchema.of("""
        customer subscription currency preview_mode:next|recurring automatic_tax:any
        discounts?:[{coupon discount promotion_code}] invoice_items:any customer_details:any
        subscription_details:{billing_cycle_anchor:int|now|unchanged billing_mode:any
          cancel_at?:int|min_period_end|max_period_end cancel_at_period_end:bool cancel_now:bool
          items:[{id price plan quantity:int deleted:bool clear_usage:bool metadata?:map discounts?:[{coupon discount promotion_code}] tax_rates?:any
        """ + SubscriptionResource.PRICE_DATA + """
        }] metadata?:map proration_behavior:always_invoice|create_prorations|none proration_date:int
        start_date:int trial_end:int|now default_tax_rates?:any}\
        """);

    PreviewResource(ApiKit kit, BillingEngine billing) {
        kit.router()
                .post(
                        "/v1/invoices/create_preview",
                        PREVIEW,
                        call -> kit.show(billing.previews().preview(call.params())));
    }
}
