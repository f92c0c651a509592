package dev.billhook.mirror;

import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.PlanKey;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.EventMeta;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.ScheduledChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Derives events from the difference between two states. Pure: the same difference gives the same events.
 *
 * @since 0.1.0
 */
public final class EventDerivation {
    private EventDerivation() {}

    /**
     * The events of a subscription's change.
     *
     * @param before the state so far, or null if the subscription is new to the mirror
     * @param after the new state
     * @param meta gives the meta data for an event's name; called once for each event
     */
    public static List<BillingEvent> ofSubscription(
            @Nullable Subscription before, Subscription after, Function<String, EventMeta> meta) {
        List<BillingEvent> events = new ArrayList<>();
        status(before, after, meta, events);
        if (before != null && !after.status().ended()) {
            lines(before, after, meta, events);
        }
        schedule(before, after, meta, events);
        cancellation(before, after, meta, events);
        collection(before, after, meta, events);
        discounts(before, after, meta, events);
        paymentMethod(before, after, meta, events);
        if (before != null && endedAfterRunning(before.status(), after.status())) {
            events.add(
                    new BillingEvent.SubscriptionEnded(meta.apply("SubscriptionEnded"), after.id(), before.status()));
        }
        return events;
    }

    /**
     * The events of a customer's change.
     *
     * @param before the state so far, or null if the customer is new to the mirror
     */
    public static List<BillingEvent> ofCustomer(
            @Nullable Customer before, Customer after, Function<String, EventMeta> meta) {
        PaymentMethod old = before == null ? null : before.defaultPaymentMethod();
        if (Objects.equals(old, after.defaultPaymentMethod())) {
            return List.of();
        }
        return List.of(new BillingEvent.PaymentMethodChanged(
                meta.apply("PaymentMethodChanged"), after.defaultPaymentMethod()));
    }

    /**
     * The event of something that happened.
     *
     * @throws IllegalArgumentException for a reminder, which has none
     */
    public static BillingEvent ofNotice(Notice notice, Function<String, EventMeta> meta) {
        if (notice instanceof Notice.Invoice invoice) {
            return ofInvoice(invoice, meta);
        }
        if (notice instanceof Notice.TrialMisuse misuse) {
            return new BillingEvent.TrialMisused(meta.apply("TrialMisused"), misuse.subscriptionId(), misuse.reason());
        }
        if (notice instanceof Notice.Oversold oversold) {
            return new BillingEvent.OfferOversold(
                    meta.apply("OfferOversold"), oversold.plan(), oversold.places(), oversold.taken());
        }
        if (notice instanceof Notice.Refund refund) {
            return new BillingEvent.RefundIssued(
                    meta.apply("RefundIssued"), refund.paymentId(), refund.refunded(), refund.paid());
        }
        if (notice instanceof Notice.Features features) {
            return new BillingEvent.FeaturesChanged(meta.apply("FeaturesChanged"), features.features());
        }
        if (notice instanceof Notice.SaleFailed failed) {
            return new BillingEvent.PurchaseFailed(meta.apply("PurchaseFailed"), failed.sessionId(), failed.plan());
        }
        if (notice instanceof Notice.SaleMismatch odd) {
            return new BillingEvent.PurchaseMismatched(
                    meta.apply("PurchaseMismatched"), odd.sessionId(), odd.mismatch());
        }
        if (!(notice instanceof Notice.Dispute dispute)) {
            throw new IllegalArgumentException("A reminder has no event of its own");
        }
        return ofDispute(dispute, meta);
    }

    private static BillingEvent ofDispute(Notice.Dispute dispute, Function<String, EventMeta> meta) {
        return dispute.kind() == Notice.DisputeKind.OPENED
                ? new BillingEvent.DisputeOpened(
                        meta.apply("DisputeOpened"),
                        dispute.disputeId(),
                        dispute.paymentId(),
                        dispute.amount(),
                        dispute.reason())
                : new BillingEvent.DisputeClosed(
                        meta.apply("DisputeClosed"),
                        dispute.disputeId(),
                        dispute.paymentId(),
                        dispute.amount(),
                        dispute.kind() == Notice.DisputeKind.WON);
    }

    private static BillingEvent ofInvoice(Notice.Invoice invoice, Function<String, EventMeta> meta) {
        return switch (invoice.kind()) {
            case ISSUED ->
                new BillingEvent.InvoiceIssued(
                        meta.apply("InvoiceIssued"),
                        invoice.subscriptionId(),
                        invoice.invoiceId(),
                        invoice.amount(),
                        invoice.page());
            case PAID ->
                new BillingEvent.InvoicePaid(
                        meta.apply("InvoicePaid"), invoice.subscriptionId(), invoice.invoiceId(), invoice.amount());
            case PAYMENT_FAILED ->
                new BillingEvent.PaymentFailed(
                        meta.apply("PaymentFailed"),
                        invoice.subscriptionId(),
                        invoice.invoiceId(),
                        invoice.amount(),
                        invoice.nextAttempt(),
                        invoice.page());
            case ACTION_REQUIRED ->
                new BillingEvent.PaymentActionRequired(
                        meta.apply("PaymentActionRequired"),
                        invoice.subscriptionId(),
                        invoice.invoiceId(),
                        invoice.amount(),
                        invoice.page());
        };
    }

