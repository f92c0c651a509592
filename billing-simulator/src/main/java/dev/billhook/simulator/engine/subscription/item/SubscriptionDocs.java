package dev.billhook.simulator.engine.subscription.item;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shape of subscriptions and what can be read off them. */
public final class SubscriptionDocs {
    /** The type of object. */
    public static final String TYPE = "subscription";

    public static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"subscription","application":null,"application_fee_percent":null,
         "automatic_tax":{"disabled_reason":null,"enabled":false,"liability":null},"billing_cycle_anchor":0,
         "billing_cycle_anchor_config":null,
         "billing_mode":{"flexible":{"proration_discounts":"included"},"type":"flexible"},
         "billing_schedules":[],"billing_thresholds":null,"cancel_at":null,"cancel_at_period_end":false,
         "canceled_at":null,"cancellation_details":{"comment":null,"feedback":null,"reason":null},
         "collection_method":"charge_automatically","created":0,"currency":"","customer":"","customer_account":null,
         "days_until_due":null,"default_payment_method":null,"default_source":null,"default_tax_rates":[],
         "description":null,"discounts":[],"ended_at":null,
         "invoice_settings":{"account_tax_ids":null,"custom_fields":null,"description":null,"footer":null,
         "issuer":{"type":"self"}},"items":{"object":"list","data":[],"has_more":false,"url":""},
         "latest_invoice":null,"livemode":false,"managed_payments":null,"metadata":{},
         "next_pending_invoice_item_invoice":null,"on_behalf_of":null,"pause_collection":null,
         "payment_settings":{"payment_method_options":null,"payment_method_types":null,
         "save_default_payment_method":"off"},"pending_invoice_item_interval":null,"pending_setup_intent":null,
         "pending_update":null,"schedule":null,"start_date":0,"status":"incomplete","test_clock":null,
         "transfer_data":null,"trial_end":null,
         "trial_settings":{"end_behavior":{"missing_payment_method":"create_invoice"}},"trial_start":null}\
        """);
    private static final Set<String> ENDED = Set.of("canceled", "incomplete_expired");

    private SubscriptionDocs() {}

    /** The id. */
    public static String id(ObjectNode subscription) {
        return Docs.textOf(subscription, "id");
    }

    /** The status. */
    public static String status(ObjectNode subscription) {
        return Docs.textOf(subscription, "status");
    }

    /** Whether it is over for good. */
    public static boolean isEnded(ObjectNode subscription) {
        return ENDED.contains(status(subscription));
    }

    /** Whether it is in its trial. */
    public static boolean isTrialing(ObjectNode subscription) {
        return "trialing".equals(status(subscription));
    }

    /** Whether credits give back what was debited once, rather than what the present price would have cost. */
    public static boolean isFlexible(ObjectNode subscription) {
        return "flexible".equals(Docs.text(Docs.child(subscription, "billing_mode"), "type"));
    }

    /** Sets how a subscription, or one that a schedule is to begin, is billed. */
    public static void setMode(ObjectNode doc, String type, @Nullable String discounts) {
        ObjectNode mode = Docs.ensure(doc, "billing_mode");
        mode.put("type", type);
        if ("classic".equals(type)) {
            mode.putNull("flexible");
        } else {
            mode.putObject("flexible").put("proration_discounts", discounts == null ? "included" : discounts);
        }
    }

    /** The end of the period that ends first among its items. */
    public static long periodEnd(ObjectNode subscription) {
        return Docs.objects(subscription, "items").stream()
                .mapToLong(item -> Docs.numberOf(item, "current_period_end"))
                .min()
                .orElse(Docs.numberOf(subscription, "created"));
    }

    /** The end of the period that ends last among its items. */
    public static long lastPeriodEnd(ObjectNode subscription) {
        return Docs.objects(subscription, "items").stream()
                .mapToLong(item -> Docs.numberOf(item, "current_period_end"))
                .max()
                .orElse(Docs.numberOf(subscription, "created"));
    }

    /** The start of the present period. */
    public static long periodStart(ObjectNode subscription) {
        return Docs.objects(subscription, "items").stream()
                .mapToLong(item -> Docs.numberOf(item, "current_period_start"))
                .min()
                .orElse(Docs.numberOf(subscription, "created"));
    }

    public static @Nullable String clock(ObjectNode subscription) {
        return Docs.text(subscription, "test_clock");
    }

    public static boolean chargesAutomatically(ObjectNode subscription) {
        return "charge_automatically".equals(Docs.text(subscription, "collection_method"));
    }

    public static void end(ObjectNode subscription, String status, long now) {
        subscription.put("status", status);
        subscription.put("ended_at", now);
    }

    public static void reason(ObjectNode subscription, @Nullable String reason) {
        Docs.child(subscription, "cancellation_details").put("reason", reason);
    }

    /** What the subscription itself says it is paid with, be it a payment method or an older source; null for the customer's. */
    public static @Nullable String paymentMethod(ObjectNode subscription) {
        String method = Docs.text(subscription, "default_payment_method");
        return method == null ? Docs.text(subscription, "default_source") : method;
    }
}
