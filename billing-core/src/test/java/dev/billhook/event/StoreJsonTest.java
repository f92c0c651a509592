package dev.billhook.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.BillingException;
import dev.billhook.account.AccountRef;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessReason;
import dev.billhook.entitlement.NextStep;
import dev.billhook.money.Money;
import dev.billhook.purchase.Purchase;
import dev.billhook.purchase.SaleVerdict;
import dev.billhook.spi.store.StoreJson;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionFixture;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.trial.TrialRefusal;
import java.net.URI;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C4 state and events are stored as JSON of Billhook's own records")
class StoreJsonTest {
    private static final Instant WHEN = Instant.parse("2026-01-31T12:00:00Z");
    private static final EventMeta META = new EventMeta("fact-1", AccountRef.of("team", "a:b"), WHEN);
    private static final List<PlanKey> PRO = List.of(PlanKey.of("pro-monthly"));
    private static final PaymentMethod VISA = new PaymentMethod("pm_1", "card", "visa", "4242", 12, 2030);

    private static final URI PAGE = URI.create("https://invoice.example/in_1");

    private static final OpenBill BILL = new OpenBill(Money.of(1999, "usd"), PAGE);

    static Stream<BillingEvent> events() {
        return Stream.of(
                new BillingEvent.SubscriptionActivated(META, "sub_1", PRO),
                new BillingEvent.TrialStarted(META, "sub_1", PRO, WHEN),
                new BillingEvent.TrialStarted(META, "sub_1", List.of(), null),
                new BillingEvent.PlanChanged(META, "sub_1", PRO, List.of(PlanKey.of("team-monthly"))),
                new BillingEvent.UnitsChanged(META, "sub_1", PRO.get(0), 1, Long.MAX_VALUE),
                new BillingEvent.CancellationScheduled(META, "sub_1", WHEN),
                new BillingEvent.CancellationWithdrawn(META, "sub_1"),
                new BillingEvent.PlanChangeScheduled(META, "sub_1", WHEN, PRO),
                new BillingEvent.PlanChangeWithdrawn(META, "sub_1"),
                new BillingEvent.SubscriptionEnded(META, "sub_1", SubscriptionStatus.PAST_DUE),
                new BillingEvent.PaymentRecovered(META, "sub_1"),
                new BillingEvent.PaymentFailed(META, "sub_1", "in_1", Money.of(1999, "usd"), WHEN, null),
                new BillingEvent.PaymentFailed(META, null, "in_1", Money.of(500, "jpy"), null, null),
                new BillingEvent.InvoicePaid(META, "sub_1", "in_1", Money.of(0, "kwd")),
                new BillingEvent.PaymentMethodChanged(META, VISA),
                new BillingEvent.PaymentMethodChanged(META, null),
                new BillingEvent.InvoiceIssued(META, "sub_1", "in_1", Money.of(1999, "usd"), PAGE),
                new BillingEvent.InvoiceIssued(META, null, "in_1", Money.of(1999, "usd"), null),
                new BillingEvent.PaymentActionRequired(META, "sub_1", "in_1", Money.of(1999, "usd"), PAGE),
                new BillingEvent.RenewalUpcoming(META, "sub_1", Money.of(1999, "usd"), WHEN, PRO, VISA),
                new BillingEvent.RenewalUpcoming(META, "sub_1", null, WHEN, PRO, null),
                new BillingEvent.TrialEnding(META, "sub_1", WHEN, PRO, true, Money.of(1999, "usd"), VISA),
                new BillingEvent.TrialEnding(META, "sub_1", WHEN, PRO, false, null, null),
                new BillingEvent.CardExpiring(META, VISA, WHEN),
                new BillingEvent.AccessLimitApproaching(
                        META, WHEN, AccessReason.PAYMENT_MISSING, NextStep.UPDATE_PAYMENT_METHOD, PRO, BILL),
                new BillingEvent.AccessLimited(META, AccessReason.ENDED, NextStep.CHOOSE_PLAN, PRO, WHEN, null),
                new BillingEvent.AccessRestored(META, PRO),
                new BillingEvent.ClosureApproaching(META, WHEN, AccessReason.ENDED, NextStep.CHOOSE_PLAN),
                new BillingEvent.AccountClosed(META, AccessReason.ENDED, NextStep.CHOOSE_PLAN),
                new BillingEvent.OfferOversold(META, PlanKey.of("pro-lifetime"), 500, 501),
                new BillingEvent.TrialMisused(META, "sub_1", TrialRefusal.CARD_HAD_TRIAL),
                new BillingEvent.CollectionPaused(META, "sub_1"),
                new BillingEvent.CollectionResumed(META, "sub_1"),
                new BillingEvent.DiscountApplied(META, "sub_1", "TEN"),
                new BillingEvent.DiscountRemoved(META, "sub_1", "TEN"),
                new BillingEvent.SubscriptionPaused(META, "sub_1"),
                new BillingEvent.RefundIssued(META, "ch_1", Money.of(500, "usd"), Money.of(1999, "usd")),
                new BillingEvent.DisputeOpened(META, "du_1", "ch_1", Money.of(1999, "usd"), "fraudulent"),
                new BillingEvent.DisputeClosed(META, "du_1", "ch_1", Money.of(1999, "usd"), true),
                new BillingEvent.FeaturesChanged(META, List.of("sso")),
                new BillingEvent.DuplicateSubscriptionDetected(META, "sub_2", List.of("sub_1")),
                new BillingEvent.PurchaseMade(META, "cs_1", PlanKey.of("pro-lifetime"), 1),
                new BillingEvent.PurchaseRevoked(META, "cs_1", PlanKey.of("pro-lifetime"), Purchase.Reason.REFUNDED),
                new BillingEvent.PurchaseRestored(META, "cs_1", PlanKey.of("pro-lifetime")),
                new BillingEvent.PurchaseFailed(META, "cs_1", PlanKey.of("pro-lifetime")),
                new BillingEvent.PurchaseFailed(META, "cs_1", null),
                new BillingEvent.PurchaseMismatched(META, "cs_1", SaleVerdict.Mismatch.OTHER_PLAN),
                new BillingEvent.AccountDeletionStarted(META),
                new BillingEvent.AccountDeleted(META, AccountRef.of(AccountRef.DELETED, "1")));
    }

