package dev.billhook.internal;

import static dev.billhook.testing.BillingFixture.ACCOUNT;
import static dev.billhook.testing.BillingFixture.PRO;
import static dev.billhook.testing.BillingFixture.TEAM;
import static dev.billhook.testing.BillingFixture.YEARLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.Billing;
import dev.billhook.InvalidStateException;
import dev.billhook.NotFoundException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.checkout.PortalFlow;
import dev.billhook.checkout.PortalRequest;
import dev.billhook.checkout.ReturnUrlException;
import dev.billhook.conversion.ConversionException;
import dev.billhook.entitlement.AccessState;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderUnavailableException;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B1 B6 B7 B9 Hosted pages")
class CheckoutAndPortalTest {
    private static final URI SUCCESS = URI.create("https://app.example/return");
    private static final URI CANCEL = URI.create("https://app.example/plans");

    private final BillingFixture fixture = new BillingFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static CheckoutRequest pro() {
        return CheckoutRequest.of(ACCOUNT, PRO, SUCCESS, CANCEL);
    }

    private static CheckoutRequest team() {
        return CheckoutRequest.of(ACCOUNT, TEAM, SUCCESS, CANCEL).withUnits(3);
    }

    @Test
    @DisplayName("B6 the first Checkout makes the customer and opens a page")
    void opens() {
        Checkout checkout = fixture.billing.checkout().start(pro());

        assertThat(checkout.status()).isEqualTo(CheckoutStatus.OPEN);
        assertThat(fixture.provider.calls())
                .containsExactly("create customer", "update customer", "open page pro-monthly");
        assertThat(fixture.billing.accounts().get(ACCOUNT).customerId()).contains("cus_1");
    }

    @Test
    @DisplayName("B9 a second tab for the same plan gets the same page")
    void sameOffer() {
        Checkout first = fixture.billing.checkout().start(pro());

        assertThat(fixture.billing.checkout().start(pro())).isEqualTo(first);
    }

