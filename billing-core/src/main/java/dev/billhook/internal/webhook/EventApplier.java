package dev.billhook.internal.webhook;

import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.internal.checkout.Visits;
import dev.billhook.internal.mirror.DefaultMirrorWriter;
import dev.billhook.mirror.ApplyResult;
import dev.billhook.mirror.Basis;
import dev.billhook.mirror.MirrorChange;
import dev.billhook.mirror.Notice;
import dev.billhook.mirror.Snapshot;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.CheckoutStore.Visit;
import dev.billhook.spi.store.MirrorStore;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxEvent.Owner;
import dev.billhook.webhook.InboxStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Applies what events say; what needs a call to the provider is left to a second step outside the transaction. */
final class EventApplier {
    private final BillingStores stores;
    private final DefaultMirrorWriter mirror;
    private final Visits visits;

    EventApplier(BillingStores stores, DefaultMirrorWriter mirror, Visits visits) {
        this.stores = stores;
        this.mirror = mirror;
        this.visits = visits;
    }

    /** What an event says. */
    record Said(EventContent content, InboxEvent event) {
        /** The provider's time of it. */
        Instant createdAt() {
            return event.createdAt();
        }
    }

    /** How far applying an event got. */
    sealed interface Step {
        /** Nothing more to do. */
        record Settled(InboxStatus status) implements Step {}

        /** Nobody knows whose it is yet. */
        record Unowned(Owner owner) implements Step {}

        /** The provider must be asked, outside the transaction. */
        record Ask(Question question) implements Step {}
    }

    /** Applies one event in a transaction of its own, without calling the provider. */
    Step apply(Said said) {
        return stores.transactor().inTransaction(() -> applyAll(List.of(said))).get(0);
    }

    /** Applies events in their order within the open transaction, without calling the provider. */
    List<Step> applyAll(List<Said> events) {
        return applyAll(events, mirror::applyAll);
    }

    /** Like {@link #applyAll(List)}, where the transaction has locked and read the rows of these events. */
    List<Step> applyAll(List<Said> events, MirrorStore.Rows rows) {
        return applyAll(events, changes -> mirror.applyAll(changes, rows));
    }

    /** What applying will lock and read. */
    static DefaultMirrorWriter.Keys keys(List<Said> events) {
        return DefaultMirrorWriter.Keys.of(
                events.stream().flatMap(said -> changes(said).stream()).toList());
    }

    private List<Step> applyAll(List<Said> events, Function<List<MirrorChange>, List<ApplyResult>> door) {
        List<Part> parts = events.stream().map(this::part).toList();
        List<ApplyResult> results = door.apply(
                parts.stream().flatMap(part -> part.changes().stream()).toList());
        List<Step> steps = new ArrayList<>(events.size());
        int next = 0;
        for (Part part : parts) {
            int end = next + part.changes().size();
            steps.add(step(part, results.subList(next, end)));
            next = end;
        }
        return steps;
    }

    /**
     * What an event does.
     *
     * @param changes for the door
     * @param owner whom it is about, or null if it says nothing of the kind
     * @param fetch what to ask for if the door cannot tell, or null
     * @param ask what to ask for in any case, or null
     * @param otherwise how it ends if nothing is to be asked
     */
    private record Part(
            List<MirrorChange> changes,
            @Nullable Owner owner,
            @Nullable Question fetch,
            @Nullable Question ask,
            InboxStatus otherwise) {}

    /** What goes through the door. */
    private static List<MirrorChange> changes(Said said) {
        EventContent content = said.content();
        if (content instanceof EventContent.State state) {
            MirrorChange change = new MirrorChange.State(state.snapshot(), new Basis.Event(said.createdAt()));
            return state.notice() == null
                    ? List.of(change)
                    : List.of(change, new MirrorChange.Noted(state.notice(), said.createdAt()));
        }
        if (content instanceof EventContent.Noted noted && noted.notice().customerId() != null) {
            return List.of(new MirrorChange.Noted(noted.notice(), said.createdAt()));
        }
        return content instanceof EventContent.CheckoutEnded ended ? changes(ended, said.createdAt()) : List.of();
    }

    private static List<MirrorChange> changes(EventContent.CheckoutEnded ended, Instant createdAt) {
        List<MirrorChange> changes = new ArrayList<>();
        if (ended.customerId() != null && ended.account() != null) {
            changes.add(new MirrorChange.Linked(ended.customerId(), ended.account()));
        }
        if (ended.customerId() != null && ended.sold() instanceof EventContent.Sold.Failed failed) {
            Notice notice = new Notice.SaleFailed(ended.customerId(), ended.checkoutId(), failed.plan());
            changes.add(new MirrorChange.Noted(notice, createdAt));
        }
        return changes;
    }

