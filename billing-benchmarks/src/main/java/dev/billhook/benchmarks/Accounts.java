package dev.billhook.benchmarks;

import dev.billhook.AsOf;
import dev.billhook.Billing;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.account.Customer;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Limit;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Product;
import dev.billhook.catalog.UnitTerms;
import dev.billhook.entitlement.EntitlementCaching;
import dev.billhook.reconcile.ReconcileSchedule;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.MirrorStore.SubscriptionWrite;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** A mirror full of subscribers with two lines each, and a reproducible way through them. Not thread-safe. */
public final class Accounts {
    /** A test that only wants to see everything run sets a small number. */
    static final int COUNT = Integer.getInteger("billhook.benchmarks.accounts", 2_000);

    public static final Instant NOW = Instant.parse("2026-10-02T00:00:00Z");
    static final PlanKey MAIN_PLAN = PlanKey.of("team-monthly");

    private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofDays(31));

    private final SplittableRandom random = new SplittableRandom(20261120);

    public int next() {
        return random.nextInt(COUNT);
    }

    public static AccountRef ref(int number) {
        return AccountRef.of("team", Integer.toString(number));
    }

    public static String customerId(int number) {
        return "cus_Bench" + number;
    }

    public static String subscriptionId(int number) {
        return "sub_Bench" + number;
    }

    static void fill(BillingStores stores) {
        stores.transactor().run(() -> {
            for (int number = 0; number < COUNT; number++) {
                stores.accounts().insertIfAbsent(account(number));
                stores.mirror().write(List.of(), List.of(new SubscriptionWrite(null, subscription(number))), List.of());
            }
        });
    }

    private static BillingAccount account(int number) {
        Customer customer = new Customer(customerId(number), "usd", false, null, false);
        return BillingAccount.registered(
                        ref(number), new AccountProfile("owner" + number + "@example.com", null), START)
                .withCustomer(customer, AsOf.at(START));
    }

    /** A billing that never calls its provider; it is rarely that anything is due. */
    static Billing billing(BillingStores stores, EntitlementCaching caching) {
        StripeConfig unused = StripeConfig.builder()
                .apiKey("sk_test_benchmark")
                .withoutWebhooks()
                .build();
        return Billing.builder(catalog(), StripePaymentProvider.of(unused), stores)
                .entitlementCaching(caching)
                .backgroundInterval(Duration.ofDays(1))
                .reconcile(ReconcileSchedule.NONE)
                .build();
    }

    private static Catalog catalog() {
        Product team = new Product(
                "team", "Team", null, 20, Set.of("transcripts", "roles"), Map.of("seats", Limit.perUnit(1)));
        return Catalog.of(List.of(new Plan(
                MAIN_PLAN,
                team,
                BillingInterval.MONTHLY,
                new Pricing.PerUnit(Map.of(Currency.getInstance("USD"), 1200L)),
                null,
                UnitTerms.ANY)));
    }

    static MirroredSubscription subscription(int number) {
        List<SubscriptionItem> items = List.of(
                new SubscriptionItem("si_Main" + number, "price_Main", MAIN_PLAN, 7, START, END),
                new SubscriptionItem(
                        "si_Support" + number, "price_Support", PlanKey.of("support-monthly"), 1, START, END));
        Subscription subscription = Subscription.builder(subscriptionId(number), SubscriptionStatus.ACTIVE, START)
                .items(items)
                .terms(BillingTerms.in(Currency.getInstance("USD")))
                .build();
        return new MirroredSubscription(ref(number), customerId(number), subscription, AsOf.at(START), START, 1);
    }
}
