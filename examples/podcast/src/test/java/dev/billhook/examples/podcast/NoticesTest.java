package dev.billhook.examples.podcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.PlanKey;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.EventMeta;
import dev.billhook.examples.podcast.member.Member;
import dev.billhook.examples.podcast.member.SignUp;
import dev.billhook.examples.podcast.notice.Notice;
import dev.billhook.examples.podcast.notice.Notices;
import dev.billhook.money.Money;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DisplayName("What billing has to tell")
class NoticesTest extends PodcastFixture {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final List<PlanKey> STARTER = List.of(PlanKey.of("starter-monthly"));
    private static final List<PlanKey> PRO = List.of(PlanKey.of("pro-yearly"));

    @Autowired
    private BillingListener listener;

    @Autowired
    private Notices notices;

    @Autowired
    private SignUp signUp;

    @Test
    @DisplayName("D3 an event that is delivered twice is noted once")
    void once() {
        Member member = signUp.join(newEmail(), "Tea").orElseThrow();
        BillingEvent event = new BillingEvent.CancellationScheduled(
                meta(member, "once"), "sub_1", Instant.parse("2026-12-20T12:00:00Z"));
        listener.on(event);
        listener.on(event);
        assertThat(notices.latest(member.id(), 10))
                .containsExactly(new Notice("Your subscription will end on 20 December 2026.", NOON));
    }

    @Test
    @DisplayName("D3 each event a member should know is put into words; the others are not mentioned")
    void words() {
        Member member = signUp.join(newEmail(), "Tea").orElseThrow();
        List<BillingEvent> events = List.of(
                new BillingEvent.SubscriptionActivated(meta(member, "a"), "sub_1", STARTER),
                new BillingEvent.TrialStarted(meta(member, "b"), "sub_1", PRO, Instant.parse("2026-12-04T12:00:00Z")),
                new BillingEvent.PlanChanged(meta(member, "c"), "sub_1", STARTER, PRO),
                new BillingEvent.UnitsChanged(meta(member, "d"), "sub_1", STARTER.get(0), 2, 5),
                new BillingEvent.CancellationWithdrawn(meta(member, "e"), "sub_1"),
                new BillingEvent.PaymentFailed(meta(member, "f"), "sub_1", "in_1", Money.of(2900, "usd"), null, null),
                new BillingEvent.PaymentRecovered(meta(member, "g"), "sub_1"),
                new BillingEvent.InvoicePaid(meta(member, "h"), "sub_1", "in_1", Money.of(500, "jpy")),
                new BillingEvent.InvoicePaid(meta(member, "i"), "sub_1", "in_2", Money.of(0, "usd")),
                new BillingEvent.PaymentMethodChanged(
                        meta(member, "j"), new PaymentMethod("pm_1", "card", "visa", "4242", 12, 2045)));
        events.forEach(listener::on);
        assertThat(notices.latest(member.id(), 20))
                .extracting(Notice::text)
                .containsExactlyInAnyOrder(
                        "Your Starter plan is active.",
                        "Your free trial of Pro runs until 4 December 2026.",
                        "You moved from Starter to Pro.",
                        "You have 5 seats now; it was 2.",
                        "Your subscription goes on; the cancellation is withdrawn.",
                        "We could not collect $29.00. Please update your card.",
                        "Your payment came through. Thank you!",
                        "We received ¥500. Thank you!");
    }

    private static EventMeta meta(Member member, String id) {
        return new EventMeta(member.id() + "-" + id, member.account(), NOON);
    }
}
