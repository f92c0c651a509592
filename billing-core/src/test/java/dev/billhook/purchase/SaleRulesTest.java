package dev.billhook.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.money.Money;
import dev.billhook.purchase.Purchase.Reason;
import dev.billhook.purchase.Purchase.Revocation;
import dev.billhook.purchase.PurchasePolicy.Disputes;
import dev.billhook.purchase.Sale.Dispute;
import dev.billhook.purchase.Sale.Payment;
import dev.billhook.purchase.SaleVerdict.Bought;
import dev.billhook.purchase.SaleVerdict.Foreign;
import dev.billhook.purchase.SaleVerdict.Mismatch;
import dev.billhook.purchase.SaleVerdict.Refused;
import dev.billhook.purchase.SaleVerdict.Waiting;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("D4 What a sale gives")
class SaleRulesTest {
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              solo: {name: Solo, tier: 10}
              pro: {name: Pro, tier: 20}
              start: {name: Start, kind: add-on}
            plans:
              solo-lifetime: {product: solo, interval: once, pricing: {one_time: {usd: 99}}}
              pro-lifetime: {product: pro, interval: once, pricing: {one_time: {usd: 299}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}}
              start-fee: {product: start, interval: once, pricing: {one_time: {usd: 49}}}
            """);
    private static final Instant NOW = Instant.parse("2027-03-01T00:00:00Z");
    private static final Instant BEFORE = Instant.parse("2027-02-01T00:00:00Z");
    private static final SaleRules RULES = new SaleRules(CATALOG, PurchasePolicy.STANDARD);

    private static Sale sale(@Nullable String intended, String lines, boolean settled, @Nullable Payment payment) {
        List<Sale.Line> sold = lines.isEmpty()
                ? List.of()
                : Arrays.stream(lines.split(" ")).map(SaleRulesTest::line).toList();
        return new Sale(
                "cs_1",
                "cus_1",
                AccountRef.of("user", "1"),
                intended == null ? null : PlanKey.of(intended),
                sold,
                settled,
                payment,
                BEFORE);
    }

    private static Sale.Line line(String text) {
        String[] parts = text.split("\\*");
        return new Sale.Line(
                parts[0].equals("?") ? null : PlanKey.of(parts[0]), parts.length == 1 ? 1 : Long.parseLong(parts[1]));
    }

    private static Payment paid(long refunded, Dispute dispute) {
        return new Payment(
                "pi_1",
                "ch_1",
                BEFORE,
                Money.of(29900, "usd"),
                Money.of(refunded, "usd"),
                refunded == 0 ? null : BEFORE.plusSeconds(60),
                dispute,
                dispute == Dispute.NONE ? null : BEFORE.plusSeconds(90));
    }

    @ParameterizedTest(name = "opened for {0}, sold {1}: {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "pro-lifetime, pro-lifetime, pro-lifetime",
                "-, pro-lifetime, pro-lifetime",
                "pro-lifetime, pro-lifetime ?, pro-lifetime",
                "pro-lifetime, start-fee pro-lifetime, pro-lifetime",
                "-, ?, foreign",
                "-, start-fee, foreign",
                "-, gold-lifetime, foreign",
                "pro-lifetime, ?, OTHER_PLAN",
                "pro-lifetime, solo-lifetime, OTHER_PLAN",
                "pro-lifetime, start-fee, OTHER_PLAN",
                "pro-lifetime, solo-lifetime pro-lifetime, SEVERAL_PLANS",
                "-, solo-lifetime pro-lifetime, SEVERAL_PLANS",
                "gold-lifetime, gold-lifetime, UNKNOWN_PLAN",
                "start-fee, start-fee, UNKNOWN_PLAN",
                "pro-lifetime, pro-lifetime*2, UNITS"
            })
    @DisplayName("by what the page was opened for and what was sold")
    void verdicts(@Nullable String intended, String lines, String expected) {
        SaleVerdict verdict = RULES.judge(sale(intended, lines, true, paid(0, Dispute.NONE)), null, NOW);

        switch (expected) {
            case "foreign" -> assertThat(verdict).isEqualTo(new Foreign());
            case "pro-lifetime" -> assertThat(verdict).isEqualTo(new Bought(PlanKey.of(expected), 1, null));
            default -> assertThat(verdict).isEqualTo(new Refused(Mismatch.valueOf(expected)));
        }
    }

    @Test
    @DisplayName("nothing before the money is there, and nothing is blamed either")
    void waiting() {
        assertThat(RULES.judge(sale("pro-lifetime", "pro-lifetime", false, null), null, NOW))
                .isEqualTo(new Waiting());
        assertThat(RULES.judge(sale("pro-lifetime", "?", false, null), null, NOW))
                .isEqualTo(new Waiting());
    }

    @Test
    @DisplayName("what cost nothing is bought all the same")
    void free() {
        assertThat(RULES.judge(sale("pro-lifetime", "pro-lifetime", true, null), null, NOW))
                .isEqualTo(new Bought(PlanKey.of("pro-lifetime"), 1, null));
    }

    @ParameterizedTest(name = "{0} of 29900 refunded, dispute {1}: {2}, if disputes count when lost: {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "0, NONE, -, -",
                "29899, NONE, -, -",
                "29900, NONE, REFUNDED, REFUNDED",
                "0, OPEN, DISPUTED, -",
                "0, LOST, DISPUTED, DISPUTED",
                "29899, LOST, DISPUTED, DISPUTED",
                "29900, LOST, REFUNDED, REFUNDED"
            })
    @DisplayName("whether it counts follows from the payment")
    void revocations(long refunded, Dispute dispute, @Nullable Reason standard, @Nullable Reason whenLost) {
        Sale sale = sale("pro-lifetime", "pro-lifetime", true, paid(refunded, dispute));

        assertThat(reason(RULES, sale)).isEqualTo(standard);
        assertThat(reason(
                        new SaleRules(CATALOG, PurchasePolicy.STANDARD.withDisputes(Disputes.REVOKE_WHEN_LOST)), sale))
                .isEqualTo(whenLost);
    }

    private static @Nullable Reason reason(SaleRules rules, Sale sale) {
        Revocation revocation = ((Bought) rules.judge(sale, null, NOW)).revocation();
        return revocation == null ? null : revocation.reason();
    }

    @Test
    @DisplayName("a revocation keeps its time, and a purchase what it was made for, whatever becomes of the catalog")
    void known() {
        Revocation earlier = new Revocation(Reason.REFUNDED, BEFORE);
        Purchase known = new Purchase(
                "cs_1", AccountRef.of("user", "1"), PlanKey.of("gold-lifetime"), 7, "pi_1", BEFORE, earlier);

        assertThat(RULES.judge(sale("gold-lifetime", "?", true, paid(29900, Dispute.NONE)), known, NOW))
                .isEqualTo(new Bought(PlanKey.of("gold-lifetime"), 7, earlier));
        assertThat(RULES.judge(sale("gold-lifetime", "?", true, paid(0, Dispute.NONE)), known, NOW))
                .isEqualTo(new Bought(PlanKey.of("gold-lifetime"), 7, null));
        assertThat(RULES.judge(sale("gold-lifetime", "?", true, paid(0, Dispute.LOST)), known, NOW))
                .isEqualTo(new Bought(
                        PlanKey.of("gold-lifetime"), 7, new Revocation(Reason.DISPUTED, BEFORE.plusSeconds(90))));
    }

    @Test
    @DisplayName("a catalog without lifetime plans sells nothing once")
    void anySold() {
        assertThat(RULES.anySold()).isTrue();
        assertThat(new SaleRules(CatalogReader.readYaml("""
                                products: {pro: {name: Pro, tier: 1}, start: {name: Start, kind: add-on}}
                                plans:
                                  pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}}
                                  start-fee: {product: start, interval: once, pricing: {one_time: {usd: 49}}}
                                """), PurchasePolicy.STANDARD).anySold())
                .isFalse();
    }
}
