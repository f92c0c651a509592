package dev.billhook.stripe;

import static dev.billhook.stripe.testing.OneBuyer.BUYER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.Billing;
import dev.billhook.InvalidStateException;
import dev.billhook.NotFoundException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.coupon.CouponDuration;
import dev.billhook.discount.AppliedDiscount;
import dev.billhook.discount.DiscountCheck;
import dev.billhook.discount.DiscountCheck.Reason;
import dev.billhook.discount.DiscountRefusedException;
import dev.billhook.discount.DiscountService;
import dev.billhook.event.BillingEvent;
import dev.billhook.stripe.testing.OneBuyer;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("C19 Coupons and promotion codes against a Stripe that remembers")
class DiscountsTest {
    private static final String CATALOG = """
            products:
              hobby: {name: Hobby, tier: 10}
              pro: {name: Pro, tier: 20}
              storage: {name: Storage, kind: add-on}
            plans:
              hobby-monthly: {product: hobby, interval: month, pricing: {flat: {usd: 9}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29, eur: 27}}}
              pro-lifetime: {product: pro, interval: once, pricing: {one_time: {usd: 299}}}
              storage-monthly: {product: storage, interval: month, pricing: {per_unit: {usd: 5}}}
            """;
    private static final PlanKey HOBBY = PlanKey.of("hobby-monthly");
    private static final PlanKey PRO = PlanKey.of("pro-monthly");
    private static final AccountRef OTHER = AccountRef.of("user", "7");

    @AutoClose
    private final OneBuyer shop = new OneBuyer(CATALOG);

    private final DiscountService discounts = shop.billing().discounts();

    /** A coupon; its id says what it takes off. */
    private void coupon(String id, String terms) {
        shop.post("/v1/coupons", "id=" + id + "&" + terms);
    }

    private String code(String code, String coupon, String more) {
        return shop.post(
                "/v1/promotion_codes", "promotion[type]=coupon&promotion[coupon]=" + coupon + "&code=" + code + more);
    }

    private void tenPercent(String code) {
        coupon("TEN", "percent_off=10&duration=forever");
        code(code, "TEN", "");
    }

    private Subscription pro() {
        shop.pay("pm_card_visa");
        return shop.subscribe("pro-monthly", "");
    }

    private static List<String> coupons(Subscription subscription) {
        return subscription.terms().discounts().stream()
                .map(BillingTerms.Discount::coupon)
                .toList();
    }

    private DiscountCheck.Refused refusal(String code, PlanKey plan) {
        assertThat(discounts.check(BUYER, code, plan)).isInstanceOf(DiscountCheck.Refused.class);
        return (DiscountCheck.Refused) discounts.check(BUYER, code, plan);
    }

