package dev.billhook.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Limit;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.grant.Grant;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionFixture;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.testing.DocumentTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("C21 B4 catalog changes follow at once, unless a plan's version keeps what it had")
class PlanVersionsTest {
    private static final AccountRef ACCOUNT = AccountRef.of("user", "1");
    private static final PlanKey PRO = PlanKey.of("pro-monthly");

    /** The catalog of the document. */
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              pro: {name: Pro, tier: 20, features: [player, chapters], limits: {episodes: 20, seats: {per_unit: 2}}}
            plans:
              pro-monthly:
                product: pro
                interval: month
                pricing: {per_unit: {usd: 39.00}}
                version: "2027"
                versions:
                  first: {features: [player, transcripts], limits: {episodes: unlimited}}
                  "2025": {features: [player]}
                  "2026": {limits: {episodes: 20, seats: {per_unit: 5}}}
            """);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("C21 the document's table tells what each version has")
    void versions(List<String> row) {
        String version = row.get(0).equals("none") ? null : row.get(0);
        Entitlements decided = decide(version);

        assertThat(decided.features()).containsExactlyInAnyOrder(row.get(1).split(", "));
        assertThat(decided.limits().entrySet().stream()
                        .map(limit -> limit.getKey() + " "
                                + (limit.getValue().value() == null
                                        ? "unlimited"
                                        : limit.getValue().value()))
                        .sorted()
                        .collect(Collectors.joining(", ")))
                .isEqualTo(row.get(2));
    }

    static Stream<List<String>> versions() {
        List<List<String>> rows = DocumentTable.rows("access.md", "versions");
        assertThat(rows).hasSize(6);
        return rows.stream();
    }

    @Test
    @DisplayName("C21 what is given or not on a price of its own has what is sold now")
    void grants() {
        Grant grant = new Grant(
                "g",
                ACCOUNT,
                new Grant.What.OfPlan(PRO, 1),
                SubscriptionFixture.START,
                null,
                new Grant.Audit("root", "press", SubscriptionFixture.START),
                null);

        assertThat(rules().decide(
                                ACCOUNT,
                                new AccessFacts(List.of(), List.of(), List.of(grant)),
                                SubscriptionFixture.START)
                        .features())
                .isEqualTo(Set.of("player", "chapters"));
    }

    @Test
    @DisplayName("C21 a version that is kept counts beside another one as any two sources do")
    void joined() {
        AccessFacts facts = AccessFacts.of(List.of(on("first", 1), on("2027", 3)));

        Entitlements decided = rules().decide(ACCOUNT, facts, SubscriptionFixture.START);

        assertThat(decided.features()).isEqualTo(Set.of("player", "chapters", "transcripts"));
        assertThat(decided.limits()).isEqualTo(Map.of("episodes", Limit.unlimited(), "seats", Limit.of(6)));
    }

    private static Entitlements decide(@Nullable String version) {
        return rules().decide(ACCOUNT, AccessFacts.of(List.of(on(version, 1))), SubscriptionFixture.START);
    }

    private static AccessRules rules() {
        return new AccessRules(CATALOG, AccessPolicy.STANDARD);
    }

    private static Subscription on(@Nullable String version, long units) {
        SubscriptionItem item = new SubscriptionItem(
                "si_1", "price_1", PRO, units, SubscriptionFixture.START, SubscriptionFixture.END, version);
        return Subscription.builder("sub_" + version, SubscriptionStatus.ACTIVE, SubscriptionFixture.START)
                .items(List.of(item))
                .build();
    }
}
