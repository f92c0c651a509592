package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.discount.Discounts;
import dev.billhook.simulator.engine.discount.Holder;
import dev.billhook.simulator.engine.discount.Holder.Kind;
import dev.billhook.simulator.engine.discount.Redemptions.Purchase;
import dev.billhook.simulator.engine.invoice.InvoiceSettlement;
import dev.billhook.simulator.engine.invoice.Invoices;
import dev.billhook.simulator.engine.payment.PaymentMethods;
import dev.billhook.simulator.engine.tax.TaxEngine;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Begins and ends subscriptions. */
public final class Subscriptions {
    private static final long DAY = 86_400;
    private static final long MAX_TRIAL = 730 * DAY;
    private static final String[] FIELDS = {
        "description", "days_until_due", "collection_method", "application_fee_percent", "on_behalf_of", "billing_mode"
    };

    private final World world;
    private final SubscriptionItems items;
    private final Prorations prorations;
    private final Billing billing;
    private final InvoiceSettlement settlement;
    private final PaymentMethods methods;
    private final Discounts discounts;
    private final TaxEngine taxes;

    Subscriptions(
            World world,
            SubscriptionItems items,
            Prorations prorations,
            Billing billing,
            InvoiceSettlement settlement,
            PaymentMethods methods,
            Discounts discounts,
            TaxEngine taxes) {
        this.world = world;
        this.items = items;
        this.prorations = prorations;
        this.billing = billing;
        this.settlement = settlement;
        this.methods = methods;
        this.discounts = discounts;
        this.taxes = taxes;
    }

    /** Begins a subscription and bills its first period. */
    public ObjectNode create(Params params) {
        ObjectNode draft = prepare(params);
        ObjectNode subscription = world.store().edit(SubscriptionDocs.TYPE, draftedFor(draft));
        String behavior = params.text("payment_behavior", "allow_incomplete");
        taxes.automatic().requireLocation(draft);
        requireMethod(subscription, draft, behavior);
        world.events().emit("customer.subscription.created", subscription);
        settlement.settleNow(draft, behavior, true);
        if ("incomplete".equals(SubscriptionDocs.status(subscription))) {
            long expiry = Docs.numberOf(subscription, "created") + SubscriptionCycle.INCOMPLETE_SECONDS;
            schedule(subscription, expiry, SubscriptionCycle.INCOMPLETE);
        }
        setCurrency(subscription);
        return subscription;
    }

    /** Stores a new subscription with the draft of its first invoice, without events or payment. */
    ObjectNode prepare(Params params) {
        ObjectNode customer = world.finder().inParam("customer", params.requireText("customer"), "customer");
        String clock = Docs.text(customer, "test_clock");
        ObjectNode subscription =
                world.create(SubscriptionDocs.SHAPE, world.ids().next("sub"), clock);
        long now = Docs.numberOf(subscription, "created");
        subscription.put("customer", Docs.textOf(customer, "id"));
        subscription.put("test_clock", clock);
        subscription.put("start_date", now);
        subscription.put("currency", params.text("currency", ""));
        setTerms(subscription, params);
        if (!params.hasValue("items")) {
            throw ApiError.missing("items");
        }
        setDiscounts(subscription, params, items.apply(subscription, params.groups("items")));
        setTrial(subscription, params, now);
        setFirstPeriod(subscription, params, now);
        setCancellation(subscription, params, now);
        world.store().insert(subscription);
        scheduleNext(subscription);
        addExtras(subscription, params);
        return billing.draft(subscription, "subscription_create", Docs.objects(subscription, "items"), now);
    }

    /** Makes pending invoice items of the extra lines a request asks for. */
    void addExtras(ObjectNode subscription, Params params) {
        ObjectNode customer = world.store().get("customer", Docs.textOf(subscription, "customer"));
        for (Params extra : params.groups("add_invoice_items")) {
            ObjectNode record =
                    prorations.oneTime(subscription, items.oneTimePrice(extra), extra.number("quantity", 1));
            extra.mergeMetadata(record);
            taxes.rates().set(record, "tax_rates", extra);
            Purchase purchase =
                    new Purchase(customer, Docs.textOf(record, "currency"), Docs.numberOf(record, "amount"));
            discounts.setOn(new Holder(Kind.INVOICE_ITEM, record, purchase), extra);
            prorations.keep(record);
        }
    }

