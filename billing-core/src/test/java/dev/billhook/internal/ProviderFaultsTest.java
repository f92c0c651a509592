package dev.billhook.internal;

import static dev.billhook.testing.BillingFixture.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderException.Category;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxStatus;
import dev.billhook.webhook.WebhookMode;
import dev.billhook.webhook.WebhookOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C6 Faults of the provider and of clocks: events wait, the mirror converges")
class ProviderFaultsTest {
    private static final Instant T = SubscriptionStates.START;
    private static final Subscription ACTIVE = SubscriptionStates.active("sub_1", "pro-monthly", 1);
    private static final Subscription CANCELLING = SubscriptionStates.cancelled(ACTIVE, Cancellation.atPeriodEnd());

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName(
            "whatever the provider refuses a fetch with: 200, the mirror untouched, and once it answers all is told once")
    void refused(Category category) {
        try (BillingFixture host = new BillingFixture()) {
            host.deliver(ACTIVE, T);
            host.atProvider(CANCELLING);
            host.provider.failWith(ProviderException.of(category, "HTTP 4711", "req_1", null));

            WebhookOutcome outcome = host.deliver("evt_2", CANCELLING, T);

            assertThat(outcome).isEqualTo(new WebhookOutcome.Deferred("evt_2", "customer.subscription.updated"));
            assertThat(outcome.httpStatus()).isEqualTo(200);
            assertThat(host.mirrored("sub_1")).isEqualTo(ACTIVE);
            assertThat(event(host, "evt_2").error()).contains("HTTP 4711").contains("req_1");

            host.provider.failWith(null);
            host.clock.advance(Duration.ofSeconds(13));
            host.drain();

            assertThat(host.mirrored("sub_1")).isEqualTo(CANCELLING);
            assertThat(event(host, "evt_2").status()).isEqualTo(InboxStatus.DONE);
            assertThat(host.eventNames()).containsExactly("SubscriptionActivated", "CancellationScheduled");
        }
    }

    @Test
    @DisplayName("a provider that gives no answer is asked once for a batch; what was not asked loses no attempt")
    void silence() {
        try (BillingFixture host = queued()) {
            host.provider.failWith(ProviderException.of(Category.NETWORK, "timed out", null, null));
            int before = host.provider.calls().size();
            for (int i = 0; i < 5; i++) {
                onTestClock(host, i);
            }

            host.drain();

            assertThat(host.provider.calls()).hasSize(before + 1);
            assertThat(host.billing.inbox().count()).isEqualTo(Map.of(InboxStatus.PENDING, 5L));
            assertThat(event(host, "evt_0").attempts()).isEqualTo(1);
            assertThat(event(host, "evt_4").attempts()).isZero();

            host.provider.failWith(null);
            host.clock.advance(Duration.ofMinutes(3));
            host.drain();
            assertThat(host.billing.inbox().count()).isEqualTo(Map.of(InboxStatus.DONE, 5L));
        }
    }

    @Test
    @DisplayName("a provider so slow that the lease ends is left alone; what was not asked comes back")
    void slow() {
        try (BillingFixture host = queued()) {
            for (int i = 0; i < 5; i++) {
                onTestClock(host, i);
            }
            host.provider.duringNextFetch(() -> host.clock.advance(Duration.ofMinutes(2)));

            host.billing.runDueWork();

            assertThat(host.provider.fetches()).isEqualTo(1);
            assertThat(event(host, "evt_0").status()).isEqualTo(InboxStatus.DONE);
            host.drain();
            assertThat(host.billing.inbox().count()).isEqualTo(Map.of(InboxStatus.DONE, 5L));
            assertThat(host.provider.fetches()).isEqualTo(5);
        }
    }

    @ParameterizedTest(name = "{0} minutes off")
    @ValueSource(longs = {-60 * 24 * 40, -60, 60, 60 * 24 * 40})
    @DisplayName("a host's clock that is wrong changes nothing of the mirror: the provider's times decide")
    void clockSkew(long minutes) {
        Duration skew = Duration.ofMinutes(minutes);
        BillingFixture[] self = new BillingFixture[1];
        try (BillingFixture host = new BillingFixture(
                builder -> builder.clock(() -> (self[0] == null ? T : self[0].clock.instant()).plus(skew)))) {
            self[0] = host;
            host.atProvider(CANCELLING);

            host.deliver(CANCELLING, T.plusSeconds(5));
            host.deliver(ACTIVE, T);
            host.deliver("evt_same", ACTIVE, T.plusSeconds(5));
            host.drain();

            assertThat(host.mirrored("sub_1")).isEqualTo(CANCELLING);
            assertThat(host.provider.fetches()).isEqualTo(1);
            assertThat(host.eventNames()).containsExactly("SubscriptionActivated", "CancellationScheduled");
            assertThat(host.afterCommit).isEqualTo(host.inTransaction);
        }
    }

    @Test
    @DisplayName(
            "a node whose clock is ahead takes another node's leased events too: asked twice, applied once, told once")
    void nodesOfDifferentClocks() {
        try (BillingFixture behind = queued()) {
            onTestClock(behind, 0);
            try (BillingFixture ahead = new BillingFixture(behind.stores, builder -> builder)) {
                ahead.clock.advance(Duration.ofMinutes(10));
                ahead.provider.put(snapshot(0));
                ahead.provider.event("evt_0", "customer.subscription.updated", T, new EventContent.State(snapshot(0)));
                behind.provider.duringNextFetch(ahead::drain);

                behind.drain();

                assertThat(event(behind, "evt_0").status()).isEqualTo(InboxStatus.DONE);
                assertThat(behind.inTransaction.size() + ahead.inTransaction.size())
                        .isEqualTo(1);
                assertThat(ahead.provider.fetches()).isEqualTo(1);
            }
        }
    }

    private static BillingFixture queued() {
        return new BillingFixture(builder -> builder.webhookMode(WebhookMode.QUEUED));
    }

    /** Objects on a test clock are always fetched. */
    private static void onTestClock(BillingFixture host, int number) {
        host.provider.put(snapshot(number));
        host.deliver("evt_" + number, "customer.subscription.updated", new EventContent.State(snapshot(number)), T);
    }

    private static SubscriptionSnapshot snapshot(int number) {
        Subscription state = SubscriptionStates.active("sub_t" + number, "pro-monthly", 1);
        return new SubscriptionSnapshot(state, "cus_1", ACCOUNT, true);
    }

    private static InboxEvent event(BillingFixture host, String id) {
        return host.billing.inbox().find(id).orElseThrow();
    }
}
