package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.ProviderScope;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every inbox does. */
abstract class InboxStoreContract extends StoreContract {
    private static final Duration LEASE = Duration.ofMinutes(1);
    /** Longer than any event the provider sends. */
    private static final String PAYLOAD = "{\"id\":\"evt\",\"text\":\"ü'\\\\🎈" + "x".repeat(200_000) + "\"}";

    @Test
    @DisplayName("C6 A received event comes back as it was written")
    void roundTrip() {
        InboxEvent event = pending("evt_1", day(0), NOW);

        assertThat(stores.inbox().insert(event)).isTrue();

        assertThat(stores.inbox().find("evt_1")).contains(event);
        assertThat(stores.inbox().find("evt_2")).isEmpty();
    }

    @Test
    @DisplayName("C6 An event delivered twice is stored once, and the duplicate does not spoil the transaction")
    void duplicate() {
        InboxEvent first = pending("evt_1", day(0), NOW);
        stores.inbox().insert(first);

        stores.transactor().run(() -> {
            assertThat(stores.inbox().insert(pending("evt_1", day(5), day(5)))).isFalse();
            assertThat(stores.inbox().insert(pending("evt_2", day(0), NOW))).isTrue();
        });

        assertThat(stores.inbox().find("evt_1")).contains(first);
        assertThat(stores.inbox().find("evt_2")).isPresent();
    }

    @Test
    @DisplayName("D14 A finished event loses its payload")
    void finish() {
        InboxEvent event = pending("evt_1", day(0), NOW);
        stores.inbox().insert(event);

        stores.inbox().update(event.finished(InboxStatus.DONE));

        assertThat(stores.inbox().find("evt_1")).contains(event.finished(InboxStatus.DONE));
        assertThat(stores.inbox().find("evt_1").orElseThrow().payload()).isNull();
    }

    @Test
    @DisplayName("A failure is kept with its error and next attempt")
    void fail() {
        InboxEvent event = pending("evt_1", day(0), NOW);
        stores.inbox().insert(event);
        InboxEvent failed = event.pending(3, day(1), "listener 'mail' failed", PAYLOAD);

        stores.inbox().update(failed);

        assertThat(stores.inbox().find("evt_1")).contains(failed);
    }

    @Test
    @DisplayName("Due events are claimed oldest first, as many as asked for, and leased")
    void claimDue() {
        stores.inbox().insert(pending("evt_c", day(-1), NOW));
        stores.inbox().insert(pending("evt_b", day(-2), NOW));
        stores.inbox().insert(pending("evt_a", day(-2), NOW));
        stores.inbox().insert(pending("evt_later", day(-3), NOW.plusSeconds(1)));

        assertThat(stores.inbox().claimDue(NOW, LEASE, 2))
                .containsExactly(
                        pending("evt_a", day(-2), NOW.plus(LEASE)), pending("evt_b", day(-2), NOW.plus(LEASE)));
        assertThat(stores.inbox().claimDue(NOW, LEASE, 2)).containsExactly(pending("evt_c", day(-1), NOW.plus(LEASE)));
        assertThat(stores.inbox().claimDue(NOW, LEASE, 2)).isEmpty();
        assertThat(stores.inbox().find("evt_a").orElseThrow().nextAttemptAt()).isEqualTo(NOW.plus(LEASE));
    }

    @Test
    @DisplayName("An event whose lease ran out is claimed again")
    void leaseRunsOut() {
        stores.inbox().insert(pending("evt_1", day(0), NOW));
        stores.inbox().claimDue(NOW, LEASE, 10);

        assertThat(stores.inbox().claimDue(NOW.plus(LEASE).minusNanos(1000), LEASE, 10))
                .isEmpty();
        assertThat(stores.inbox().claimDue(NOW.plus(LEASE), LEASE, 10)).hasSize(1);
    }

    @Test
    @DisplayName("Finished, ignored, parked and dead events are not claimed")
    void onlyPending() {
        for (InboxStatus status : InboxStatus.values()) {
            if (status != InboxStatus.PENDING) {
                stores.inbox().insert(pending("evt_" + status, day(0), NOW).kept(status, 9, "error", PAYLOAD));
            }
        }

        assertThat(stores.inbox().claimDue(day(999), LEASE, 10)).isEmpty();
    }

    @Test
    @DisplayName("D13 Scopes never see each other's events")
    void scopes() {
        BillingStores live = stores(new ProviderScope(stores.scope().account(), true));
        InboxEvent event = pending("evt_1", day(0), NOW);
        stores.inbox().insert(event);

        assertThat(live.inbox().find("evt_1")).isEmpty();
        assertThat(live.inbox().claimDue(day(9), LEASE, 10)).isEmpty();
        assertThat(live.inbox().insert(event)).isTrue();
        live.inbox().update(event.finished(InboxStatus.DONE));

        assertThat(stores.inbox().find("evt_1")).contains(event);
    }

    private static InboxEvent pending(String id, Instant createdAt, Instant nextAttemptAt) {
        return new InboxEvent(id, "invoice.paid", createdAt, NOW, InboxStatus.PENDING, 0, nextAttemptAt, null, PAYLOAD);
    }
}
