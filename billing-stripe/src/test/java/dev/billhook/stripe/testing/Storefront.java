package dev.billhook.stripe.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.invoice.InvoiceRefusedException;
import dev.billhook.invoice.InvoiceRefusedException.Reason;
import dev.billhook.money.Money;
import dev.billhook.subscription.Subscription;
import java.time.Duration;

/** A Stripe that remembers, a whole billing in memory that sells three tiers and an add-on in three currencies, and its accounts. */
public final class Storefront extends Shop {
    public static final AccountRef ADA = AccountRef.of("user", "ada");
    public static final AccountRef BOB = AccountRef.of("user", "bob");
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              hobby: {name: Hobby, tier: 10}
              pro: {name: Pro, tier: 20}
              team: {name: Team, tier: 30}
              storage: {name: Storage, kind: add-on}
            plans:
              hobby-monthly: {product: hobby, interval: month, pricing: {flat: {usd: 9}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29, jpy: 3000, kwd: "9.120"}}}
              pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 290}}}
              team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: 12, jpy: 1200, kwd: "4.010"}}}
              storage-monthly: {product: storage, interval: month, pricing: {per_unit: {usd: 5}}}
            """);

    public Storefront() {
        super(CATALOG, USUALLY, builder -> builder);
    }

    /** So many cents. */
    public static Money usd(long cents) {
        return Money.of(cents, "usd");
    }

    /** A command about an invoice is refused for this reason, and told what to do instead. */
    public static void assertRefused(Reason reason, Runnable command) {
        assertThatExceptionOfType(InvoiceRefusedException.class)
                .isThrownBy(command::run)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.remedy()).isNotBlank());
    }

    /** Calls Stripe as another program does; answers the id of what was made. */
    public String post(String path, String form) {
        return other().post(path, form);
    }

    /** What Stripe tells another program. */
    public String get(String path) {
        return other().get(path);
    }

    /** Makes the account and its customer, and gives it the card. */
    public String customer(AccountRef account, String card) {
        billing().accounts().register(account, AccountProfile.empty());
        post("/v1/customers", "metadata[billhook_account]=" + account);
        settle();
        card(account, card);
        return customerOf(account);
    }

    /** Gives the account's customer a new default card. */
    public void card(AccountRef account, String card) {
        newCard(customerOf(account), card);
        settle();
    }

    public String customerOf(AccountRef account) {
        return billing()
                .accounts()
                .find(account)
                .flatMap(BillingAccount::customerId)
                .orElseThrow();
    }

    /**
     * Subscribes the account's customer.
     *
     * @param form further parameters, beginning with an ampersand
     */
    public Subscription subscribe(AccountRef account, String plan, long units, String form) {
        post(
                "/v1/subscriptions",
                "customer=" + customerOf(account) + "&metadata[billhook_account]=" + account + "&items[0][price]="
                        + price(plan) + "&items[0][quantity]=" + units + form);
        settle();
        return subscription(account);
    }

    public Subscription subscription(AccountRef account) {
        return billing().subscriptions().find(account).orElseThrow();
    }

    /** Lets time pass, and takes in what happened. */
    public void advance(Duration time) {
        simulator().advance(time);
        settle();
    }

    /** Goes on until an hour after the account's next renewal is final. */
    public void renew(AccountRef account) {
        simulator().advanceTo(subscription(account).periodEnd().orElseThrow().plus(Duration.ofHours(2)));
        settle();
    }
}
