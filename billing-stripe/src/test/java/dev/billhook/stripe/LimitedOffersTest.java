package dev.billhook.stripe;

import static dev.billhook.stripe.testing.SimulatedShop.ADA;
import static dev.billhook.stripe.testing.SimulatedShop.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.Billing;
import dev.billhook.InvalidStateException;
import dev.billhook.NotFoundException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.CatalogException;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.PortalRequest;
import dev.billhook.conversion.ConversionException;
import dev.billhook.event.BillingEvent;
import dev.billhook.lifecycle.ChangePreview;
import dev.billhook.lifecycle.Reactivation;
import dev.billhook.offer.Offer;
import dev.billhook.offer.SoldOutException;
import dev.billhook.offer.SoldOutException.Reason;
import dev.billhook.quote.QuoteRequest;
import dev.billhook.stripe.testing.SimulatedShop;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Timing;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D4 a plan limited to so many accounts")
class LimitedOffersTest {
    private static final PlanKey FOUNDER = PlanKey.of("founder");
    private static final PlanKey PRO = PlanKey.of("pro");
    private static final URI SUCCESS = URI.create("https://app.example/return");
    private static final URI CANCEL = URI.create("https://app.example/plans");
    private static final AccountRef CAROL = AccountRef.of("user", "carol");

    @AutoClose
    private final SimulatedShop shop = new SimulatedShop(catalog("limited: {places: 2}"), builder -> builder);

    private static String catalog(String limited) {
        return """
                products: {pro: {name: Pro, tier: 20}, hobby: {name: Hobby, tier: 10}}
                plans:
                  hobby: {product: hobby, interval: month, pricing: {flat: {usd: 5}}}
                  pro: {product: pro, interval: month, pricing: {flat: {usd: 29}}}
                  founder: {product: pro, interval: month, pricing: {per_unit: {usd: 9}}, LIMITED}
                """.replace(", LIMITED", limited.isEmpty() ? "" : ", " + limited);
    }

    private static Checkout open(Billing billing, AccountRef account, PlanKey plan, long units) {
        billing.accounts().register(account, AccountProfile.ofEmail(account.id() + "@example.com"));
        return billing.checkout()
                .start(CheckoutRequest.builder(account, plan, SUCCESS, CANCEL)
                        .units(units)
                        .build());
    }

    private Checkout open(AccountRef account) {
        return open(shop.billing(), account, FOUNDER, 1);
    }

    private void buy(AccountRef account) {
        assertThat(shop.payAt(open(account).id())).isTrue();
        shop.settle();
    }

    private ThrowableAssertAlternative<SoldOutException> assertSoldOut(AccountRef account) {
        return assertThatExceptionOfType(SoldOutException.class).isThrownBy(() -> open(account));
    }

    private Offer offer() {
        return shop.billing().offers().find(FOUNDER).orElseThrow();
    }