    private Part part(Said said) {
        EventContent content = said.content();
        if (content instanceof EventContent.State state) {
            return ofState(changes(said), state.snapshot());
        }
        if (content instanceof EventContent.Noted noted) {
            return ofNotice(changes(said), noted, said.createdAt());
        }
        if (content instanceof EventContent.SubscriptionTouched touched) {
            return asking(new Question.OfSubscription(touched.subscriptionId()));
        }
        if (content instanceof EventContent.CustomerTouched touched) {
            return asking(new Question.OfPaymentMethods(touched.customerId()));
        }
        if (content instanceof EventContent.PaymentTouched touched) {
            return asking(new Question.OfPayment(touched.payment()));
        }
        if (content instanceof EventContent.CheckoutEnded ended) {
            return ofCheckout(changes(said), ended);
        }
        if (content instanceof EventContent.Elsewhere) {
            return asking(new Question.OfEvent(said.event()));
        }
        return new Part(List.of(), null, null, null, InboxStatus.IGNORED);
    }

    private static Part ofState(List<MirrorChange> changes, Snapshot snapshot) {
        Question fetch = snapshot instanceof SubscriptionSnapshot
                ? new Question.OfSubscription(snapshot.objectId())
                : new Question.OfCustomer(snapshot.objectId());
        Owner owner = new Owner(snapshot.customerId(), snapshot.accountHint());
        return new Part(changes, owner, fetch, null, InboxStatus.DONE);
    }

    private static Part ofNotice(List<MirrorChange> changes, EventContent.Noted noted, Instant createdAt) {
        String customer = noted.notice().customerId();
        String payment = noted.payment();
        return customer == null
                ? asking(new Question.OfPayer((Notice.Dispute) noted.notice(), payment, createdAt))
                : new Part(
                        changes,
                        new Owner(customer, null),
                        null,
                        payment == null ? null : new Question.OfPayment(payment),
                        InboxStatus.DONE);
    }

    private static Part asking(Question question) {
        return new Part(List.of(), null, null, question, InboxStatus.DONE);
    }

    private Part ofCheckout(List<MirrorChange> changes, EventContent.CheckoutEnded ended) {
        Question question = stores.checkouts()
                .findBySession(ended.checkoutId())
                .map(visit -> ended(visit, ended))
                .orElseGet(() -> ofSale(ended));
        String customer = ended.customerId();
        Owner owner = customer == null || ended.account() == null ? null : new Owner(customer, ended.account());
        return new Part(changes, owner, null, question, InboxStatus.DONE);
    }

    /**
     * A card that was left is to be used before the visit counts as ended; once it does, its card is not used again. What was
     * paid for is to be given before, too: whoever comes back meanwhile looks himself.
     */
    private @Nullable Question ended(Visit visit, EventContent.CheckoutEnded ended) {
        boolean late = ended.status() == CheckoutStatus.PENDING && visit.status() != CheckoutStatus.OPEN;
        boolean news = visit.status() != ended.status() && !late;
        if (news && visit.kind() == Checkout.Kind.CARD_UPDATE && ended.status() == CheckoutStatus.COMPLETE) {
            return new Question.OfCard(ended.checkoutId());
        }
        Question sale = ofSale(ended);
        if (news && !(sale instanceof Question.OfSale)) {
            visits.noted(visit, ended.status());
        }
        return sale;
    }

    private @Nullable Question ofSale(EventContent.CheckoutEnded ended) {
        return ended.sold() instanceof EventContent.Sold.Settled sold
                ? new Question.OfSale(ended.checkoutId(), sold.plan())
                : ofSubscription(ended.subscriptionId());
    }

    /** The subscription's own events usually tell its state; it is fetched only if none has arrived yet. */
    private @Nullable Question ofSubscription(@Nullable String subscription) {
        return subscription == null || stores.subscriptions().find(subscription).isPresent()
                ? null
                : new Question.OfSubscription(subscription);
    }

    private static Step step(Part part, List<ApplyResult> results) {
        if (part.owner() != null && results.stream().anyMatch(ApplyResult::unowned)) {
            return new Step.Unowned(
                    results.contains(ApplyResult.ACCOUNT_TAKEN) ? part.owner().ofTaken() : part.owner());
        }
        Question question = results.contains(ApplyResult.FETCH_NEEDED) ? part.fetch() : part.ask();
        return question == null ? new Step.Settled(part.otherwise()) : new Step.Ask(question);
    }
}
