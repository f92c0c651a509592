package dev.billhook.examples.podcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessReason;
import dev.billhook.entitlement.NextStep;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.EventMeta;
import dev.billhook.event.OpenBill;
import dev.billhook.examples.podcast.member.Member;
import dev.billhook.examples.podcast.member.SignUp;
import dev.billhook.examples.podcast.notice.Notice;
import dev.billhook.examples.podcast.notice.Notices;
import dev.billhook.money.Money;
import dev.billhook.purchase.Purchase;
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
                        meta(member, "j"), new PaymentMethod("pm_1", "card", "visa", "4242", 12, 2045)),
                new BillingEvent.PurchaseMade(meta(member, "s"), "cs_1", PRO.get(0), 1),
                new BillingEvent.PurchaseFailed(meta(member, "t"), "cs_1", PRO.get(0)),
                new BillingEvent.PurchaseRevoked(meta(member, "u"), "cs_1", PRO.get(0), Purchase.Reason.REFUNDED),
                new BillingEvent.PurchaseRestored(meta(member, "v"), "cs_1", PRO.get(0)));
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
                        "We received ¥500. Thank you!",
                        "Pro is yours for ever. Thank you!",
                        "Your bank did not pay, so nothing was bought.",
                        "Pro is not yours any more: the payment went back.",
                        "Pro is yours again.");
    }

    @Test
    @DisplayName("D3 what time brings is put into words, with amount and date")
    void reminders() {
        Member member = signUp.join(newEmail(), "Tea").orElseThrow();
        Instant day = Instant.parse("2026-12-04T12:00:00Z");
        Money price = Money.of(2900, "usd");
        PaymentMethod card = new PaymentMethod("pm_1", "card", "visa", "4242", 12, 2026);
        OpenBill bill = new OpenBill(price, null);
        List<BillingEvent> events = List.of(
                new BillingEvent.TrialEnding(meta(member, "k"), "sub_1", day, PRO, true, price, card),
                new BillingEvent.TrialEnding(meta(member, "l"), "sub_1", day, PRO, true, price, null),
                new BillingEvent.TrialEnding(meta(member, "m"), "sub_1", day, PRO, false, null, null),
                new BillingEvent.RenewalUpcoming(meta(member, "n"), "sub_1", price, day, PRO, card),
                new BillingEvent.CardExpiring(meta(member, "o"), card, day),
                new BillingEvent.AccessLimitApproaching(
                        meta(member, "p"),
                        day,
                        AccessReason.PAYMENT_MISSING,
                        NextStep.UPDATE_PAYMENT_METHOD,
                        PRO,
                        bill),
                new BillingEvent.AccessLimited(
                        meta(member, "q"),
                        AccessReason.PAYMENT_MISSING,
                        NextStep.UPDATE_PAYMENT_METHOD,
                        PRO,
                        null,
                        bill),
                new BillingEvent.AccessLimited(
                        meta(member, "w"), AccessReason.ENDED, NextStep.CHOOSE_PLAN, PRO, null, null),
                new BillingEvent.AccessRestored(meta(member, "r"), PRO));
        events.forEach(listener::on);
        assertThat(notices.latest(member.id(), 20))
                .extracting(Notice::text)
                .containsExactlyInAnyOrder(
                        "Your free trial ends on 4 December 2026. We will charge $29.00 then.",
                        "Your free trial ends on 4 December 2026. Add a card to go on.",
                        "Your free trial ends on 4 December 2026.",
                        "Your subscription renews on 4 December 2026 for $29.00.",
                        "Your card ending in 4242 expires soon. Please update it.",
                        "Your shows become read-only on 4 December 2026 unless $29.00 is paid.",
                        "Your shows are read-only until $29.00 is paid.",
                        "Your shows are read-only. All you made is safe.");
    }

    private static EventMeta meta(Member member, String id) {
        return new EventMeta(member.id() + "-" + id, member.account(), NOON);
    }
}