    @Test
    @DisplayName("B9 choosing another plan expires the first page")
    void otherOffer() {
        Checkout first = fixture.billing.checkout().start(pro());

        Checkout second = fixture.billing.checkout().start(team());

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.units()).isEqualTo(3);
        assertThat(fixture.stores
                        .checkouts()
                        .findBySession(first.id())
                        .orElseThrow()
                        .status())
                .isEqualTo(CheckoutStatus.EXPIRED);
    }

    @Test
    @DisplayName("B7 the return handler confirms the page itself, before any webhook")
    void returnBeforeWebhook() {
        Checkout checkout = fixture.billing.checkout().start(pro());
        fixture.atProvider(SubscriptionStates.active("sub_1", "pro-monthly", 1));
        fixture.provider.finish(checkout.id(), CheckoutStatus.COMPLETE, "sub_1");

        Checkout confirmed = fixture.billing.checkout().confirmReturn(ACCOUNT).orElseThrow();

        assertThat(confirmed.status()).isEqualTo(CheckoutStatus.COMPLETE);
        assertThat(fixture.billing.entitlements().resolve(ACCOUNT).state()).isEqualTo(AccessState.ACTIVE);
        fixture.deliver(SubscriptionStates.active("sub_1", "pro-monthly", 1), SubscriptionStates.START);
        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated");
    }

    @Test
    @DisplayName("an account that never went to Checkout has nothing to confirm")
    void nothingToConfirm() {
        assertThat(fixture.billing.checkout().confirmReturn(ACCOUNT)).isEmpty();
    }

    @Test
    @DisplayName("a subscriber is not sent to buy a second subscription")
    void secondSubscription() {
        fixture.deliver(SubscriptionStates.active("sub_1", "pro-monthly", 1), SubscriptionStates.START);

        assertThatThrownBy(() -> fixture.billing.checkout().start(pro()))
                .isInstanceOf(InvalidStateException.class)
                .hasMessageContaining("changePlan");
    }

    @Test
    @DisplayName("a page paid in the other tab is noticed before another is opened")
    void paidInOtherTab() {
        Checkout first = fixture.billing.checkout().start(pro());
        fixture.atProvider(SubscriptionStates.active("sub_1", "pro-monthly", 1));
        fixture.provider.finish(first.id(), CheckoutStatus.COMPLETE, "sub_1");

        assertThatThrownBy(() -> fixture.billing.checkout().start(pro())).isInstanceOf(InvalidStateException.class);
    }

    @Test
    @DisplayName("D1 one whose subscription has ended may buy again")
    void buysAgain() {
        fixture.deliver(
                SubscriptionStates.of("sub_1", SubscriptionStatus.CANCELED, "pro-monthly", 1),
                SubscriptionStates.START);
        assertThat(fixture.billing.checkout().start(pro()).status()).isEqualTo(CheckoutStatus.OPEN);
    }

    @Test
    @DisplayName("C22 an add-on is not sold by itself")
    void addOn() {
        assertThatThrownBy(() -> fixture.billing
                        .checkout()
                        .start(CheckoutRequest.of(ACCOUNT, PlanKey.of("support-monthly"), SUCCESS, CANCEL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("add-on");
        assertThat(fixture.provider.calls()).isEmpty();
    }

    @Test
    @DisplayName("wrong input is refused before anything is called")
    void wrongInput() {
        assertThatThrownBy(() -> fixture.billing.checkout().start(pro().withUnits(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fixture.billing
                        .checkout()
                        .start(CheckoutRequest.of(ACCOUNT, PlanKey.of("gold"), SUCCESS, CANCEL)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("pro-monthly");
        assertThatThrownBy(() -> fixture.billing
                        .checkout()
                        .start(CheckoutRequest.of(AccountRef.of("user", "7"), PRO, SUCCESS, CANCEL)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("register");
        assertThatThrownBy(() -> CheckoutRequest.of(ACCOUNT, PRO, URI.create("/return"), CANCEL))
                .isInstanceOf(ReturnUrlException.class);
        assertThat(fixture.provider.calls()).isEmpty();
    }

    @Test
    @DisplayName("B9 32 threads on two servers at once make one customer and open one page")
    void race() throws Exception {
        AccountRef team = AccountRef.of("team", "acme");
        fixture.billing.accounts().register(team, AccountProfile.empty());
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try (Billing otherServer = Billing.builder(BillingFixture.catalog(), fixture.provider, fixture.stores)
                .clock(fixture.clock)
                .withoutBackgroundWork()
                .build()) {
            CheckoutRequest request = CheckoutRequest.of(team, PRO, SUCCESS, CANCEL);
            List<Callable<Checkout>> buyers = IntStream.range(0, 32)
                    .<Callable<Checkout>>mapToObj(i -> () -> (i % 2 == 0 ? fixture.billing : otherServer)
                            .checkout()
                            .start(request))
                    .toList();
            for (Future<Checkout> buyer : threads.invokeAll(buyers)) {
                assertThat(buyer.get().account()).isEqualTo(team);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(fixture.provider.pageCount()).isEqualTo(1);
        assertThat(fixture.provider.customerCount()).isEqualTo(1);
    }

    @Test
    @DisplayName("B9 of two servers that open different pages at the same instant the last keeps its page")
    void overtaken() {
        fixture.provider.duringOpening(() ->
                assertThat(fixture.billing.checkout().start(team()).status()).isEqualTo(CheckoutStatus.OPEN));

        assertThatThrownBy(() -> fixture.billing.checkout().start(pro()))
                .isInstanceOf(InvalidStateException.class)
                .hasMessageContaining("start again");

        assertThat(fixture.provider.openPages()).isEqualTo(1);
        assertThat(fixture.billing
                        .checkout()
                        .confirmReturn(ACCOUNT)
                        .orElseThrow()
                        .plan())
                .isEqualTo(TEAM);
        assertThat(fixture.billing.checkout().start(pro()).plan()).isEqualTo(PRO);
        assertThat(fixture.provider.openPages()).isEqualTo(1);
    }

    @Test
    @DisplayName("B9 32 threads on two servers that open different pages at once leave one open")
    void differentRace() throws Exception {
        AccountRef shop = AccountRef.of("team", "acme");
        fixture.billing.accounts().register(shop, AccountProfile.empty());
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try (Billing otherServer = Billing.builder(BillingFixture.catalog(), fixture.provider, fixture.stores)
                .clock(fixture.clock)
                .withoutBackgroundWork()
                .build()) {
            List<Callable<Boolean>> buyers = IntStream.range(0, 32)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        Billing server = i % 2 == 0 ? fixture.billing : otherServer;
                        try {
                            server.checkout()
                                    .start(CheckoutRequest.of(shop, TEAM, SUCCESS, CANCEL)
                                            .withUnits(1 + i % 7));
                            return true;
                        } catch (InvalidStateException overtaken) {
                            return false;
                        }
                    })
                    .toList();
            long served = 0;
            for (Future<Boolean> buyer : threads.invokeAll(buyers)) {
                served += buyer.get() ? 1 : 0;
            }
            assertThat(served).isPositive();
        } finally {
            threads.shutdownNow();
        }
        assertThat(fixture.provider.openPages()).isEqualTo(1);
        assertThat(fixture.provider.customerCount()).isEqualTo(1);
    }

    @Test
    @DisplayName("B9 a server that dies while it opens a page leaves no second one: the next try gets the same")
    void died() {
        fixture.provider.duringOpening(() -> {
            throw new ProviderUnavailableException(ProviderException.Category.NETWORK, "connection lost", null, null);
        });
        assertThatThrownBy(() -> fixture.billing.checkout().start(pro()))
                .isInstanceOf(ProviderUnavailableException.class);

        Checkout again = fixture.billing.checkout().start(pro());

        assertThat(again.status()).isEqualTo(CheckoutStatus.OPEN);
        assertThat(fixture.provider.pageCount()).isEqualTo(1);
    }

    @Test
    @DisplayName("B9 a page nobody opened is not waited for longer than the provider repeats an answer")
    void claimGrowsOld() {
        fixture.provider.duringOpening(() -> {
            throw new ProviderUnavailableException(ProviderException.Category.NETWORK, "connection lost", null, null);
        });
        assertThatThrownBy(() -> fixture.billing.checkout().start(pro()))
                .isInstanceOf(ProviderUnavailableException.class);
        fixture.clock.advance(Duration.ofMinutes(11));

        assertThat(fixture.billing.checkout().start(pro()).status()).isEqualTo(CheckoutStatus.OPEN);
        assertThat(fixture.provider.pageCount()).isEqualTo(2);
    }

    @Test
    @DisplayName("B9 a request that differs in anything gets a page of its own")
    void otherOptions() {
        Checkout first = fixture.billing.checkout().start(pro());
        Checkout german = fixture.billing
                .checkout()
                .start(CheckoutRequest.builder(ACCOUNT, PRO, SUCCESS, CANCEL)
                        .locale(Locale.GERMAN)
                        .build());

        assertThat(german.id()).isNotEqualTo(first.id());
        assertThat(fixture.provider.openPages()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "B6 C18 a card left at the page is what customer and subscription are charged by, when the buyer is back")
    void cardUpdate() {
        fixture.billing.checkout().start(pro());
        fixture.atProvider(SubscriptionStates.active("sub_1", "pro-monthly", 1));
        fixture.deliver(SubscriptionStates.active("sub_1", "pro-monthly", 1), SubscriptionStates.START);

        Checkout visit = fixture.billing.checkout().startCardUpdate(ACCOUNT, SUCCESS, CANCEL);
        assertThat(visit.kind()).isEqualTo(Checkout.Kind.CARD_UPDATE);
        assertThat(visit.boughtPlan()).isEmpty();
        assertThat(fixture.billing.checkout().startCardUpdate(ACCOUNT, SUCCESS, CANCEL))
                .isEqualTo(visit);
        fixture.provider.leaveCard(visit.id(), "pm_new");
        Checkout confirmed = fixture.billing.checkout().confirmReturn(ACCOUNT).orElseThrow();

        assertThat(confirmed.id()).isEqualTo(visit.id());
        assertThat(confirmed.status()).isEqualTo(CheckoutStatus.COMPLETE);
        assertThat(fixture.provider.calls())
                .contains("open page for a card in USD", "charge cus_1 by pm_new", "charge sub_1 by pm_new");
        assertThat(fixture.billing
                        .accounts()
                        .get(ACCOUNT)
                        .customer()
                        .defaultPaymentMethod()
                        .id())
                .isEqualTo("pm_new");
    }

    @Test
    @DisplayName("B6 C18 the webhook alone has the card used too; once it is, later news of the visit change nothing")
    void cardByWebhook() {
        fixture.billing.checkout().start(pro());
        Checkout visit = fixture.billing.checkout().startCardUpdate(ACCOUNT, SUCCESS, CANCEL);
        fixture.provider.leaveCard(visit.id(), "pm_new");

        for (String event : List.of("evt_a", "evt_b")) {
            fixture.deliver(
                    event,
                    "checkout.session.completed",
                    new EventContent.CheckoutEnded(visit.id(), CheckoutStatus.COMPLETE, null, "cus_1", ACCOUNT),
                    SubscriptionStates.START);
        }

        assertThat(fixture.provider.calls()).containsOnlyOnce("charge cus_1 by pm_new");
        assertThat(fixture.billing
                        .checkout()
                        .confirmReturn(ACCOUNT)
                        .orElseThrow()
                        .status())
                .isEqualTo(CheckoutStatus.COMPLETE);
        assertThat(fixture.provider.calls()).containsOnlyOnce("charge cus_1 by pm_new");
    }

    @Test
    @DisplayName("B6 nobody is sent back to an origin that is not listed, by any of the pages")
    void origins() {
        try (BillingFixture listed =
                new BillingFixture(builder -> builder.allowedOrigins(List.of("https://app.example")))) {
            URI foreign = URI.create("https://evil.example/");
            assertThat(listed.billing.checkout().start(pro()).status()).isEqualTo(CheckoutStatus.OPEN);
            int calls = listed.provider.calls().size();
            assertThatThrownBy(() -> listed.billing.checkout().start(CheckoutRequest.of(ACCOUNT, PRO, foreign, CANCEL)))
                    .isInstanceOf(ReturnUrlException.class)
                    .hasMessageContaining("https://app.example");
            assertThatThrownBy(
                            () -> listed.billing.checkout().start(CheckoutRequest.of(ACCOUNT, PRO, SUCCESS, foreign)))
                    .isInstanceOf(ReturnUrlException.class);
            assertThatThrownBy(() -> listed.billing.checkout().startCardUpdate(ACCOUNT, foreign, CANCEL))
                    .isInstanceOf(ReturnUrlException.class);
            assertThatThrownBy(() -> listed.billing.checkout().startCardUpdate(ACCOUNT, SUCCESS, foreign))
                    .isInstanceOf(ReturnUrlException.class);
            assertThatThrownBy(() -> listed.billing.portal().open(PortalRequest.home(ACCOUNT, foreign)))
                    .isInstanceOf(ReturnUrlException.class);
            assertThatThrownBy(() -> listed.billing
                            .portal()
                            .open(PortalRequest.home(ACCOUNT, CANCEL).returningTo(foreign)))
                    .isInstanceOf(ReturnUrlException.class);
            assertThat(listed.provider.calls()).hasSize(calls);
        }
    }

    @Test
    @DisplayName("C5 a refusal leaves nothing behind, and the next try works")
    void refusal() {
        fixture.provider.failWith(
                ProviderException.of(ProviderException.Category.RATE_LIMITED, "slow down", "req_1", null));
        assertThatThrownBy(() -> fixture.billing.checkout().start(pro()))
                .isInstanceOfSatisfying(ProviderException.class, refused -> {
                    assertThat(refused.retryable()).isTrue();
                    assertThat(refused.requestId()).contains("req_1");
                });
        assertThat(fixture.billing.accounts().get(ACCOUNT).customerId()).isEmpty();

        fixture.provider.failWith(null);
        assertThat(fixture.billing.checkout().start(pro()).status()).isEqualTo(CheckoutStatus.OPEN);
    }

    @Test
    @DisplayName("B1 the portal opens for the account's own customer, with deep links")
    void portal() {
        fixture.billing.checkout().start(pro());
        assertThat(fixture.billing.portal().open(PortalRequest.home(ACCOUNT, CANCEL)))
                .isEqualTo(URI.create("https://portal.example/cus_1"));

        fixture.deliver(SubscriptionStates.active("sub_1", "pro-monthly", 1), SubscriptionStates.START);
        assertThat(fixture.billing.portal().open(new PortalRequest(ACCOUNT, CANCEL, PortalFlow.CANCEL)))
                .isEqualTo(URI.create("https://portal.example/cus_1/Cancel"));
    }

    @Test
    @DisplayName("B1 the portal confirms a switch as the plan converter decides it, and refuses what it cannot do")
    void switchPlan() {
        fixture.billing.checkout().start(pro());
        fixture.deliver(SubscriptionStates.active("sub_1", "team-monthly", 3), SubscriptionStates.START);

        fixture.billing.portal().open(PortalRequest.switchTo(ACCOUNT, CANCEL, YEARLY));
        fixture.billing.portal().open(PortalRequest.switchTo(ACCOUNT, CANCEL, TEAM, 5));
        fixture.billing.portal().open(PortalRequest.cancelUnless(ACCOUNT, CANCEL, "STAY"));

        String item = fixture.mirrored("sub_1").items().get(0).id();
        assertThat(fixture.provider.calls())
                .endsWith(
                        "portal ConfirmPlan[subscriptionId=sub_1, itemId=" + item + ", plan=team-yearly, units=3]",
                        "portal ConfirmPlan[subscriptionId=sub_1, itemId=" + item + ", plan=null, units=5]",
                        "portal Cancel[subscriptionId=sub_1, retentionCoupon=STAY]");
        assertThatThrownBy(() -> fixture.billing.portal().open(PortalRequest.switchTo(ACCOUNT, CANCEL, TEAM)))
                .isInstanceOf(InvalidStateException.class)
                .hasMessageContaining("changes nothing");
        assertThatThrownBy(() ->
                        fixture.billing.portal().open(PortalRequest.switchTo(ACCOUNT, CANCEL, PlanKey.of("lifetime"))))
                .isInstanceOf(ConversionException.class);
    }

    @Test
    @DisplayName("B1 no portal without a customer, no deep link without a subscription")
    void noPortal() {
        assertThatThrownBy(() -> fixture.billing.portal().open(PortalRequest.home(ACCOUNT, CANCEL)))
                .isInstanceOf(InvalidStateException.class)
                .hasMessageContaining("Checkout");
        fixture.billing.checkout().start(pro());
        assertThatThrownBy(
                        () -> fixture.billing.portal().open(new PortalRequest(ACCOUNT, CANCEL, PortalFlow.SWITCH_PLAN)))
                .isInstanceOf(InvalidStateException.class);
    }
}
