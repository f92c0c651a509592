package dev.billhook.stripe.testing;

import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Product;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.catalog.UnitTerms;
import dev.billhook.money.MinorUnits;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans to sell in tests. */
public final class Plans {
    public static final Currency USD = MinorUnits.currency("usd");
    public static final Currency EUR = MinorUnits.currency("eur");
    public static final Currency JPY = MinorUnits.currency("jpy");
    public static final Currency KWD = MinorUnits.currency("kwd");
    public static final Product PRO = new Product("pro", "Pro", "For growing shows", 20, Set.of(), Map.of());

    private Plans() {}

    /** Amounts of which the first is the price's own. */
    public static <V> Map<Currency, V> inOrder(Currency first, V one, Currency second, V other) {
        Map<Currency, V> amounts = new LinkedHashMap<>();
        amounts.put(first, one);
        amounts.put(second, other);
        return amounts;
    }

    public static Plan monthly(String key, Pricing pricing) {
        return new Plan(PlanKey.of(key), PRO, BillingInterval.MONTHLY, pricing, null, UnitTerms.ANY);
    }

    public static Plan flat(@Nullable TrialTerms trial) {
        return new Plan(
                PlanKey.of("pro-monthly"),
                PRO,
                BillingInterval.MONTHLY,
                new Pricing.Flat(Map.of(USD, 2900L)),
                trial,
                UnitTerms.SINGLE);
    }

    public static Plan lifetime() {
        return new Plan(
                PlanKey.of("lifetime"),
                PRO,
                BillingInterval.ONCE,
                new Pricing.OneTime(Map.of(USD, 29900L)),
                null,
                UnitTerms.SINGLE);
    }
}
