package dev.billhook.internal.ending;

import dev.billhook.RequestKey;
import dev.billhook.internal.subscription.Commands;
import dev.billhook.internal.subscription.PlanChanger;
import dev.billhook.lifecycle.CancellationPreview;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Cancellation.Settlement;
import dev.billhook.subscription.Cancellation.Why;
import dev.billhook.subscription.Subscription;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Ends subscriptions, and withdraws that. */
public final class Endings {
    private final SubscriptionGateway gateway;
    private final Commands commands;
    private final PlanChanger changer;
    private final Paybacks paybacks;
    private final InstantSource clock;

    /** Of subscriptions at the provider. */
    public Endings(PaymentProvider provider, Commands commands, PlanChanger changer, InstantSource clock) {
        this.gateway = provider.subscriptions();
        this.commands = commands;
        this.changer = changer;
        this.paybacks = new Paybacks(provider, clock);
        this.clock = clock;
    }

    /** The provider refuses to end a subscription later that a schedule governs, so the schedule goes first. */
    public Subscription cancel(Subscription current, Cancellation cancellation, Why why, RequestKey key) {
        if (cancellation instanceof Cancellation.Now now) {
            return cancelNow(current.id(), now.settlement(), why, key);
        }
        changer.release(current, key);
        return commands.run(current.id(), () -> gateway.cancel(current.id(), cancellation, why, key));
    }

    /** Whichever way the end was set. */
    public Subscription uncancel(Subscription current, RequestKey key) {
        if (current.pendingEnd().isPresent()) {
            changer.release(current, key);
        }
        return commands.run(current.id(), () -> gateway.uncancel(current.id(), key));
    }

    /** What the cancellation would give back now; later ends give back nothing. */
    public CancellationPreview preview(Subscription mirrored, Cancellation cancellation) {
        Subscription current = commands.refresh(mirrored.id());
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (cancellation instanceof Cancellation.Now at) {
            return paybacks.of(current, commands.customerOf(current.id()), at.settlement())
                    .told(now);
        }
        Instant end = cancellation instanceof Cancellation.At at
                ? at.end()
                : current.periodEnd().orElse(now);
        return paybacks.of(current, commands.customerOf(current.id()), Settlement.NOTHING)
                .told(end);
    }

    /** First what is given back, then the end: if the first is refused, nothing has changed. */
    private Subscription cancelNow(String id, Settlement settlement, Why why, RequestKey key) {
        Settlement rest = Settlement.NOTHING;
        if (settlement != Settlement.NOTHING) {
            Payback payback = paybacks.of(commands.refresh(id), commands.customerOf(id), settlement);
            paybacks.give(payback, key);
            rest = payback.billed() ? Settlement.CREDIT : Settlement.NOTHING;
        }
        Cancellation end = Cancellation.now(rest);
        return commands.run(id, () -> gateway.cancel(id, end, why, key));
    }
}
