package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.AsOf;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.CatalogFixture;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessFacts;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.AccessRules;
import dev.billhook.entitlement.claim.Claim;
import dev.billhook.grant.Grant;
import dev.billhook.purchase.Purchase;
import dev.billhook.spi.store.purchase.PurchaseStore;
import dev.billhook.testing.AnyFacts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of access does. */
abstract class AccessStoreContract extends StoreContract {
    private static final Grant.What TEAM = new Grant.What.OfPlan(PlanKey.of("team-monthly"), 4);
    private static final Grant.What BETA = new Grant.What.OfFeature("beta");

    @Test
    @DisplayName("D9 a grant comes back as it was given, once")
    void roundTrip() {
        Grant plan = grant("g1", ALICE, TEAM, day(0), day(9));
        Grant feature = grant("g2", ALICE, BETA, day(1), null);

        assertThat(stores.access().insertIfAbsent(plan)).isTrue();
        assertThat(stores.access().insertIfAbsent(feature)).isTrue();
        assertThat(stores.access().insertIfAbsent(grant("g1", BOB, BETA, day(0), null)))
                .isFalse();

        assertThat(stores.access().findGrant(ALICE, "g1")).contains(plan);
        assertThat(stores.access().findGrant(ALICE, "g2")).contains(feature);
        assertThat(stores.access().findGrant(BOB, "g1")).isEmpty();
        assertThat(stores.access().facts(ALICE).grants()).containsExactly(feature, plan);
        assertThat(stores.access().facts(BOB)).isEqualTo(AccessFacts.NONE);
    }

    @Test
    @DisplayName("D9 a grant is taken back once")
    void revoke() {
        Grant given = grant("g1", ALICE, TEAM, day(0), null);
        Grant taken = given.revoked(new Grant.Audit("root", "mistake", day(2)));
        stores.access().insertIfAbsent(given);

        assertThat(stores.access().revoke(taken)).isTrue();
        assertThat(stores.access().revoke(given.revoked(new Grant.Audit("eve", "again", day(3)))))
                .isFalse();

        assertThat(stores.access().findGrant(ALICE, "g1")).contains(taken);
    }

    @Test
    @DisplayName("D2 subscriptions and grants come together, those of one account, newest first")
    void facts() {
        MirroredSubscription older = row(ALICE, "sub_1", day(0));
        MirroredSubscription newer = row(ALICE, "sub_2", day(3));
        insert(older);
        insert(newer);
        insert(row(BOB, "sub_3", day(1)));
        Grant grant = grant("g1", ALICE, BETA, day(1), null);
        stores.access().insertIfAbsent(grant);

        assertThat(stores.access().facts(ALICE))
                .isEqualTo(new AccessFacts(
                        List.of(newer.subscription(), older.subscription()), List.of(), List.of(grant)));
    }

    @Test
    @DisplayName("D13 scopes never see each other's grants")
    void scopes() {
        BillingStores live = stores(new ProviderScope(stores.scope().account(), true));
        Grant grant = grant("g1", ALICE, BETA, day(0), null);
        stores.access().insertIfAbsent(grant);

        assertThat(live.access().findGrant(ALICE, "g1")).isEmpty();
        assertThat(live.access().facts(ALICE)).isEqualTo(AccessFacts.NONE);
        assertThat(live.access().claims(ALICE)).isEmpty();
        assertThat(live.access().insertIfAbsent(grant)).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 20_261_123})
    @DisplayName("D2 whatever is written, what a question reads says the same as everything the account has")
    void claims(long seed) {
        AnyFacts any = new AnyFacts(ALICE, new Random(seed));
        AccessRules rules = new AccessRules(CatalogFixture.catalog(), AccessPolicy.STRICT);
        Map<String, MirroredSubscription> written = new HashMap<>();
        for (int i = 0; i < 120; i++) {
            writeSomething(any, written);
            Instant now = any.instant();

            for (AccountRef account : List.of(ALICE, BOB)) {
                List<Claim> claims = stores.access().claims(account);
                AccessFacts facts = stores.access().facts(account);
                assertThat(claims).isEqualTo(facts.claims());
                assertThat(rules.decide(account, claims, now)).isEqualTo(rules.decide(account, facts, now));
            }
        }
        assertThat(stores.access().claims(ALICE)).hasSizeGreaterThan(5);
    }

    private void writeSomething(AnyFacts any, Map<String, MirroredSubscription> written) {
        String number = Integer.toString(any.random().nextInt(4));
        switch (any.random().nextInt(4)) {
            case 0 -> {
                Purchase purchase = any.purchase("cs_" + number);
                stores.purchases().write(List.of(new PurchaseStore.Row(purchase, "cus_1", AsOf.at(day(0)), day(0), 1)));
            }
            case 1 -> stores.access().insertIfAbsent(any.grant(number));
            case 2 ->
                stores.access()
                        .findGrant(ALICE, number)
                        .ifPresent(grant ->
                                stores.access().revoke(grant.revoked(new Grant.Audit("root", "end", any.instant()))));
            default -> {
                String id = "sub_" + number;
                MirroredSubscription before = written.get(id);
                AccountRef owner = any.random().nextInt(5) == 0 ? BOB : ALICE;
                MirroredSubscription after = new MirroredSubscription(
                        owner,
                        "cus_1",
                        any.subscription(id),
                        AsOf.at(day(0)),
                        day(0),
                        before == null ? 1 : before.version() + 1);
                replace(before, after);
                written.put(id, after);
            }
        }
    }

    private static Grant grant(String id, AccountRef account, Grant.What what, Instant at, @Nullable Instant until) {
        return new Grant(id, account, what, at, until, new Grant.Audit("root", "press", at), null);
    }
}
