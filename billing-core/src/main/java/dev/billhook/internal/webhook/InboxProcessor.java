package dev.billhook.internal.webhook;

import dev.billhook.account.AccountRef;
import dev.billhook.error.ProviderException;
import dev.billhook.internal.deletion.DeletedNames;
import dev.billhook.internal.failure.Failures;
import dev.billhook.internal.mirror.DefaultMirrorWriter;
import dev.billhook.internal.webhook.EventApplier.Said;
import dev.billhook.internal.webhook.EventApplier.Step;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.provider.WebhookGateway;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.MirrorStore;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxStatus;
import dev.billhook.webhook.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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

    /**
     * An event and what it says.
     *
     * @param content null if it cannot be read
     * @param failure why it cannot be read, or null
     */
    record Read(
            InboxEvent event,
            @Nullable EventContent content,
            @Nullable RuntimeException failure) {}

    /**
     * Where a transaction left an event.
     *
     * @param question what is to be asked before it is settled, or null
     */
    record Taken(InboxEvent event, @Nullable Question question) {}

    /** Takes a batch of what is due and works on it. */
    int processDue(int max) {
        Instant now = clock.instant();
        List<Taken> taken;
        try {
            taken = stores.transactor()
                    .inTransaction(() -> record(stores.inbox().lockDue(now, max)));
        } catch (Throwable failure) {
            LOG.debug("A batch of events failed; they are applied one by one", failure);
            return oneByOne(now, max);
        }
        settle(taken);
        return taken.size();
    }

    /** An event with what it says; to read it takes time, but neither a transaction nor a connection. */
    static Read read(InboxEvent event, Supplier<EventContent> content) {
        try {
            return new Read(event, content.get(), null);
        } catch (RuntimeException failure) {
            return new Read(event, null, failure);
        }
    }

    private Read read(InboxEvent event) {
        return read(event, () -> gateway.content(payloadOf(event)));
    }

    /**
     * Stores and applies new events within the open transaction, oldest first. A row is written as it will most likely end;
     * whatever turns out otherwise is corrected.
     *
     * @return in the order of the events; empty for those that are known
     */
    List<Optional<Taken>> takeIn(List<Read> arrived) {
        DefaultMirrorWriter.Keys keys = EventApplier.keys(said(arrived));
        MirrorStore.Arrival arrival = stores.mirror()
                .receive(
                        arrived.stream().map(InboxProcessor::expectedEnd).toList(),
                        keys.customers(),
                        keys.subscriptions());
        Set<String> inserted = new HashSet<>(arrival.inserted());
        List<Read> fresh = new ArrayList<>(arrived);
        fresh.removeIf(read -> !inserted.remove(read.event().id()));
        fresh.sort(Comparator.comparing((Read read) -> read.event().createdAt())
                .thenComparing(read -> read.event().id()));
        Map<String, Taken> takenById = new HashMap<>();
        List<InboxEvent> corrected = new ArrayList<>();
        Iterator<Taken> all =
                taken(fresh, applier.applyAll(said(fresh), arrival.rows())).iterator();
        for (Read read : fresh) {
            Taken taken = all.next();
            takenById.put(taken.event().id(), taken);
            if (!taken.event().equals(expectedEnd(read))) {
                corrected.add(taken.event());
            }
        }
        stores.inbox().updateAll(corrected);
        return arrived.stream()
                .map(read -> Optional.ofNullable(takenById.remove(read.event().id())))
                .toList();
    }

    private static InboxEvent expectedEnd(Read read) {
        return read.event()
                .finished(read.content() instanceof EventContent.Irrelevant ? InboxStatus.IGNORED : InboxStatus.DONE);
    }

    private List<Taken> record(List<InboxEvent> due) {
        List<Read> read = due.stream().map(this::read).toList();
        List<Taken> taken = taken(read, applier.applyAll(said(read)));
        stores.inbox().updateAll(taken.stream().map(Taken::event).toList());
        return taken;
    }

    private static List<Said> said(List<Read> events) {
        List<Said> said = new ArrayList<>();
        for (Read read : events) {
            if (read.content() != null) {
                said.add(new Said(read.content(), read.event()));
            }
        }
        return said;
    }

    /** Where the steps leave the events; those that could not be read have none. */
    private List<Taken> taken(List<Read> events, List<Step> ends) {
        Iterator<Step> steps = ends.iterator();
        List<Taken> taken = new ArrayList<>(events.size());
        for (Read read : events) {
            taken.add(
                    read.failure() == null
                            ? taken(read.event(), steps.next())
                            : new Taken(failed(read.event(), read.failure()), null));
        }
        return taken;
    }

    private Taken taken(InboxEvent event, Step step) {
        return step instanceof Step.Ask ask
                ? new Taken(event.pending(clock.instant().plus(LEASE)), ask.question())
                : new Taken(settled(event, step), null);
    }

    /**
     * Asks the provider, outside any transaction, and records where the answers left the events. Stops when the provider does
     * not answer or the lease ends: what was not asked comes back with the end of its lease, and loses no attempt.
     */
    List<InboxEvent> settle(List<Taken> taken) {
        Map<Question, List<InboxEvent>> byQuestion = new LinkedHashMap<>();
        for (Taken each : taken) {
            if (each.question() != null) {
                byQuestion
                        .computeIfAbsent(each.question(), question -> new ArrayList<>())
                        .add(each.event());
            }
        }
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
            Optional<List<Taken>> taken = stores.transactor()
                    .inTransaction(() -> stores.inbox().lockDue(eventId, now).map(event -> record(List.of(event))));
            taken.ifPresent(this::settle);
        } catch (Throwable failure) {
            stores.transactor()
                    .run(() -> stores.inbox()
                            .lockDue(eventId, now)
                            .ifPresent(event -> stores.inbox().update(failed(event, failure))));
        }
    }

    /** What is told of a deleted account waits for nobody. */
    private InboxEvent settled(InboxEvent event, Step step) {
        if (!(step instanceof Step.Unowned unowned)) {
            return event.finished(((Step.Settled) step).status());
        }
        AccountRef named = unowned.owner().account();
        return named != null && DeletedNames.contain(stores.mirror(), named)
                ? event.finished(InboxStatus.IGNORED)
                : event.parked(unowned.owner());
    }

    private static String payloadOf(InboxEvent event) {
        return Objects.requireNonNull(event.payload(), "an event that is not finished keeps its payload");
    }
}