    private static void status(
            @Nullable Subscription before,
            Subscription after,
            Function<String, EventMeta> meta,
            List<BillingEvent> events) {
        SubscriptionStatus old = before == null ? SubscriptionStatus.INCOMPLETE : before.status();
        if (old == after.status()) {
            return;
        }
        if (after.status() == SubscriptionStatus.TRIALING) {
            events.add(new BillingEvent.TrialStarted(
                    meta.apply("TrialStarted"), after.id(), after.plans(), after.trialEnd()));
        } else if (after.status() == SubscriptionStatus.ACTIVE) {
            boolean recovered = old == SubscriptionStatus.PAST_DUE || old == SubscriptionStatus.UNPAID;
            events.add(
                    recovered
                            ? new BillingEvent.PaymentRecovered(meta.apply("PaymentRecovered"), after.id())
                            : new BillingEvent.SubscriptionActivated(
                                    meta.apply("SubscriptionActivated"), after.id(), after.plans()));
        } else if (after.status() == SubscriptionStatus.PAUSED) {
            events.add(new BillingEvent.SubscriptionPaused(meta.apply("SubscriptionPaused"), after.id()));
        }
    }

    private static void collection(
            @Nullable Subscription before,
            Subscription after,
            Function<String, EventMeta> meta,
            List<BillingEvent> events) {
        boolean old = before != null && before.collectionPaused();
        if (after.status().ended() || old == after.collectionPaused()) {
            return;
        }
        events.add(
                after.collectionPaused()
                        ? new BillingEvent.CollectionPaused(meta.apply("CollectionPaused"), after.id())
                        : new BillingEvent.CollectionResumed(meta.apply("CollectionResumed"), after.id()));
    }

    private static void lines(
            Subscription before, Subscription after, Function<String, EventMeta> meta, List<BillingEvent> events) {
        if (!new HashSet<>(before.plans()).equals(new HashSet<>(after.plans()))) {
            events.add(
                    new BillingEvent.PlanChanged(meta.apply("PlanChanged"), after.id(), before.plans(), after.plans()));
        }
        for (PlanKey plan : after.plans()) {
            long units = after.itemOf(plan).map(SubscriptionItem::quantity).orElse(0L);
            before.itemOf(plan)
                    .map(SubscriptionItem::quantity)
                    .filter(old -> old != units)
                    .ifPresent(old -> events.add(new BillingEvent.UnitsChanged(
                            meta.apply("UnitsChanged:" + plan), after.id(), plan, old, units)));
        }
    }

    /** A change that was carried out is told by {@link #lines}, and one that an end overtook by the end. */
    private static void schedule(
            @Nullable Subscription before,
            Subscription after,
            Function<String, EventMeta> meta,
            List<BillingEvent> events) {
        ScheduledChange old = before == null ? null : before.scheduledChange().orElse(null);
        ScheduledChange now = after.scheduledChange().orElse(null);
        if (after.status().ended() || Objects.equals(old, now)) {
            return;
        }
        if (now != null) {
            events.add(new BillingEvent.PlanChangeScheduled(
                    meta.apply("PlanChangeScheduled"), after.id(), now.at(), now.plans()));
        } else if (old != null && !old.isStateOf(after.items())) {
            events.add(new BillingEvent.PlanChangeWithdrawn(meta.apply("PlanChangeWithdrawn"), after.id()));
        }
    }

    /** Where it loses its own, the customer's counts, and nothing is told: that one did not change. */
    private static void paymentMethod(
            @Nullable Subscription before,
            Subscription after,
            Function<String, EventMeta> meta,
            List<BillingEvent> events) {
        PaymentMethod old = before == null ? null : before.paymentMethod();
        PaymentMethod own = after.paymentMethod();
        if (own != null && !after.status().ended() && !own.equals(old)) {
            events.add(new BillingEvent.PaymentMethodChanged(meta.apply("PaymentMethodChanged"), own));
        }
    }

    private static void discounts(
            @Nullable Subscription before,
            Subscription after,
            Function<String, EventMeta> meta,
            List<BillingEvent> events) {
        if (after.status().ended()) {
            return;
        }
        List<BillingTerms.Discount> old =
                before == null ? List.of() : before.terms().discounts();
        Set<String> had = ids(old);
        Set<String> has = ids(after.terms().discounts());
        old.stream()
                .filter(discount -> !has.contains(discount.id()))
                .forEach(discount -> events.add(new BillingEvent.DiscountRemoved(
                        meta.apply("DiscountRemoved:" + discount.id()), after.id(), discount.coupon())));
        after.terms().discounts().stream()
                .filter(discount -> !had.contains(discount.id()))
                .forEach(discount -> events.add(new BillingEvent.DiscountApplied(
                        meta.apply("DiscountApplied:" + discount.id()), after.id(), discount.coupon())));
    }

    private static Set<String> ids(List<BillingTerms.Discount> discounts) {
        return discounts.stream().map(BillingTerms.Discount::id).collect(Collectors.toSet());
    }

    private static void cancellation(
            @Nullable Subscription before,
            Subscription after,
            Function<String, EventMeta> meta,
            List<BillingEvent> events) {
        Optional<Instant> old = before == null ? Optional.empty() : before.pendingEnd();
        Optional<Instant> pending = after.pendingEnd();
        if (pending.isPresent() && !pending.equals(old)) {
            events.add(new BillingEvent.CancellationScheduled(
                    meta.apply("CancellationScheduled"), after.id(), pending.get()));
        } else if (pending.isEmpty() && old.isPresent() && !after.status().ended()) {
            events.add(new BillingEvent.CancellationWithdrawn(meta.apply("CancellationWithdrawn"), after.id()));
        }
    }

    private static boolean endedAfterRunning(SubscriptionStatus before, SubscriptionStatus after) {
        return after.ended() && !before.ended() && before != SubscriptionStatus.INCOMPLETE;
    }
}
