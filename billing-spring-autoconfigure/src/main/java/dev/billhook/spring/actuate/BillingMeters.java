package dev.billhook.spring.actuate;

import dev.billhook.webhook.InboxStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Gauges of what waits and what failed. Every node tells the same numbers: those of the database. */
final class BillingMeters implements MeterBinder {
    private final BillingStateReader reader;

    BillingMeters(BillingStateReader reader) {
        this.reader = reader;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (InboxStatus status : InboxStatus.values()) {
            Gauge.builder("billhook.inbox.events", reader, of(state -> state.inbox(status)))
                    .tag("status", status.name().toLowerCase(Locale.ROOT))
                    .description("Events in the inbox")
                    .register(registry);
        }
        seconds(
                "billhook.inbox.lag",
                "How long the oldest event waits to be applied",
                BillingState::inboxLag,
                registry);
        count(
                "billhook.outbox.pending",
                "Deliveries to listeners that wait",
                state -> state.outbox().pending(),
                registry);
        count(
                "billhook.outbox.failing",
                "Those of them that failed before",
                state -> state.outbox().failing(),
                registry);
        count(
                "billhook.outbox.dead",
                "Deliveries that failed too often",
                state -> state.outbox().dead(),
                registry);
        seconds("billhook.outbox.lag", "How long the first delivery is overdue", BillingState::outboxLag, registry);
        seconds(
                "billhook.replay.age",
                "Time since the last replay of Stripe's events",
                state -> {
                    Duration age = state.replayAge();
                    return age == null ? Duration.ZERO : age;
                },
                registry);
    }

    private void count(String name, String what, ToDoubleFunction<BillingState> value, MeterRegistry registry) {
        Gauge.builder(name, reader, of(value)).description(what).register(registry);
    }

    private void seconds(String name, String what, Function<BillingState, Duration> value, MeterRegistry registry) {
        Gauge.builder(name, reader, of(state -> value.apply(state).toSeconds()))
                .baseUnit("seconds")
                .description(what)
                .register(registry);
    }

    private static ToDoubleFunction<BillingStateReader> of(ToDoubleFunction<BillingState> value) {
        return reader -> value.applyAsDouble(reader.recent());
    }
}
