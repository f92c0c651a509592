package dev.billhook.stripe;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.AccountRef;
import dev.billhook.simulator.WebhookSpec;
import dev.billhook.stripe.testing.Life;
import dev.billhook.stripe.testing.MirroredShop;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxStatus;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Events that Stripe delivers end in the mirror")
class EventsToMirrorTest {
    private static MirroredShop shop;

    @BeforeAll
    static void live() {
        shop = new MirroredShop(UnaryOperator.identity());
        Life.happensIn(shop);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    private static boolean mattersToBillhook(InboxEvent event) {
        return event.status() == InboxStatus.DONE;
    }

    @Test
    @DisplayName("C6 every type of event the product needs arrives and is applied")
    void everyType() {
        assertThat(shop.received())
                .filteredOn(EventsToMirrorTest::mattersToBillhook)
                .extracting(InboxEvent::type)
                .contains(
                        "customer.created",
                        "customer.updated",
                        "customer.deleted",
                        "customer.source.created",
                        "customer.source.updated",
                        "customer.source.deleted",
                        "customer.subscription.created",
                        "customer.subscription.updated",
                        "customer.subscription.deleted",
                        "customer.subscription.paused",
                        "customer.subscription.resumed",
                        "customer.subscription.trial_will_end",
                        "invoice.upcoming",
                        "invoice.finalized",
                        "invoice.paid",
                        "invoice.payment_failed",
                        "invoice.payment_action_required",
                        "checkout.session.completed",
                        "checkout.session.expired",
                        "charge.refunded",
                        "charge.dispute.created",
                        "charge.dispute.closed",
                        "payment_method.attached",
                        "payment_method.updated",
                        "payment_method.detached",
                        "subscription_schedule.created",
                        "subscription_schedule.updated",
                        "subscription_schedule.released",
                        "entitlements.active_entitlement_summary.updated");
    }

    @Test
    @DisplayName("C6 nothing is left over, and what is not mirrored (prices, products) is noted as ignored")
    void nothingLeft() {
        assertThat(shop.billing().inbox().count()).containsOnlyKeys(InboxStatus.DONE, InboxStatus.IGNORED);
        assertThat(shop.received())
                .filteredOn(event ->
                        event.type().startsWith("price.") || event.type().startsWith("product."))
                .isNotEmpty()
                .extracting(InboxEvent::status)
                .containsOnly(InboxStatus.IGNORED);
    }

    @Test
    @DisplayName("C4 C5 the mirror says what Stripe says, object by object")
    void mirrorIsStripe() {
        assertThat(shop.mirror()).hasSize(3);
        assertThat(shop.drift().toTable()).startsWith("3 subscriptions and 2 customers compared, 0 different");
    }

    @Test
    @DisplayName("D3 every fact is told once")
    void facts() {
        assertThat(shop.kinds(MirroredShop.ADA))
                .containsOnly(
                        entry("TrialStarted", 1L),
                        entry("TrialEnding", 1L),
                        entry("SubscriptionActivated", 1L),
                        entry("UnitsChanged", 1L),
                        entry("PlanChanged", 1L),
                        entry("CancellationScheduled", 1L),
                        entry("CancellationWithdrawn", 1L),
                        entry("CollectionPaused", 1L),
                        entry("CollectionResumed", 1L),
                        entry("DiscountApplied", 1L),
                        entry("DiscountRemoved", 1L),
                        entry("PlanChangeScheduled", 1L),
                        entry("PlanChangeWithdrawn", 1L),
                        entry("InvoiceIssued", 4L),
                        entry("InvoicePaid", 4L),
                        entry("AccessLimited", 1L),
                        entry("PaymentFailed", 2L),
                        entry("PaymentActionRequired", 1L),
                        entry("PaymentRecovered", 1L),
                        entry("PaymentMethodChanged", 11L),
                        entry("RefundIssued", 1L),
                        entry("DisputeOpened", 1L),
                        entry("DisputeClosed", 1L),
                        entry("FeaturesChanged", 2L),
                        entry("SubscriptionEnded", 1L));
        assertThat(shop.kinds(MirroredShop.BOB))
                .containsOnly(
                        entry("SubscriptionActivated", 1L),
                        entry("InvoiceIssued", 1L),
                        entry("InvoicePaid", 1L),
                        entry("PaymentMethodChanged", 1L),
                        entry("FeaturesChanged", 1L));
        assertThat(shop.kinds(AccountRef.of("user", "carol")))
                .containsOnly(
                        entry("TrialStarted", 1L),
                        entry("TrialEnding", 1L),
                        entry("SubscriptionPaused", 1L),
                        entry("AccessLimited", 1L),
                        entry("AccessRestored", 1L),
                        entry("PaymentMethodChanged", 1L),
                        entry("SubscriptionActivated", 1L),
                        entry("InvoiceIssued", 2L),
                        entry("InvoicePaid", 2L),
                        entry("FeaturesChanged", 1L));
    }

    @Test
    @DisplayName("B8 C18 what is charged by default is told also where it is a card of the time before payment methods")
    void methods() {
        assertThat(shop.told())
                .filteredOn(event -> event.contains("PaymentMethodChanged"))
                .extracting(event -> event.replaceFirst(".*type=", "").replaceFirst("lastFour=\\d+, ", ""))
                .contains(
                        "card, brand=mastercard, expiryMonth=12, expiryYear=2041]]",
                        "card, brand=amex, expiryMonth=12, expiryYear=2042]]",
                        "card, brand=discover, expiryMonth=12, expiryYear=2037]]")
                .anyMatch(event -> event.endsWith("paymentMethod=null]"));
    }

    @ParameterizedTest(name = "API version {0}")
    @ValueSource(strings = {"2020-08-27", "2022-11-15", "2024-09-30.acacia", "2025-03-31.basil", "2025-10-29.clover"})
    @DisplayName("C4 C6 in whatever API version they come, the mirror and what is told are the same")
    void everyVersion(String version) {
        try (MirroredShop old = new MirroredShop(endpoint -> endpoint.withApiVersion(version))) {
            Life.happensIn(old);

            assertThat(old.drift().toTable()).contains(" 0 different");
            assertThat(old.mirror()).isEqualTo(shop.mirror());
            assertThat(old.told()).isEqualTo(shop.told());
        }
    }

    @Test
    @DisplayName("C6 thin notifications end in the same mirror; what has no object of its own is not told")
    void thin() {
        try (MirroredShop thin = new MirroredShop(WebhookSpec::thinly)) {
            Life.happensIn(thin);

            assertThat(thin.received()).extracting(InboxEvent::type).allMatch(type -> type.startsWith("v1."));
            assertThat(thin.billing().inbox().count()).containsOnlyKeys(InboxStatus.DONE, InboxStatus.IGNORED);
            assertThat(thin.drift().toTable()).contains(" 0 different");
            assertThat(thin.mirror()).isEqualTo(shop.mirror());
            assertThat(thin.told()).containsExactlyInAnyOrderElementsOf(tellable());
        }
    }

    /** A summary of entitlements has no id to ask for, and an old card no path of its own. */
    private static List<String> tellable() {
        return shop.told().stream()
                .filter(event -> !event.contains("FeaturesChanged")
                        && !event.contains("brand=amex, lastFour=0005, expiryMonth=12, expiryYear=2042"))
                .toList();
    }
}
