package dev.billhook.spring.actuate;

import dev.billhook.webhook.InboxStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Gauges of what waits and what failed, each with the name of its account. Every node tells the same numbers: those of the
 * database.
 */
final class BillingMeters implements MeterBinder {
    private final BillingStateReader reader;
    private final String main;

    /**
     * @param main name of the main account
     */
    BillingMeters(BillingStateReader reader, String main) {
        this.reader = reader;
        this.main = main;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        new Account(main, BillingStateReader::recent, registry).bind();
        for (String name : reader.further()) {
            new Account(name, from -> from.recent().of(name), registry).bind();
        }
    }

    /** The gauges of one account. */
    private final class Account {
        private final Tags tags;
        private final Function<BillingStateReader, BillingState> recent;
        private final MeterRegistry registry;

        Account(String name, Function<BillingStateReader, BillingState> recent, MeterRegistry registry) {
            this.tags = Tags.of("account", name);
            this.recent = recent;
            this.registry = registry;
        }

        void bind() {
            for (InboxStatus status : InboxStatus.values()) {
                Gauge.builder("billhook.inbox.events", reader, of(state -> state.inbox(status)))
                        .tags(tags)
                        .tag("status", status.name().toLowerCase(Locale.ROOT))
                        .description("Events in the inbox")
                        .register(registry);
            }
            seconds("billhook.inbox.lag", "How long the oldest event waits to be applied", BillingState::inboxLag);
            count(
                    "billhook.outbox.pending",
                    "Deliveries to listeners that wait",
                    state -> state.outbox().pending());
            count(
                    "billhook.outbox.failing",
                    "Those of them that failed before",
                    state -> state.outbox().failing());
            count(
                    "billhook.outbox.dead",
                    "Deliveries that failed too often",
                    state -> state.outbox().dead());
            seconds("billhook.outbox.lag", "How long the first delivery is overdue", BillingState::outboxLag);
            count(
                    "billhook.usage.pending",
                    "Usage records that wait",
                    state -> state.usage().pending());
            count(
                    "billhook.usage.failing",
                    "Those of them Stripe did not take before",
                    state -> state.usage().failing());
            count(
                    "billhook.usage.dead",
                    "Usage records that failed too often",
                    state -> state.usage().dead());
            seconds("billhook.usage.lag", "How long the first usage record is overdue", BillingState::usageLag);
            seconds("billhook.replay.age", "Time since the last replay of Stripe's events", state -> {
                Duration age = state.replayAge();
                return age == null ? Duration.ZERO : age;
            });
        }

        private void count(String name, String what, ToDoubleFunction<BillingState> value) {
            Gauge.builder(name, reader, of(value)).tags(tags).description(what).register(registry);
        }

        private void seconds(String name, String what, Function<BillingState, Duration> value) {
            Gauge.builder(name, reader, of(state -> value.apply(state).toSeconds()))
                    .tags(tags)
                    .baseUnit("seconds")
                    .description(what)
                    .register(registry);
        }

        private ToDoubleFunction<BillingStateReader> of(ToDoubleFunction<BillingState> value) {
            return from -> value.applyAsDouble(recent.apply(from));
        }
    }
}
