package dev.billhook.internal.discount;

import dev.billhook.account.AccountRef;
import dev.billhook.account.AccountService;
import dev.billhook.account.BillingAccount;
import dev.billhook.account.Customer;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.discount.DiscountCheck;
import dev.billhook.discount.DiscountRules;
import dev.billhook.discount.PromotionCode;
import dev.billhook.discount.Purchase;
import dev.billhook.money.MinorUnits;
import dev.billhook.spi.provider.discount.DiscountGateway;
import dev.billhook.subscription.Subscription;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks codes up and judges them. */
public final class CodeCheck {
    private static final Pattern POSSIBLE = Pattern.compile("[A-Za-z0-9_-]{1,500}");

    private final DiscountGateway gateway;
    private final AccountService accounts;
    private final Baskets baskets;
    private final InstantSource clock;

    /** A check of codes the gateway finds. */
    public CodeCheck(DiscountGateway gateway, AccountService accounts, Catalog catalog, InstantSource clock) {
        this.gateway = gateway;
        this.accounts = accounts;
        this.baskets = new Baskets(catalog);
        this.clock = clock;
    }

    /** What the account entered. */
    public Entered entered(AccountRef account, String word) {
        BillingAccount known = accounts.get(account);
        String customerId = known.customerId().orElse(null);
        Instant now = clock.instant();
        String code = word.strip();
        List<PromotionCode> found = POSSIBLE.matcher(code).matches() ? gateway.find(code) : List.<PromotionCode>of();
        Optional<PromotionCode> chosen = DiscountRules.choose(found, customerId, now);
        boolean paidBefore = customerId != null
                && chosen.filter(each -> each.restrictions().firstTimeOnly()).isPresent()
                && gateway.paidBefore(customerId);
        return new Entered(chosen.orElse(null), customerId, paidBefore, currencyOf(known), now);
    }

    private static @Nullable Currency currencyOf(BillingAccount account) {
        Customer customer = account.customer();
        return customer == null || customer.currency() == null ? null : MinorUnits.currency(customer.currency());
    }

    /** A code, and who entered it when. */
    public final class Entered {
        private final @Nullable PromotionCode code;
        private final @Nullable String customerId;
        private final boolean paidBefore;
        private final @Nullable Currency usual;
        private final Instant now;

        private Entered(
                @Nullable PromotionCode code,
                @Nullable String customerId,
                boolean paidBefore,
                @Nullable Currency usual,
                Instant now) {
            this.code = code;
            this.customerId = customerId;
            this.paidBefore = paidBefore;
            this.usual = usual;
            this.now = now;
        }

        /** The code, if there is such a one. */
        public Optional<PromotionCode> code() {
            return Optional.ofNullable(code);
        }

        /** Whether it can be redeemed for the plan. */
        public DiscountCheck forPlan(Plan plan) {
            return judged(baskets.ofPlan(plan, usual));
        }

        /** Whether it can be redeemed for what the subscription charges. */
        public DiscountCheck forSubscription(Subscription subscription) {
            return judged(baskets.of(subscription).orElse(null));
        }

        /** Whether it can be redeemed for something. */
        public DiscountCheck forAnything() {
            return judged(null);
        }

        private DiscountCheck judged(Purchase.@Nullable Basket basket) {
            return DiscountRules.judge(code, new Purchase(customerId, paidBefore, basket), now);
        }
    }
}