    @ParameterizedTest(name = "C19 {2}")
    @CsvSource({
        "NONE,        pro-monthly,   MISSING",
        "'no code!',  pro-monthly,   MISSING",
        "OFF,         pro-monthly,   INACTIVE",
        "OLD,         pro-monthly,   EXPIRED",
        "GONE,        pro-monthly,   EXPIRED",
        "FULL,        pro-monthly,   EXHAUSTED",
        "PRODUCT,     hobby-monthly, WRONG_PRODUCT",
        "EURO,        hobby-monthly, WRONG_CURRENCY",
        "FIRST,       pro-monthly,   FIRST_TIME_ONLY",
        "LARGE,       pro-monthly,   MINIMUM_AMOUNT",
        "LARGE-EURO,  hobby-monthly, WRONG_CURRENCY",
        "THEIRS,      pro-monthly,   OTHER_CUSTOMER"
    })
    @DisplayName("C19 a code is validated before it is used, and a refusal says why")
    void refusals(String code, PlanKey plan, Reason reason) {
        pro();
        everyKindOfCode();

        DiscountCheck.Refused refused = refusal(code, plan);

        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.message()).isNotBlank().doesNotContain(code).endsWith(".");
    }

    private void everyKindOfCode() {
        String theirs = shop.register(OTHER);
        Instant soon = shop.simulator().now().plus(Duration.ofHours(1));
        coupon("TEN", "percent_off=10&duration=forever");
        coupon("SOON", "percent_off=10&duration=forever&redeem_by=" + soon.getEpochSecond());
        coupon("ONE", "percent_off=10&duration=forever&max_redemptions=1");
        coupon("PRO", "percent_off=10&duration=forever&applies_to[products][0]=" + shop.product("pro-monthly"));
        coupon("EUROS", "amount_off=500&currency=eur&duration=once");
        code("OFF", "TEN", "&active=false");
        code("OLD", "TEN", "&expires_at=" + soon.getEpochSecond());
        code("GONE", "SOON", "");
        String used = code("FULL", "ONE", "");
        code("PRODUCT", "PRO", "");
        code("EURO", "EUROS", "");
        code("FIRST", "TEN", "&restrictions[first_time_transaction]=true");
        code("LARGE", "TEN", "&restrictions[minimum_amount]=2901&restrictions[minimum_amount_currency]=usd");
        code("LARGE-EURO", "TEN", "&restrictions[minimum_amount]=1&restrictions[minimum_amount_currency]=eur");
        code("THEIRS", "TEN", "&customer=" + theirs);
        shop.post(
                "/v1/subscriptions",
                "customer=" + theirs + "&items[0][price]=" + shop.price("hobby-monthly")
                        + "&trial_period_days=5&discounts[0][promotion_code]=" + used);
        shop.simulator().advanceTo(soon.plus(Duration.ofHours(1)));
    }

    @Test
    @DisplayName("C19 a valid code tells what it gives, whatever its case, for a plan, for what runs and for anything")
    void valid() {
        coupon(
                "PRO",
                "percent_off=12.5&duration=repeating&duration_in_months=3&name=Spring" + "&applies_to[products][0]="
                        + shop.product("pro-monthly"));
        code("Spring", "PRO", "&restrictions[first_time_transaction]=true");

        DiscountCheck forPlan = discounts.check(BUYER, " sPRING ", PRO);

        assertThat(forPlan).isInstanceOfSatisfying(DiscountCheck.Valid.class, valid -> {
            assertThat(valid.code()).isEqualTo("Spring");
            assertThat(valid.coupon().name()).isEqualTo("Spring");
            assertThat(valid.coupon().reduction()).hasToString("12.5 %");
            assertThat(valid.coupon().duration()).isEqualTo(CouponDuration.months(3));
            assertThat(valid.coupon().products()).as("as the catalog names it").containsExactly("pro");
        });
        assertThat(discounts.check(BUYER, "spring", null)).isEqualTo(forPlan);
        shop.subscribe("pro-monthly", "&trial_period_days=14");
        assertThat(discounts.check(BUYER, "spring", null))
                .as("a trial that cost nothing is no payment")
                .isEqualTo(forPlan);
        assertThat(discounts.check(BUYER, "spring", PlanKey.of("pro-lifetime")).valid())
                .isTrue();
    }

    @Test
    @DisplayName("C19 an amount counts in each currency it is given in")
    void amounts() {
        coupon("OFF5", "amount_off=500&currency=eur&duration=once&currency_options[usd][amount_off]=600");
        code(
                "FIVE",
                "OFF5",
                "&restrictions[minimum_amount]=2000&restrictions[minimum_amount_currency]=eur"
                        + "&restrictions[currency_options][usd][minimum_amount]=1000");

        assertThat(discounts.check(BUYER, "FIVE", PRO).valid()).isTrue();
        assertThat(refusal("FIVE", HOBBY))
                .isEqualTo(new DiscountCheck.Refused(
                        Reason.MINIMUM_AMOUNT, "This code needs a purchase of at least 10.00 USD."));
    }

    @Test
    @DisplayName("C19 of several codes of one word the one counts that this account can redeem")
    void severalCodes() {
        coupon("OLD", "percent_off=1&duration=once");
        coupon("ALL", "percent_off=10&duration=once");
        coupon("MINE", "percent_off=50&duration=once");
        code("HELLO", "OLD", "&active=false");
        code("HELLO", "ALL", "");
        code("HELLO", "MINE", "&customer=" + shop.customer());
        shop.register(OTHER);

        assertThat(discounts.check(BUYER, "HELLO", PRO))
                .isInstanceOfSatisfying(
                        DiscountCheck.Valid.class,
                        valid -> assertThat(valid.coupon().key()).isEqualTo("MINE"));
        assertThat(discounts.check(OTHER, "HELLO", PRO))
                .isInstanceOfSatisfying(
                        DiscountCheck.Valid.class,
                        valid -> assertThat(valid.coupon().key()).isEqualTo("ALL"));
    }

    @Test
    @DisplayName(
            "C19 a code is redeemed for the running subscription, seen in the mirror, told once, and counts on the next invoice")
    void applied() {
        Subscription pro = pro();
        tenPercent("TENOFF");

        Subscription discounted = discounts.apply(BUYER, "tenoff");

        assertThat(coupons(discounted)).containsExactly("TEN");
        assertThat(discounts.list(BUYER))
                .extracting(AppliedDiscount::subscriptionId)
                .containsExactly(pro.id());
        shop.sync();
        assertThat(shop.told(BillingEvent.DiscountApplied.class))
                .extracting(BillingEvent.DiscountApplied::coupon)
                .containsExactly("TEN");
        assertThat(shop.billing().subscriptions().find(BUYER)).contains(discounted);
        shop.advanceTo(discounted.periodEnd().orElseThrow().plus(Duration.ofHours(2)));
        assertThat(shop.told(BillingEvent.InvoicePaid.class))
                .extracting(paid -> paid.amountPaid().minorUnits())
                .containsExactlyInAnyOrder(2900L, 2610L);
    }

    @Test
    @DisplayName("C19 several discounts stack; one is taken off, or all")
    void stacked() {
        pro();
        tenPercent("TENOFF");
        coupon("FIVE", "amount_off=500&currency=usd&duration=forever");
        code("FIVEOFF", "FIVE", "");

        discounts.apply(BUYER, "TENOFF");
        assertThat(coupons(discounts.apply(BUYER, "FIVEOFF"))).containsExactly("TEN", "FIVE");
        String ten = discounts.list(BUYER).get(0).id();
        assertThat(coupons(discounts.remove(BUYER, ten))).containsExactly("FIVE");
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> discounts.remove(BUYER, ten));
        assertThat(coupons(discounts.apply(BUYER, "TENOFF"))).containsExactly("FIVE", "TEN");
        discounts.removeAll(BUYER);
        discounts.removeAll(BUYER);

        assertThat(discounts.list(BUYER)).isEmpty();
        shop.sync();
        assertThat(shop.told(BillingEvent.DiscountRemoved.class))
                .extracting(BillingEvent.DiscountRemoved::coupon)
                .containsExactly("TEN", "FIVE", "TEN");
    }

    @Test
    @DisplayName("C19 a discount of another account cannot be taken off")
    void anothersDiscount() {
        pro();
        tenPercent("TENOFF");
        discounts.apply(BUYER, "TENOFF");
        shop.register(OTHER);
        String id = discounts.list(BUYER).get(0).id();

        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> discounts.remove(OTHER, id));
        assertThat(discounts.list(BUYER)).hasSize(1);
    }

    @Test
    @DisplayName("C19 a code is redeemed once; with its key a request may be repeated")
    void repeated() {
        pro();
        tenPercent("TENOFF");
        RequestKey key = RequestKey.random();

        Subscription first = discounts.apply(BUYER, "TENOFF", key);

        assertThat(discounts.apply(BUYER, "TENOFF", key)).isEqualTo(first);
        assertThatExceptionOfType(DiscountRefusedException.class)
                .isThrownBy(() -> discounts.apply(BUYER, "TENOFF"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ALREADY_APPLIED));
        assertThat(shop.get("/v1/coupons/TEN").path("times_redeemed").intValue())
                .isEqualTo(1);
    }

    @Test
    @DisplayName(
            "C19 a code whose last redemption is taken between check and use is refused as used up, and nothing changes")
    void race() {
        Subscription pro = pro();
        coupon("TEN", "percent_off=10&duration=forever");
        String last = code("LAST", "TEN", "&max_redemptions=1");
        String theirs = shop.register(OTHER);
        String taking = "customer=" + theirs + "&items[0][price]=" + shop.price("hobby-monthly")
                + "&trial_period_days=5&discounts[0][promotion_code]=" + last;
        assertThat(discounts.check(BUYER, "LAST", null).valid()).isTrue();

        Billing server = shop.serverWhere("set", () -> shop.post("/v1/subscriptions", taking));
        assertThatExceptionOfType(DiscountRefusedException.class)
                .isThrownBy(() -> server.discounts().apply(BUYER, "LAST"))
                .satisfies(e -> {
                    assertThat(e.reason()).isEqualTo(Reason.EXHAUSTED);
                    assertThat(e.userMessage()).isEqualTo("This code has been used up.");
                    assertThat(e.getCause()).as("what Stripe said").isNotNull();
                });

        server.close();
        shop.sync();
        assertThat(shop.stored(pro.id())).isEqualTo(pro);
    }

    @Test
    @DisplayName("C19 codes that are redeemed at the same instant on two servers all count, and none is lost")
    void manyAtOnce() throws InterruptedException, ExecutionException {
        Subscription pro = pro();
        List<Callable<Subscription>> work = new ArrayList<>();
        try (Billing other = shop.serverOf(CATALOG)) {
            for (int i = 0; i < 6; i++) {
                String code = "CODE" + i;
                shop.post("/v1/coupons", "id=" + code + "&percent_off=1&duration=forever");
                shop.post("/v1/promotion_codes", "promotion[type]=coupon&promotion[coupon]=" + code + "&code=" + code);
                Billing server = i % 2 == 0 ? shop.billing() : other;
                work.add(() -> server.discounts().apply(BUYER, code));
            }
            ExecutorService threads = Executors.newFixedThreadPool(work.size());
            for (Future<Subscription> done : threads.invokeAll(work)) {
                assertThat(done.get().terms().discounts()).isNotEmpty();
            }
            threads.shutdown();
        }

        shop.sync();
        assertThat(shop.stored(pro.id()).terms().discounts()).hasSize(6);
    }

    @Test
    @DisplayName("C19 without a running subscription there is nothing to redeem a code for")
    void noSubscription() {
        tenPercent("TENOFF");

        assertThatExceptionOfType(InvalidStateException.class).isThrownBy(() -> discounts.apply(BUYER, "TENOFF"));
        assertThatExceptionOfType(InvalidStateException.class).isThrownBy(() -> discounts.applyToAll(BUYER, "TENOFF"));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> discounts.check(AccountRef.of("user", "nobody"), "TENOFF", PRO));
    }

    @Test
    @DisplayName("C19 an account's discount is one of each subscription the code is for")
    void allSubscriptions() {
        Subscription pro = pro();
        Subscription storage = shop.subscribe("storage-monthly", "&items[0][quantity]=3");
        tenPercent("TENOFF");
        coupon("ADDON", "percent_off=50&duration=once&applies_to[products][0]=" + shop.product("storage-monthly"));
        code("MORE", "ADDON", "");

        assertThat(discounts.applyToAll(BUYER, "TENOFF"))
                .extracting(Subscription::id)
                .containsExactlyInAnyOrder(pro.id(), storage.id());
        assertThat(discounts.applyToAll(BUYER, "MORE"))
                .extracting(Subscription::id)
                .containsExactly(storage.id());

        assertThat(coupons(shop.stored(pro.id()))).containsExactly("TEN");
        assertThat(coupons(shop.stored(storage.id()))).containsExactly("TEN", "ADDON");
        discounts.removeAll(BUYER);
        assertThat(discounts.list(BUYER)).isEmpty();
    }

    @Test
    @DisplayName("C19 if a code cannot be redeemed for each of them, none has it")
    void allOrNone() {
        Subscription pro = pro();
        Subscription storage = shop.subscribe("storage-monthly", "");
        coupon("TEN", "percent_off=10&duration=forever");
        code("ONCE", "TEN", "&max_redemptions=1");

        assertThatExceptionOfType(DiscountRefusedException.class)
                .isThrownBy(() -> discounts.applyToAll(BUYER, "ONCE"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.EXHAUSTED));

        shop.sync();
        assertThat(coupons(shop.stored(pro.id()))).isEmpty();
        assertThat(coupons(shop.stored(storage.id()))).isEmpty();
    }

    @Test
    @DisplayName("C19 a discount the customer as a whole has from former times goes with the others")
    void customersDiscount() {
        pro();
        coupon("TEN", "percent_off=10&duration=forever");
        shop.simulator().discountCustomer(shop.customer(), "TEN");
        assertThat(shop.get("/v1/customers/" + shop.customer()).path("discount").isObject())
                .isTrue();

        discounts.removeAll(BUYER);

        assertThat(shop.get("/v1/customers/" + shop.customer()).path("discount").isNull())
                .isTrue();
    }

    @Test
    @DisplayName("C19 a discount outlives a plan change that was scheduled before it")
    void scheduledChange() {
        pro();
        tenPercent("TENOFF");
        shop.billing().subscriptions().changePlan(BUYER, HOBBY);

        Subscription discounted = discounts.apply(BUYER, "TENOFF");

        assertThat(discounted.scheduledChange().orElseThrow().plans()).containsExactly(HOBBY);
        shop.sync();
        shop.advanceTo(discounted.periodEnd().orElseThrow().plus(Duration.ofHours(2)));
        Subscription hobby = shop.stored(discounted.id());
        assertThat(hobby.plans()).containsExactly(HOBBY);
        assertThat(coupons(hobby)).containsExactly("TEN");
        assertThat(shop.told(BillingEvent.InvoicePaid.class))
                .extracting(paid -> paid.amountPaid().minorUnits())
                .containsExactlyInAnyOrder(2900L, 810L);
    }
}
