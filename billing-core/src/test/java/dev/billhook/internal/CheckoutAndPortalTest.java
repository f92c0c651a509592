package dev.billhook.internal;

import static dev.billhook.testing.BillingFixture.ACCOUNT;
import static dev.billhook.testing.BillingFixture.PRO;
import static dev.billhook.testing.BillingFixture.TEAM;
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
import dev.billhook.entitlement.AccessState;
import dev.billhook.error.ProviderException;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import java.net.URI;
import java.util.List;
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

        Checkout second = fixture.billing
                .checkout()
                .start(CheckoutRequest.of(ACCOUNT, TEAM, SUCCESS, CANCEL).withUnits(3));

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.units()).isEqualTo(3);
        assertThat(fixture.stores.checkouts().find(first.id()).orElseThrow().status())
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
    @DisplayName("D4 nobody is sent to pay for a plan that gives no access yet")
    void oneTime() {
        assertThatThrownBy(() -> fixture.billing
                        .checkout()
                        .start(CheckoutRequest.of(ACCOUNT, PlanKey.of("lifetime"), SUCCESS, CANCEL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("recurring");
        assertThat(fixture.provider.calls()).isEmpty();
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
                .isInstanceOf(IllegalArgumentException.class);
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
                .isEqualTo(URI.create("https://portal.example/cus_1/CANCEL"));
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
