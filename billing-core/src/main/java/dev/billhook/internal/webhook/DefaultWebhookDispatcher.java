package dev.billhook.internal.webhook;

import dev.billhook.internal.checkout.Visits;
import dev.billhook.internal.mirror.DefaultMirrorWriter;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.internal.purchase.PurchaseSync;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.provider.WebhookGateway;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.Rejection;
import dev.billhook.webhook.RetryPolicy;
import dev.billhook.webhook.WebhookDispatcher;
import dev.billhook.webhook.WebhookMode;
import dev.billhook.webhook.WebhookOutcome;
import dev.billhook.webhook.WebhookRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events in. Inline, storing and applying are one transaction, shared with other requests of the moment; if applying
 * fails, the event alone is stored and tried again later. Queued, an event is stored and the background is woken.
 */
public final class DefaultWebhookDispatcher implements WebhookDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultWebhookDispatcher.class);

    private final WebhookGateway gateway;
    private final BillingStores stores;
    private final InboxProcessor processor;
    private final SharedCommit sharedCommit;
    private final SharedWork<InboxProcessor.Read, Optional<InboxProcessor.Taken>> sharedApplying;
    private final Settings settings;

    /** A dispatcher for the events of the provider. */
    public DefaultWebhookDispatcher(
            PaymentProvider provider, BillingStores stores, MirrorAccess mirror, Settings settings) {
        this.gateway = provider.webhooks();
        this.stores = stores;
        this.settings = settings;
        this.sharedCommit = new SharedCommit(stores);
        EventApplier applier = new EventApplier(stores, mirror.writer(), mirror.visits());
        this.processor = new InboxProcessor(
                gateway, stores, applier, new Answers(mirror, provider, applier), settings.retries(), settings.clock());
        this.sharedApplying =
                new SharedWork<>(stores.transactor(), processor::takeIn, failure -> false, SharedWork.Timing.TOGETHER);
    }

    @Override
    public WebhookOutcome dispatch(WebhookRequest request) {
        if (settings.mode() == WebhookMode.QUEUED) {
            return admit(gateway.receive(request), this::queue);
        }
        WebhookGateway.Received received = gateway.receiveAndRead(request);
        return admit(received.reception(), event -> apply(event, received.content()));
    }

    private WebhookOutcome admit(WebhookGateway.Reception reception, Function<InboxEvent, WebhookOutcome> take) {
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
        return take.apply(InboxEvent.received(
                envelope.id(),
                envelope.type(),
                envelope.createdAt(),
                settings.clock().instant(),
                accepted.payload()));
    }

    @Override
    public int processDue(int max) {
        return processor.processDue(max);
    }

    private WebhookOutcome queue(InboxEvent event) {
        if (!sharedCommit.insert(event)) {
            return new WebhookOutcome.Duplicate(event.id());
        }
        settings.wakeUp().run();
        return new WebhookOutcome.Queued(event.id(), event.type());
    }

    private WebhookOutcome apply(InboxEvent event, Supplier<EventContent> content) {
        Optional<InboxProcessor.Taken> taken;
        try {
            taken = sharedApplying.run(InboxProcessor.read(event, content));
        } catch (Throwable failure) {
            return keep(event, failure);
        }
        return taken.map(this::settled).orElseGet(() -> new WebhookOutcome.Duplicate(event.id()));
    }

    /** The event is safe by now, so whatever fails from here on is no matter of the provider's. */
    private WebhookOutcome settled(InboxProcessor.Taken taken) {
        InboxEvent event = taken.event();
        try {
            return told(processor.settle(List.of(taken)).stream().findFirst().orElse(event));
        } catch (RuntimeException failure) {
            LOG.warn("Event {} ({}) waits: its answer could not be stored", event.id(), event.type(), failure);
            return told(event);
        }
    }

    /** The transaction is gone, the event must not be: stores it alone. If even that fails, the provider delivers again. */
    private WebhookOutcome keep(InboxEvent event, Throwable failure) {
        InboxEvent kept = processor.failed(event, failure);
        stores.transactor().run(() -> stores.inbox().insert(kept));
        return told(kept);
    }

    private static WebhookOutcome told(InboxEvent event) {
        return switch (event.status()) {
            case IGNORED -> new WebhookOutcome.Ignored(event.id(), event.type());
            case PARKED -> new WebhookOutcome.Parked(event.id(), event.type());
            case PENDING, DEAD -> new WebhookOutcome.Deferred(event.id(), event.type());
            case DONE, DISCARDED -> new WebhookOutcome.Applied(event.id(), event.type());
        };
    }

    private static WebhookOutcome reject(Rejection reason, String detail) {
        LOG.info("Webhook request refused: {} ({})", reason, detail);
        return new WebhookOutcome.Rejected(reason, detail);
    }

    /**
     * The ways into the mirror.
     *
     * @param writer the door
     * @param sync fetches what an event alone cannot tell
     * @param visits what comes of visits to payment pages
     * @param purchases fetches what was sold at them once
     */
    public record MirrorAccess(DefaultMirrorWriter writer, MirrorSync sync, Visits visits, PurchaseSync purchases) {}

    /**
     * How events are taken.
     *
     * @param mode when they are applied
     * @param retries when they are applied again
     * @param clock now
     * @param wakeUp has the background look at once
     */
    public record Settings(WebhookMode mode, RetryPolicy retries, InstantSource clock, Runnable wakeUp) {}
}
