package dev.billhook.internal.webhook;

import dev.billhook.internal.checkout.Visits;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.internal.mirror.MirrorSync.Refreshed;
import dev.billhook.internal.purchase.PurchaseSync;
import dev.billhook.internal.webhook.DefaultWebhookDispatcher.MirrorAccess;
import dev.billhook.internal.webhook.EventApplier.Said;
import dev.billhook.internal.webhook.EventApplier.Step;
import dev.billhook.mirror.ApplyResult;
import dev.billhook.mirror.MirrorChange;
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.mirror.Notice;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxEvent.Owner;
import dev.billhook.webhook.InboxStatus;
import java.util.Objects;
import java.util.Optional;

/** Asks the provider and brings the answers through the door. Never called within a transaction. */
final class Answers {
    private final MirrorWriter mirror;
    private final MirrorSync sync;
    private final PaymentProvider provider;
    private final EventApplier applier;
    private final Visits visits;
    private final PurchaseSync purchases;

    Answers(MirrorAccess access, PaymentProvider provider, EventApplier applier) {
        this.mirror = access.writer();
        this.sync = access.sync();
        this.visits = access.visits();
        this.purchases = access.purchases();
        this.provider = provider;
        this.applier = applier;
    }

    /** How the events end that wait for the answer. */
    Step to(Question question) {
        if (question instanceof Question.OfSubscription of) {
            return step(sync.refreshSubscription(of.subscriptionId()));
        }
        if (question instanceof Question.OfCustomer of) {
            return step(sync.refreshCustomer(of.customerId()));
        }
        if (question instanceof Question.OfPaymentMethods of) {
            Refreshed customer = sync.refreshCustomer(of.customerId());
            sync.refreshOwnPaymentMethods(of.customerId());
            return step(customer);
        }
        if (question instanceof Question.OfCard of) {
            visits.useCard(of.sessionId());
            return new Step.Settled(InboxStatus.DONE);
        }
        if (question instanceof Question.OfSale of) {
            return sale(of);
        }
        if (question instanceof Question.OfPayment of) {
            return purchase(purchases.refreshByPayment(of.paymentId()));
        }
        if (question instanceof Question.OfEvent of) {
            return rest(of.event());
        }
        Question.OfPayer of = (Question.OfPayer) question;
        if (of.payment() != null) {
            purchases.refreshByPayment(of.payment());
        }
        return provider.payments()
                .customerOf(of.notice().paymentId())
                .map(customer -> note(of, customer))
                .orElseGet(() -> new Step.Settled(InboxStatus.IGNORED));
    }

    /** The visit counts as finished once what it bought is there. */
    private Step sale(Question.OfSale of) {
        Step step = purchase(purchases.concernedBy(of.plan()) ? purchases.refresh(of.sessionId()) : Optional.empty());
        if (step instanceof Step.Settled) {
            visits.finished(of.sessionId());
        }
        return step;
    }

    private static Step purchase(Optional<Refreshed> refreshed) {
        return refreshed.map(Answers::step).orElseGet(() -> new Step.Settled(InboxStatus.DONE));
    }

    private Step rest(InboxEvent event) {
        String payload = Objects.requireNonNull(event.payload(), "an event that is not finished keeps its payload");
        Step step = applier.apply(new Said(provider.webhooks().fetch(payload), event));
        return step instanceof Step.Ask ask ? to(ask.question()) : step;
    }

    private Step note(Question.OfPayer of, String customer) {
        Notice.Dispute notice = of.notice().of(customer);
        ApplyResult result = mirror.apply(new MirrorChange.Noted(notice, of.occurredAt()));
        return step(new Refreshed(result, new Owner(customer, null)));
    }

    private static Step step(Refreshed refreshed) {
        return refreshed.result().unowned() ? new Step.Unowned(refreshed.owner()) : new Step.Settled(InboxStatus.DONE);
    }
}
