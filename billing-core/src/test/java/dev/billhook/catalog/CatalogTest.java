package dev.billhook.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.NotFoundException;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C1 a catalog holds each plan and product once")
class CatalogTest {
    private static final Pricing FLAT = new Pricing.Flat(Map.of(Currency.getInstance("USD"), 100L));
    private static final Pricing ONE_TIME = new Pricing.OneTime(Map.of(Currency.getInstance("USD"), 100L));
    private static final Product PRO = product("pro", 20);

    @Test
    @DisplayName("C1 plans and products are found in the order they were given")
    void finds() {
        Plan monthly = plan("pro-monthly", PRO);
        Plan hobby = plan("hobby-monthly", product("hobby", 10));
        Catalog catalog = Catalog.of(List.of(monthly, hobby));

        assertThat(catalog.plans()).containsExactly(monthly, hobby);
        assertThat(catalog.products()).containsExactly(PRO, hobby.product());
        assertThat(catalog.findPlan(PlanKey.of("pro-monthly"))).contains(monthly);
        assertThat(catalog.findPlan(PlanKey.of("none"))).isEmpty();
        assertThat(catalog.getPlan(PlanKey.of("hobby-monthly"))).isSameAs(hobby);
    }

    @Test
    @DisplayName("C1 asking for a plan that is not for sale tells which are")
    void missing() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> Catalog.of(List.of(plan("pro-monthly", PRO))).getPlan(PlanKey.of("gold")))
                .withMessageContaining("'gold'")
                .withMessageContaining("pro-monthly");
    }

    @Test
    @DisplayName("C1 a key names one plan, and a product key one product")
    void twice() {
        Plan plan = plan("pro-monthly", PRO);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Catalog.of(List.of(plan, plan)))
                .withMessageContaining("pro-monthly");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Catalog.of(List.of(plan, plan("pro-yearly", product("pro", 99)))))
                .withMessageContaining("'pro'");
    }

    @Test
    @DisplayName("D4 one-time pricing goes with the interval 'once', and neither has a trial")
    void oneTime() {
        assertThatIllegalArgumentException().isThrownBy(() -> plan(BillingInterval.MONTHLY, ONE_TIME, null));
        assertThatIllegalArgumentException().isThrownBy(() -> plan(BillingInterval.ONCE, FLAT, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(BillingInterval.ONCE, ONE_TIME, new TrialTerms(7, true)));
        assertThat(plan(BillingInterval.ONCE, ONE_TIME, null).interval().recurring())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Pro", "-pro", ".pro", "a b", "pro/monthly", "prö"})
    @DisplayName("B4 a plan key that cannot be a lookup key is refused")
    void malformedKeys(String key) {
        assertThat(PlanKey.isValid(key)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> PlanKey.of(key));
        assertThatIllegalArgumentException().isThrownBy(() -> product(key, 1));
    }

    @Test
    @DisplayName("B4 plan keys are short lower-case names")
    void keys() {
        assertThat(PlanKey.of("pro-monthly.v2_eu")).hasToString("pro-monthly.v2_eu");
        assertThat(PlanKey.isValid("9" + "x".repeat(63))).isTrue();
        assertThat(PlanKey.isValid("9" + "x".repeat(64))).isFalse();
    }

    @Test
    @DisplayName("C1 a product needs a name")
    void namelessProduct() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Product("pro", " ", null, 1, Set.of(), Map.of()))
                .withMessageContaining("'pro'");
    }

    private static Product product(String key, int tier) {
        return new Product(key, "Name", null, tier, Set.of("feature"), Map.of("limit", Limit.of(1)));
    }

    private static Plan plan(String key, Product product) {
        return new Plan(PlanKey.of(key), product, BillingInterval.MONTHLY, FLAT, null, UnitTerms.SINGLE);
    }

    private static Plan plan(BillingInterval interval, Pricing pricing, @Nullable TrialTerms trial) {
        return new Plan(PlanKey.of("p"), PRO, interval, pricing, trial, UnitTerms.SINGLE);
    }
}