    /** Ends a subscription now. */
    public ObjectNode cancel(String id, Params params) {
        ObjectNode subscription = world.finder().editInUrl(SubscriptionDocs.TYPE, id);
        if (SubscriptionDocs.isEnded(subscription)) {
            throw ApiError.noSuch(SubscriptionDocs.TYPE, id, "id", true);
        }
        long now = now(subscription);
        if (params.flag("prorate") && !SubscriptionDocs.isTrialing(subscription)) {
            prorations.recordCredits(subscription, now);
        }
        Params details = params.group("cancellation_details");
        details.copyTo(Docs.child(subscription, "cancellation_details"), "comment", "feedback");
        end(subscription, "cancellation_requested");
        ObjectNode draft =
                params.flag("invoice_now") ? billing.lastDraft(subscription, "subscription_update", now) : null;
        if (draft != null) {
            settlement.settleNow(draft, "allow_incomplete", true);
        }
        return subscription;
    }

    /** Ends a subscription for a reason; its events are recorded. */
    void end(ObjectNode subscription, String reason) {
        long now = now(subscription);
        SubscriptionDocs.end(subscription, "canceled", now);
        if (subscription.path("canceled_at").isNull()) {
            subscription.put("canceled_at", now);
        }
        SubscriptionDocs.reason(subscription, reason);
        world.events().emit("customer.subscription.deleted", subscription);
    }

    /** Ends everything a customer has, because it is deleted. */
    public void endAllOf(String customer) {
        world.store().newestFirst(SubscriptionDocs.TYPE, "customer", customer).forEach(found -> {
            if (!SubscriptionDocs.isEnded(found)) {
                end(world.store().edit(SubscriptionDocs.TYPE, SubscriptionDocs.id(found)), "cancellation_requested");
            }
        });
    }

    long now(ObjectNode subscription) {
        return world.now(SubscriptionDocs.clock(subscription));
    }

    void schedule(ObjectNode subscription, long second, String kind) {
        world.simulation()
                .schedule(SubscriptionDocs.clock(subscription), second, kind, SubscriptionDocs.id(subscription));
    }

    /** Sets timers for what the subscription's present dates make due. */
    void scheduleNext(ObjectNode subscription) {
        long now = now(subscription);
        long end = SubscriptionDocs.periodEnd(subscription);
        schedule(subscription, end, SubscriptionCycle.PERIOD);
        Long cancelAt = Docs.number(subscription, "cancel_at");
        if (cancelAt != null && cancelAt < end) {
            schedule(subscription, cancelAt, SubscriptionCycle.CANCEL_AT);
        }
        if (SubscriptionDocs.isTrialing(subscription)) {
            long notice = Docs.numberOf(subscription, "trial_end") - SubscriptionCycle.TRIAL_NOTICE_SECONDS;
            schedule(subscription, Math.max(now, notice), SubscriptionCycle.TRIAL_WILL_END);
        }
        if (end - SubscriptionCycle.UPCOMING_SECONDS > now) {
            schedule(subscription, end - SubscriptionCycle.UPCOMING_SECONDS, SubscriptionCycle.UPCOMING);
        }
    }

    void setTerms(ObjectNode subscription, Params params) {
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
        params.mergeMetadata(subscription);
    }

    /** Sets the discounts a request names, of the subscription and of its items, which the amounts must qualify for. */
    void setDiscounts(ObjectNode subscription, Params params, Map<String, Params> askedOfItems) {
        ObjectNode customer = world.store().get("customer", Docs.textOf(subscription, "customer"));
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
        ObjectNode method = methods.resolve(id, "default_payment_method");
        String customer = Docs.textOf(subscription, "customer");
        if (id.startsWith("pm_card_")) {
            methods.attach(Docs.textOf(method, "id"), customer);
        } else if (!customer.equals(Docs.text(method, "customer"))) {
            throw ApiError.invalid(
                    "resource_missing",
                    "default_payment_method",
                    "The payment method must be attached to the customer of the subscription first.");
        }
        subscription.put("default_payment_method", Docs.textOf(method, "id"));
    }