    @Test
    @DisplayName("D4 B5 the pricing page is told what remains, from the moment somebody is sent to pay")
    void remaining() {
        assertThat(offer()).isEqualTo(new Offer(FOUNDER, 2, 0, 0));

        Checkout page = open(ADA);

        assertThat(offer()).isEqualTo(new Offer(FOUNDER, 2, 0, 1));
        assertThat(shop.billing().offers().remaining(FOUNDER)).hasValue(1);

        shop.payAt(page.id());
        shop.settle();

        assertThat(shop.billing().offers().list()).containsExactly(new Offer(FOUNDER, 2, 1, 0));
        assertThat(shop.billing().offers().remaining(PRO)).isEmpty();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> shop.billing().offers().remaining(PlanKey.of("gold")));
    }

    @Test
    @DisplayName(
            "D4 who comes when all is taken is told so; when places are only held, he is told when one may come free")
    void soldOut() {
        buy(ADA);
        Checkout bobs = open(BOB);

        assertSoldOut(CAROL)
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Reason.SOME_HELD);
                    assertThat(refusal.plan()).isEqualTo(FOUNDER);
                    assertThat(refusal.freeAt())
                            .hasValue(
                                    bobs.expiresAt().plus(Duration.ofMinutes(5)).plusSeconds(1));
                })
                .withMessageContaining("all of its 2 places are taken or held");

        shop.payAt(bobs.id());
        shop.settle();

        assertSoldOut(CAROL).satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.ALL_TAKEN);
            assertThat(refusal.freeAt()).isEmpty();
            assertThat(refusal.remedy()).contains("sell another plan");
        });
        assertThat(open(shop.billing(), CAROL, PRO, 1).plan()).isEqualTo(PRO);
    }

    @Test
    @DisplayName("D4 the page takes payments for as long as the place is held, and the place outlasts it")
    void pageEndsBeforeThePlace() {
        Checkout page = open(ADA);

        assertThat(page.expiresAt()).isEqualTo(page.createdAt().plus(Duration.ofMinutes(32)));
        shop.simulator().advanceTo(page.expiresAt());

        assertThat(offer().held()).isEqualTo(1);
        assertThat(shop.payAt(page.id())).isFalse();

        shop.simulator().advance(Duration.ofMinutes(5));

        assertThat(offer()).isEqualTo(new Offer(FOUNDER, 2, 0, 0));
    }

    @Test
    @DisplayName("D4 a place comes free as soon as the page's end is known")
    void expired() {
        Checkout page = open(ADA);

        shop.advanceTo(page.expiresAt());

        assertThat(offer().held()).isZero();
    }

    @Test
    @DisplayName("D4 a page that was closed for another plan gives its place up at once")
    void anotherPlan() {
        open(ADA);

        open(shop.billing(), ADA, PRO, 1);

        assertThat(offer().held()).isZero();
    }

    @Test
    @DisplayName("D4 an account that asks again keeps its place, also with another page and when all others are gone")
    void samePlace() {
        open(BOB);
        Checkout first = open(ADA);

        assertThat(open(ADA).id()).isEqualTo(first.id());
        shop.advance(Duration.ofMinutes(10));
        Checkout other = open(shop.billing(), ADA, FOUNDER, 3);

        assertThat(other.id()).isNotEqualTo(first.id());
        assertThat(offer().held()).isEqualTo(2);
        assertThat(shop.payAt(first.id())).isFalse();
        shop.settle();
        assertThat(offer().held()).isEqualTo(2);
    }

    @Test
    @DisplayName("D4 if Stripe refuses to open the page, the place is free again")
    void refused() {
        shop.billing().accounts().register(ADA, AccountProfile.empty());

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> shop.billing()
                        .checkout()
                        .start(CheckoutRequest.builder(ADA, FOUNDER, SUCCESS, CANCEL)
                                .promotionCode("NONE")
                                .build()));

        assertThat(offer().held()).isZero();
    }

    @Test
    @DisplayName(
            "D4 a place whose time is over is not sold before its page was looked at: it may be paid without our knowing")
    void paidUnheard() {
        buy(BOB);
        Checkout page = open(ADA);
        shop.payAt(page.id());
        shop.simulator().advance(Duration.ofMinutes(40));
        assertThat(offer()).isEqualTo(new Offer(FOUNDER, 2, 1, 0));

        assertSoldOut(CAROL).satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.ALL_TAKEN));

        assertThat(offer()).isEqualTo(new Offer(FOUNDER, 2, 2, 0));
        assertThat(shop.billing().subscriptions().find(ADA)).isPresent();
    }

    @Test
    @DisplayName("D4 a place whose time is over is sold to the next one, whose page then closes the former")
    void abandoned() {
        buy(BOB);
        open(ADA);
        shop.simulator().advance(Duration.ofMinutes(40));

        Checkout next = open(CAROL);

        assertThat(shop.payAt(next.id())).isTrue();
        shop.settle();
        assertThat(offer()).isEqualTo(new Offer(FOUNDER, 2, 2, 0));
        assertThat(shop.events(BillingEvent.OfferOversold.class)).isEmpty();
    }

    @Test
    @DisplayName("D4 a place comes back when its subscription ends, unless the catalog says that it is kept")
    void returned() {
        buy(ADA);
        buy(BOB);
        shop.billing().subscriptions().cancel(ADA, Cancellation.now());

        assertThat(offer()).isEqualTo(new Offer(FOUNDER, 2, 1, 0));
        try (Billing strict = shop.serverOf(catalog("limited: {places: 2, returned: kept}"))) {
            assertThat(strict.offers().find(FOUNDER)).contains(new Offer(FOUNDER, 2, 2, 0));
            assertThatExceptionOfType(SoldOutException.class).isThrownBy(() -> open(strict, CAROL, FOUNDER, 1));
            assertThat(open(strict, ADA, FOUNDER, 1).plan()).isEqualTo(FOUNDER);
        }
    }

    @Test
    @DisplayName("D4 a catalog with more or fewer places counts at once, and whoever has one keeps it")
    void places() {
        buy(ADA);
        buy(BOB);

        try (Billing more = shop.serverOf(catalog("limited: {places: 3}"))) {
            assertThat(more.offers().remaining(FOUNDER)).hasValue(1);
            assertThat(open(more, CAROL, FOUNDER, 1).plan()).isEqualTo(FOUNDER);
        }
        try (Billing fewer = shop.serverOf(catalog("limited: {places: 1}"))) {
            assertThat(fewer.offers().find(FOUNDER)).contains(new Offer(FOUNDER, 1, 2, 1));
            assertThat(fewer.offers().remaining(FOUNDER)).hasValue(0);
        }
        assertThat(shop.events(BillingEvent.OfferOversold.class)).isEmpty();
    }

    @Test
    @DisplayName(
            "D4 C2 a change of plans takes a place, too; when there is none it changes nothing, also what is scheduled")
    void changed() {
        shop.payAt(open(shop.billing(), ADA, PRO, 1).id());
        shop.payAt(open(shop.billing(), CAROL, PRO, 1).id());
        shop.settle();
        shop.billing().subscriptions().changePlan(ADA, PlanChange.to(FOUNDER));

        assertThat(offer()).isEqualTo(new Offer(FOUNDER, 2, 1, 0));

        open(BOB);
        PlanChange later = new PlanChange(PlanKey.of("hobby"), null, Timing.AT_RENEWAL, false);
        shop.billing().subscriptions().changePlan(CAROL, later);
        assertThatExceptionOfType(SoldOutException.class)
                .isThrownBy(() -> shop.billing().subscriptions().changePlan(CAROL, PlanChange.to(FOUNDER)));

        assertThat(SimulatedShop.lines(shop.synced(CAROL))).containsExactly("pro × 1");
        assertThat(shop.synced(CAROL).scheduledChange().orElseThrow().plans()).containsExactly(PlanKey.of("hobby"));

        shop.simulator().advance(Duration.ofMinutes(40));
        shop.billing().subscriptions().changePlan(CAROL, PlanChange.to(FOUNDER));

        assertThat(offer()).isEqualTo(new Offer(FOUNDER, 2, 2, 0));
        assertThat(shop.events(BillingEvent.OfferOversold.class)).isEmpty();
    }

    @Test
    @DisplayName("D4 C15 a change that was shown takes its place when it is confirmed")
    void confirmed() {
        shop.payAt(open(shop.billing(), ADA, PRO, 1).id());
        shop.settle();
        ChangePreview shown = shop.billing().subscriptions().preview(ADA, PlanChange.to(FOUNDER));
        buy(BOB);
        buy(CAROL);

        assertThatExceptionOfType(SoldOutException.class)
                .isThrownBy(() -> shop.billing().subscriptions().confirm(ADA, shown.token()));
        assertThat(SimulatedShop.lines(shop.synced(ADA))).containsExactly("pro × 1");
    }

    @Test
    @DisplayName("D4 C17 whoever left comes back if there is a place")
    void reactivated() {
        shop.customer(ADA, "pm_card_visa");
        buy(ADA);
        shop.billing().subscriptions().cancel(ADA, Cancellation.now());
        buy(BOB);
        Checkout last = open(CAROL);

        assertThatExceptionOfType(SoldOutException.class)
                .isThrownBy(() -> shop.billing().subscriptions().reactivate(ADA, Reactivation.atPresentPrices()));

        shop.advanceTo(last.expiresAt());
        shop.billing().subscriptions().reactivate(ADA, Reactivation.atPresentPrices());

        assertThat(offer()).isEqualTo(new Offer(FOUNDER, 2, 2, 0));
    }

    @Test
    @DisplayName(
            "D4 C2 C12 B2 where no place can be held, a limited plan is not sold: at a renewal, by a quote, in the portal")
    void notSold() {
        shop.payAt(open(shop.billing(), ADA, PRO, 1).id());
        shop.settle();
        PlanChange later = new PlanChange(FOUNDER, null, Timing.AT_RENEWAL, false);

        assertThatExceptionOfType(ConversionException.class)
                .isThrownBy(() -> shop.billing().subscriptions().changePlan(ADA, later))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(ConversionException.Reason.LIMITED));
        assertThatExceptionOfType(InvalidStateException.class)
                .isThrownBy(() -> shop.billing().portal().open(PortalRequest.switchTo(ADA, CANCEL, FOUNDER)))
                .withMessageContaining("the portal holds no place");
        shop.billing().accounts().register(BOB, AccountProfile.empty());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.billing().quotes().create(BOB, QuoteRequest.of(FOUNDER)))
                .withMessageContaining("a quote holds no place");
        assertThatExceptionOfType(CatalogException.class)
                .isThrownBy(() -> CatalogReader.readYaml(
                        catalog("limited: {places: 2}") + "portal: {switch: {plans: [pro, founder]}}\n"))
                .withMessageContaining("limited, and the portal cannot hold places");
    }

    @Test
    @DisplayName("D4 C7 whoever has the plan changes its units as ever, also when all places are gone")
    void units() {
        buy(ADA);
        buy(BOB);

        shop.billing().units().add(ADA, 4);

        assertThat(shop.synced(ADA).items().get(0).quantity()).isEqualTo(5);
        assertThat(offer()).isEqualTo(new Offer(FOUNDER, 2, 2, 0));
    }

    @Test
    @DisplayName("D4 accounts that had the plan before it was limited take places")
    void limitedLater() {
        try (Billing before = shop.serverOf(catalog(""))) {
            shop.payAt(open(before, ADA, FOUNDER, 1).id());
            shop.settle();
        }

        assertThat(offer()).isEqualTo(new Offer(FOUNDER, 2, 1, 0));
    }

    @Test
    @DisplayName("D4 a payment that comes when its place is somebody else's counts, and is told once")
    void late() {
        Checkout unlimited;
        try (Billing before = shop.serverOf(catalog(""))) {
            unlimited = open(before, CAROL, FOUNDER, 1);
        }
        buy(ADA);
        buy(BOB);
        shop.payAt(unlimited.id());
        shop.settle();
        shop.settle();

        assertThat(offer()).isEqualTo(new Offer(FOUNDER, 2, 3, 0));
        assertThat(offer().remaining()).isZero();
        List<BillingEvent.OfferOversold> told = shop.events(BillingEvent.OfferOversold.class);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).account()).isEqualTo(CAROL);
        assertThat(told.get(0).plan()).isEqualTo(FOUNDER);
        assertThat(told.get(0).places()).isEqualTo(2);
        assertThat(told.get(0).taken()).isEqualTo(3);
    }
}
