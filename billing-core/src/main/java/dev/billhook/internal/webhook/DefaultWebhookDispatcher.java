package dev.billhook.internal.webhook;

import dev.billhook.internal.failure.Failures;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.spi.provider.WebhookGateway;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxStatus;
import dev.billhook.webhook.Rejection;
import dev.billhook.webhook.RetryPolicy;
import dev.billhook.webhook.WebhookDispatcher;
import dev.billhook.webhook.WebhookOutcome;
import dev.billhook.webhook.WebhookRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores, applies and answers in one go. Storing the event and applying it are one transaction; if applying fails, the event
 * alone is stored and tried again later.
 */
public final class DefaultWebhookDispatcher implements WebhookDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultWebhookDispatcher.class);
    /** How long an event that is being worked on stays hidden from other nodes. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final WebhookGateway gateway;
    private final BillingStores stores;
    private final EventApplier applier;
    private final RetryPolicy retries;
    private final InstantSource clock;

    /** A dispatcher for the events of the gateway. */
    public DefaultWebhookDispatcher(
            WebhookGateway gateway,
            BillingStores stores,
            MirrorAccess mirror,
            RetryPolicy retries,
            InstantSource clock) {
        this.gateway = gateway;
        this.stores = stores;
        this.applier = new EventApplier(stores, mirror.writer(), mirror.sync());
        this.retries = retries;
        this.clock = clock;
    }

    @Override
    public WebhookOutcome dispatch(WebhookRequest request) {
        WebhookGateway.Reception reception = gateway.receive(request);
        if (reception instanceof WebhookGateway.Reception.Refused refused) {
            return reject(refused.reason(), refused.detail());
        }
        WebhookGateway.Reception.Accepted accepted = (WebhookGateway.Reception.Accepted) reception;
        WebhookGateway.Envelope envelope = accepted.envelope();
        if (envelope.livemode() != stores.scope().livemode()) {
            return reject(
                    Rejection.WRONG_MODE,
                    envelope.livemode() ? "A live event at a test endpoint" : "A test event at a live endpoint");
        }
        InboxEvent event = new InboxEvent(
                envelope.id(),
                envelope.type(),
                envelope.createdAt(),
                clock.instant(),
                InboxStatus.DONE,
                0,
                null,
                null,
                null);
        return receive(event, accepted.payload());
    }

    @Override
    public int retryDue(int max) {
        List<InboxEvent> due = stores.inbox().claimDue(clock.instant(), LEASE, max);
        for (InboxEvent event : due) {
            String payload = Objects.requireNonNull(event.payload(), "a pending event keeps its payload");
            try {
                EventApplier.Step step = stores.transactor().inTransaction(() -> applyAndRecord(event, payload));
                finish(event, payload, step);
            } catch (RuntimeException failure) {
                stores.inbox().update(failed(event, payload, failure));
            }
        }
        return due.size();
    }

    /** The row is written as done; whatever turns out otherwise is corrected in the same transaction. */
    private WebhookOutcome receive(InboxEvent event, String payload) {
        try {
            Optional<EventApplier.Step> step = stores.transactor().inTransaction(() -> {
                boolean first = stores.inbox().insert(event);
                return first ? Optional.of(applyAndRecord(event, payload)) : Optional.empty();
            });
            if (step.isEmpty()) {
                return new WebhookOutcome.Duplicate(event.id());
            }
            return finish(event, payload, step.get());
        } catch (RuntimeException failure) {
            return keep(event, payload, failure);
        }
    }

    private EventApplier.Step applyAndRecord(InboxEvent event, String payload) {
        EventApplier.Step step = applier.apply(gateway.content(payload), event.createdAt());
        if (step instanceof EventApplier.Step.Settled settled) {
            if (settled.status() != event.status()) {
                stores.inbox().update(settledAs(event, settled.status(), payload));
            }
        } else {
            stores.inbox()
                    .update(event.pending(event.attempts(), clock.instant().plus(LEASE), null, payload));
        }
        return step;
    }

    private WebhookOutcome finish(InboxEvent event, String payload, EventApplier.Step step) {
        InboxStatus status = step instanceof EventApplier.Step.Fetch fetch
                ? settle(event, payload, fetch)
                : ((EventApplier.Step.Settled) step).status();
        return switch (status) {
            case IGNORED -> new WebhookOutcome.Ignored(event.id(), event.type());
            case PARKED -> new WebhookOutcome.Parked(event.id(), event.type());
            default -> new WebhookOutcome.Applied(event.id(), event.type());
        };
    }

    /** Asks the provider, outside any transaction, and records what came of it. */
    private InboxStatus settle(InboxEvent event, String payload, EventApplier.Step.Fetch fetch) {
        InboxStatus status = EventApplier.Step.settled(fetch.call().get()).status();
        stores.inbox().update(settledAs(event, status, payload));
        return status;
    }

    /** The transaction is gone, the event must not be: stores it alone. If even that fails, the provider delivers again. */
    private WebhookOutcome keep(InboxEvent event, String payload, RuntimeException failure) {
        InboxEvent kept = failed(event, payload, failure);
        stores.transactor().run(() -> {
            boolean ours = stores.inbox().insert(kept);
            if (!ours && statusOf(kept) == InboxStatus.PENDING) {
                stores.inbox().update(kept);
            }
        });
        return new WebhookOutcome.Deferred(event.id(), event.type());
    }

    private InboxStatus statusOf(InboxEvent event) {
        return stores.inbox().find(event.id()).map(InboxEvent::status).orElse(InboxStatus.PENDING);
    }

    private InboxEvent failed(InboxEvent event, String payload, RuntimeException failure) {
        int attempts = event.attempts() + 1;
        boolean dead = retries.exhausted(attempts);
        LOG.warn(
                "Event {} ({}) could not be applied, attempt {}{}",
                event.id(),
                event.type(),
                attempts,
                dead ? "; given up, it stays in the inbox" : "; it is tried again",
                failure);
        String error = Failures.oneLine(failure);
        return dead
                ? event.kept(InboxStatus.DEAD, attempts, error, payload)
                : event.pending(attempts, clock.instant().plus(retries.delayAfter(attempts)), error, payload);
    }

    private static InboxEvent settledAs(InboxEvent event, InboxStatus status, String payload) {
        return status == InboxStatus.PARKED
                ? event.kept(status, event.attempts(), null, payload)
                : event.finished(status);
    }

    private static WebhookOutcome reject(Rejection reason, String detail) {
        LOG.info("Webhook request refused: {} ({})", reason, detail);
        return new WebhookOutcome.Rejected(reason, detail);
    }

    /**
     * The two ways into the mirror.
     *
     * @param writer the door
     * @param sync fetches what an event alone cannot tell
     */
    public record MirrorAccess(MirrorWriter writer, MirrorSync sync) {}
}
