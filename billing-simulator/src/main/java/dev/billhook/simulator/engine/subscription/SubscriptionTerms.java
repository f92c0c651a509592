package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.discount.Discounts;
import dev.billhook.simulator.engine.discount.Holder;
import dev.billhook.simulator.engine.discount.Holder.Kind;
import dev.billhook.simulator.engine.discount.Redemptions.Purchase;
import dev.billhook.simulator.engine.payment.method.PaymentMethods;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.engine.subscription.item.SubscriptionItems;
import dev.billhook.simulator.engine.tax.TaxEngine;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The terms of subscriptions that cost nothing by themselves: how they are paid, discounts, metadata, when they end. */
final class SubscriptionTerms {
    private static final String[] FIELDS = {
        "description", "days_until_due", "collection_method", "application_fee_percent", "on_behalf_of"
    };

    private final World world;
    private final SubscriptionItems items;
    private final PaymentMethods methods;
    private final Discounts discounts;
    private final TaxEngine taxes;

    SubscriptionTerms(
            World world, SubscriptionItems items, PaymentMethods methods, Discounts discounts, TaxEngine taxes) {
        this.world = world;
        this.items = items;
        this.methods = methods;
        this.discounts = discounts;
        this.taxes = taxes;
    }

    /** Sets what a request says about payment, trials, description and metadata. */
    void set(ObjectNode subscription, Params params) {
        params.copyTo(subscription, FIELDS);
        taxes.rates().set(subscription, "default_tax_rates", params);
        taxes.automatic().set(subscription, params);
        params.group("payment_settings")
                .copyTo(
                        Docs.child(subscription, "payment_settings"),
                        "payment_method_types",
                        "save_default_payment_method");
        String missing = params.group("trial_settings").group("end_behavior").text("missing_payment_method");
        if (missing != null) {
            Docs.child(Docs.child(subscription, "trial_settings"), "end_behavior")
                    .put("missing_payment_method", missing);
        }
        if (!SubscriptionDocs.chargesAutomatically(subscription)
                && subscription.path("days_until_due").isNull()) {
            throw ApiError.invalid(
                    "parameter_missing", "days_until_due", "collection_method=send_invoice needs days_until_due.");
        }
        if (params.isUnset("default_payment_method")) {
            subscription.putNull("default_payment_method");
        }
        setMethod(subscription, params.text("default_payment_method"));
        setSource(subscription, params);
        PendingItemInvoices.set(world, subscription, params);
        params.mergeMetadata(subscription);
    }

    /** Sets how a new subscription is billed. */
    static void setMode(ObjectNode subscription, Params params) {
        Params given = params.group("billing_mode");
        String type = given.text("type");
        if (type != null) {
            SubscriptionDocs.setMode(subscription, type, given.group("flexible").text("proration_discounts"));
        }
    }

    /** Sets the discounts a request names, of the subscription and of its items, which the amounts must qualify for. */
    void setDiscounts(ObjectNode subscription, Params params, Map<String, Params> askedOfItems) {
        ObjectNode customer = world.customerOf(subscription);
        String currency = Docs.textOf(subscription, "currency");
        long sum = 0;
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            long amount = items.amount(subscription, item);
            sum += amount;
            Params asked = askedOfItems.get(Docs.textOf(item, "id"));
            if (asked != null) {
                discounts.setOn(
                        new Holder(Kind.SUBSCRIPTION_ITEM, item, new Purchase(customer, currency, amount)), asked);
            }
        }
        discounts.setOn(new Holder(Kind.SUBSCRIPTION, subscription, new Purchase(customer, currency, sum)), params);
    }

    /** Sets or clears the end that a request asks for. */
    static void setCancellation(ObjectNode subscription, Params params, long now) {
        Long at = end(subscription, params);
        if (at != null) {
            if (at <= now) {
                throw ApiError.invalid(null, "cancel_at", "A subscription can be canceled in the future only.");
            }
            subscription.put("cancel_at_period_end", params.flag("cancel_at_period_end"));
            subscription.put("cancel_at", at);
            subscription.put("canceled_at", now);
            SubscriptionDocs.reason(subscription, "cancellation_requested");
        } else if (params.has("cancel_at_period_end") || params.isUnset("cancel_at")) {
            clearCancellation(subscription);
        }
    }

    /** Lets a subscription go on although it was to end. */
    static void clearCancellation(ObjectNode subscription) {
        subscription.put("cancel_at_period_end", false);
        subscription.putNull("cancel_at");
        subscription.putNull("canceled_at");
        ObjectNode details = Docs.child(subscription, "cancellation_details");
        details.putNull("reason");
        details.putNull("comment");
        details.putNull("feedback");
    }

    private static @Nullable Long end(ObjectNode subscription, Params params) {
        if (params.flag("cancel_at_period_end")) {
            if (params.hasValue("cancel_at")) {
                throw ApiError.invalid(null, "cancel_at", "Give cancel_at or cancel_at_period_end, not both.");
            }
            return SubscriptionDocs.periodEnd(subscription);
        }
        String word = params.text("cancel_at");
        if (word == null) {
            return params.number("cancel_at");
        }
        return "min_period_end".equals(word)
                ? SubscriptionDocs.periodEnd(subscription)
                : SubscriptionDocs.lastPeriodEnd(subscription);
    }

    /** The payment method its invoices are paid by, or null. */
    @Nullable ObjectNode methodOf(ObjectNode subscription) {
        return methods.forSubscription(
                SubscriptionDocs.paymentMethod(subscription), Docs.textOf(subscription, "customer"));
    }

    /** Refuses a first invoice whose automatic tax cannot be worked out. */
    void requireLocation(ObjectNode draft) {
        taxes.automatic().requireLocation(draft);
    }

    private void setSource(ObjectNode subscription, Params params) {
        params.copyTo(subscription, "default_source");
        String id = params.text("default_source");
        if (id != null) {
            methods.attached(id, Docs.textOf(subscription, "customer"), "default_source");
        }
    }

    private void setMethod(ObjectNode subscription, @Nullable String id) {
        if (id == null) {
            return;
        }
        ObjectNode method = methods.ownedBy(Docs.textOf(subscription, "customer"), id, "default_payment_method");
        subscription.put("default_payment_method", Docs.textOf(method, "id"));
    }
}
