package dev.billhook.internal.webhook;

import dev.billhook.ProviderException;
import dev.billhook.internal.failure.Failures;
import dev.billhook.internal.webhook.EventApplier.Said;
import dev.billhook.internal.webhook.EventApplier.Step;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.provider.WebhookGateway;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxStatus;
import dev.billhook.webhook.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies events and records what became of them. A batch is one transaction; if it fails, its events are applied one by one,
 * so that one event that cannot be applied holds up no other. Events of a batch that need the same object share one call to
 * the provider. Thread-safe; any number of nodes work on one inbox.
 */
final class InboxProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(InboxProcessor.class);
    /** How long an event whose object is being fetched stays hidden from other nodes. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final WebhookGateway gateway;
    private final BillingStores stores;
    private final EventApplier applier;
    private final Answers answers;
    private final RetryPolicy retries;
    private final InstantSource clock;

    InboxProcessor(
            WebhookGateway gateway,
            BillingStores stores,
            EventApplier applier,
            Answers answers,
            RetryPolicy retries,
            InstantSource clock) {
        this.gateway = gateway;
        this.stores = stores;
        this.applier = applier;
        this.answers = answers;
        this.retries = retries;
        this.clock = clock;
    }

    /** An event and what is to be asked before it is settled. */
    record Waiting(InboxEvent event, Question question) {}

    /** What one transaction left to do, and where it left each event. */
    record Outcome(List<InboxEvent> events, List<Waiting> waiting) {}

    /** Takes a batch of what is due and works on it. */
    int processDue(int max) {
        Instant now = clock.instant();
        Outcome outcome;
        try {
            outcome = stores.transactor().inTransaction(() -> {
                List<InboxEvent> due = stores.inbox().lockDue(now, max);
                return record(due);
            });
        } catch (Throwable failure) {
            LOG.debug("A batch of events failed; they are applied one by one", failure);
            return oneByOne(now, max);
        }
        settle(outcome.waiting());
        return outcome.events().size();
    }

    /** Applies an event whose row says already that it is done. */
    Outcome recordNew(InboxEvent event) {
        Outcome outcome = apply(List.of(event));
        if (outcome.events().get(0).status() != InboxStatus.DONE) {
            stores.inbox().updateAll(outcome.events());
        }
        return outcome;
    }

    private Outcome record(List<InboxEvent> events) {
        Outcome outcome = apply(events);
        stores.inbox().updateAll(outcome.events());
        return outcome;
    }

    private Outcome apply(List<InboxEvent> events) {
        List<InboxEvent> changed = new ArrayList<>();
        List<InboxEvent> readable = new ArrayList<>();
        List<Said> said = new ArrayList<>();
        for (InboxEvent event : events) {
            try {
                EventContent content = gateway.content(payloadOf(event));
                said.add(new Said(content, event));
                readable.add(event);
            } catch (RuntimeException failure) {
                changed.add(failed(event, failure));
            }
        }
        List<Step> steps = applier.applyAll(said);
        List<Waiting> waiting = new ArrayList<>();
        for (int i = 0; i < readable.size(); i++) {
            InboxEvent event = readable.get(i);
            if (steps.get(i) instanceof Step.Ask ask) {
                InboxEvent leased = event.pending(clock.instant().plus(LEASE));
                waiting.add(new Waiting(leased, ask.question()));
                changed.add(leased);
            } else {
                changed.add(settled(event, steps.get(i)));
            }
        }
        return new Outcome(changed, waiting);
    }

    /**
     * Asks the provider, outside any transaction, and records where the answers left the events. Stops when the provider does
     * not answer or the lease ends: what was not asked comes back with the end of its lease, and loses no attempt.
     */
    List<InboxEvent> settle(List<Waiting> waiting) {
        Map<Question, List<InboxEvent>> byQuestion = new LinkedHashMap<>();
        waiting.forEach(each -> byQuestion
                .computeIfAbsent(each.question(), question -> new ArrayList<>())
                .add(each.event()));
        Instant leaseEnd = clock.instant().plus(LEASE);
        List<InboxEvent> all = new ArrayList<>();
        for (Map.Entry<Question, List<InboxEvent>> each : byQuestion.entrySet()) {
            if (!clock.instant().isBefore(leaseEnd)) {
                break;
            }
            Asked asked = ask(each.getKey(), each.getValue());
            stores.inbox().updateAll(asked.events());
            all.addAll(asked.events());
            if (asked.silence()) {
                break;
            }
        }
        return all;
    }

    /** The event after a failure: to be tried again, or dead. */
    InboxEvent failed(InboxEvent event, Throwable failure) {
        int attempts = event.attempts() + 1;
        boolean dead = retries.exhausted(attempts);
        LOG.warn(
                "Event {} ({}) could not be applied, attempt {}{}",
                event.id(),
                event.type(),
                attempts,
                dead ? "; given up, it stays in the inbox" : "; it is tried again",
                failure);
        Instant next = dead ? null : clock.instant().plus(retries.delayAfter(attempts, event.id()));
        return event.failed(Failures.trimmed(failure), next);
    }

    /**
     * Where an answer left the events that waited for it.
     *
     * @param silence whether there was none, so that others need not be asked for now
     */
    private record Asked(List<InboxEvent> events, boolean silence) {}

    private Asked ask(Question question, List<InboxEvent> events) {
        try {
            Step step = answers.to(question);
            return new Asked(events.stream().map(event -> settled(event, step)).toList(), false);
        } catch (Throwable failure) {
            boolean silence = failure instanceof ProviderException provider
                    && provider.category() == ProviderException.Category.NETWORK;
            return new Asked(
                    events.stream().map(event -> failed(event, failure)).toList(), silence);
        }
    }

    private int oneByOne(Instant now, int max) {
        List<InboxEvent> due =
                stores.transactor().inTransaction(() -> stores.inbox().lockDue(now, max));
        due.forEach(event -> one(event.id(), now));
        return due.size();
    }

    private void one(String eventId, Instant now) {
        try {
            Optional<Outcome> outcome = stores.transactor()
                    .inTransaction(() -> stores.inbox().lockDue(eventId, now).map(event -> record(List.of(event))));
            outcome.ifPresent(done -> settle(done.waiting()));
        } catch (Throwable failure) {
            stores.transactor()
                    .run(() -> stores.inbox()
                            .lockDue(eventId, now)
                            .ifPresent(event -> stores.inbox().update(failed(event, failure))));
        }
    }

    private static InboxEvent settled(InboxEvent event, Step step) {
        return step instanceof Step.Unowned unowned
                ? event.parked(unowned.owner())
                : event.finished(((Step.Settled) step).status());
    }

    private static String payloadOf(InboxEvent event) {
        return Objects.requireNonNull(event.payload(), "an event that is not finished keeps its payload");
    }
}