    private void setTrial(ObjectNode subscription, Params params, long now) {
        Long end = params.number("trial_end");
        Long days = params.number("trial_period_days");
        if (end != null && days != null) {
            throw ApiError.invalid(null, "trial_end", "Give trial_end or trial_period_days, not both.");
        }
        if (days != null && days > 0) {
            end = now + days * DAY;
        }
        if (end == null && params.flag("trial_from_plan")) {
            ObjectNode price = items.priceOf(Docs.objects(subscription, "items").get(0));
            Long fromPrice = Docs.number(Docs.child(price, "recurring"), "trial_period_days");
            end = fromPrice == null ? null : Long.valueOf(now + fromPrice * DAY);
        }
        if (end == null) {
            return;
        }
        if (end <= now || end > now + MAX_TRIAL) {
            throw ApiError.invalid(null, "trial_end", "A trial ends in the future, within two years.");
        }
        subscription.put("status", "trialing");
        subscription.put("trial_start", now);
        subscription.put("trial_end", end);
    }

    private void setFirstPeriod(ObjectNode subscription, Params params, long now) {
        Long anchor = params.number("billing_cycle_anchor");
        if (anchor != null && anchor <= now) {
            throw ApiError.invalid(null, "billing_cycle_anchor", "The billing cycle anchor must be in the future.");
        }
        Long trialEnd = Docs.number(subscription, "trial_end");
        long first = anchor != null ? anchor : trialEnd != null ? trialEnd : now;
        subscription.put("billing_cycle_anchor", first);
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            items.setPeriod(subscription, item, now);
            if (trialEnd != null) {
                item.put("current_period_end", trialEnd);
            }
        }
        if (!SubscriptionDocs.isTrialing(subscription)) {
            subscription.put("status", SubscriptionDocs.chargesAutomatically(subscription) ? "incomplete" : "active");
        }
    }

    /** Sets or clears the end that a request asks for. */
    void setCancellation(ObjectNode subscription, Params params, long now) {
        boolean atPeriodEnd = params.flag("cancel_at_period_end");
        String word = params.text("cancel_at");
        Long at = word == null
                ? params.number("cancel_at")
                : Long.valueOf(
                        "min_period_end".equals(word)
                                ? SubscriptionDocs.periodEnd(subscription)
                                : SubscriptionDocs.lastPeriodEnd(subscription));
        if (atPeriodEnd || at != null) {
            if (at != null && at <= now) {
                throw ApiError.invalid(null, "cancel_at", "A subscription can be canceled in the future only.");
            }
            subscription.put("cancel_at_period_end", at == null);
            subscription.put("cancel_at", at == null ? SubscriptionDocs.periodEnd(subscription) : at);
            subscription.put("canceled_at", now);
            SubscriptionDocs.reason(subscription, "cancellation_requested");
        } else if (params.has("cancel_at_period_end") || params.isUnset("cancel_at")) {
            subscription.put("cancel_at_period_end", false);
            subscription.putNull("cancel_at");
            subscription.putNull("canceled_at");
            ObjectNode details = Docs.child(subscription, "cancellation_details");
            details.putNull("reason");
            details.putNull("comment");
            details.putNull("feedback");
        }
    }

    private void requireMethod(ObjectNode subscription, ObjectNode draft, String behavior) {
        boolean paysNow = Docs.numberOf(draft, "total") > 0
                && SubscriptionDocs.chargesAutomatically(subscription)
                && !"default_incomplete".equals(behavior);
        if (paysNow
                && methods.forSubscription(
                                SubscriptionDocs.paymentMethod(subscription), Docs.textOf(subscription, "customer"))
                        == null) {
            throw ApiError.invalid(
                    "resource_missing",
                    null,
                    "The customer has no default payment method. Attach one, or use"
                            + " payment_behavior=default_incomplete.");
        }
    }

    private void setCurrency(ObjectNode subscription) {
        ObjectNode customer = world.store().edit("customer", Docs.textOf(subscription, "customer"));
        if (customer.path("currency").isNull()) {
            customer.set("currency", subscription.path("currency"));
            world.events().emitUpdated("customer.updated", customer);
        }
    }

    private static String draftedFor(ObjectNode draft) {
        String id = Invoices.subscriptionOf(draft);
        if (id == null) {
            throw new IllegalStateException("invoice without subscription");
        }
        return id;
    }
}