    @ParameterizedTest
    @MethodSource("events")
    @DisplayName("C4 every event reads back equal")
    void eventsReadBack(BillingEvent event) {
        assertThat(StoreJson.readEvent(StoreJson.write(event))).isEqualTo(event);
        assertThat(event.id()).isEqualTo("fact-1");
        assertThat(event.account()).isEqualTo(META.account());
    }

    @ParameterizedTest
    @MethodSource("events")
    @DisplayName(
            "D14 of a deleted account's events links and what tells a payment method are left out, and nothing else")
    void withoutPersonalData(BillingEvent event) {
        BillingEvent rest = StoreJson.withoutPersonalData(event);

        assertThat(rest).hasSameClassAs(event);
        assertThat(rest.meta()).isEqualTo(event.meta());
        assertThat(StoreJson.write(rest)).doesNotContain("http").doesNotContain("lastFour");
        if (!StoreJson.write(event).matches(".*(http|lastFour).*")) {
            assertThat(rest).isEqualTo(event);
        }
    }

    @Test
    @DisplayName("C4 no kind of event is left out above")
    void everyKind() {
        assertThat(events().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(BillingEvent.class.getPermittedSubclasses());
    }

    @Test
    @DisplayName("C4 the form of an event is stable: rows of older versions must stay readable")
    void form() {
        assertThat(StoreJson.write(new BillingEvent.CancellationScheduled(META, "sub_1", WHEN)))
                .isEqualTo("{\"type\":\"CancellationScheduled\",\"meta\":{\"id\":\"fact-1\",\"account\":\"team:a:b\","
                        + "\"occurredAt\":\"2026-01-31T12:00:00Z\"},\"subscriptionId\":\"sub_1\","
                        + "\"endsAt\":\"2026-01-31T12:00:00Z\"}");
    }

    @Test
    @DisplayName("C4 subscriptions read back equal, whichever fields are absent")
    void subscriptions() {
        Subscription full = SubscriptionFixture.on("pro-monthly")
                .with(null, 0)
                .trialUntil(WHEN)
                .endingWithPeriod()
                .endingAt(WHEN)
                .canceledAt(WHEN)
                .endedAt(WHEN)
                .onTerms(new BillingTerms(
                        Currency.getInstance("KWD"),
                        CollectionMethod.invoice(14),
                        List.of(new BillingTerms.Discount("di_1", "welcome", null, WHEN))))
                .changingAt(WHEN, "team-monthly", 3)
                .build();
        Subscription bare = SubscriptionFixture.ofId("sub_2").build();

        assertThat(StoreJson.readSubscription(StoreJson.write(full))).isEqualTo(full);
        assertThat(StoreJson.readSubscription(StoreJson.write(bare))).isEqualTo(bare);
    }

    @Test
    @DisplayName("C4 a subscription stored before its terms were known is read: collected automatically, no discounts")
    void olderSubscriptions() {
        String fields = "\"id\":\"sub_1\",\"status\":\"ACTIVE\",\"items\":[],\"createdAt\":\"2026-01-01T00:00:00Z\"";
        Subscription expected = SubscriptionFixture.ofId("sub_1").build();

        assertThat(StoreJson.readSubscription("{" + fields + "}")).isEqualTo(expected);
        assertThat(StoreJson.readSubscription("{" + fields + ",\"terms\":{}}")).isEqualTo(expected);
        assertThat(expected.terms()).isEqualTo(BillingTerms.UNKNOWN);
    }

    @Test
    @DisplayName("C4 customers read back equal, and only what is known is written")
    void customers() {
        Customer full = new Customer("cus_1", "usd", true, VISA, true);

        assertThat(StoreJson.readCustomer(StoreJson.write(full))).isEqualTo(full);
        assertThat(StoreJson.write(Customer.ofId("cus_1")))
                .isEqualTo("{\"id\":\"cus_1\",\"delinquent\":false,\"deleted\":false}");
        assertThat(StoreJson.readCustomer(StoreJson.write(Customer.ofId("cus_1"))))
                .isEqualTo(Customer.ofId("cus_1"));
    }

    @Test
    @DisplayName("C4 a row of another version is read: unknown fields are ignored, absent ones are null or false")
    void otherVersions() {
        assertThat(StoreJson.readCustomer("{\"id\":\"cus_1\",\"loyalty\":{\"points\":3}}"))
                .isEqualTo(Customer.ofId("cus_1"));
        assertThat(
                        StoreJson.readEvent(
                                "{\"type\":\"PaymentRecovered\",\"future\":1,\"subscriptionId\":\"sub_1\","
                                        + "\"meta\":{\"id\":\"fact-1\",\"account\":\"team:a:b\",\"occurredAt\":\"2026-01-31T12:00:00Z\"}}"))
                .isEqualTo(new BillingEvent.PaymentRecovered(META, "sub_1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"type\":\"FromTheFuture\",\"meta\":{\"secret\":\"ada@example.org\"}}",
                "{\"type\":\"PaymentRecovered\",\"meta\":{\"id\":\"1\",\"account\":\"ada@example.org\"}}"
            })
    @DisplayName("D14 what cannot be read is an error that names the kind and repeats nothing of the row")
    void unreadable(String json) {
        assertThatExceptionOfType(BillingException.class)
                .isThrownBy(() -> StoreJson.readEvent(json))
                .withMessageContaining("BillingEvent")
                .withMessageNotContaining("ada@example.org")
                .satisfies(e -> assertThat(String.valueOf(e.getCause())).doesNotContain("ada@example.org"));
    }
}
