package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.AsOf;
import dev.billhook.BillingException;
import dev.billhook.ProviderScope;
import dev.billhook.catalog.PlanKey;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.Schedule;
import dev.billhook.subscription.ScheduledChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every subscription store does. */
abstract class SubscriptionStoreContract extends StoreContract {
    private static final SubscriptionItem METERED = new SubscriptionItem("si_2", "price_2", null, 0, day(0), day(31));
    private static final SubscriptionItem SEATS =
            new SubscriptionItem("si_1", "price_1", PlanKey.of("team-yearly"), 5_000_000_000L, day(0), day(365));

    @ParameterizedTest(name = "C4 A subscription that is {0} comes back as it was written")
    @EnumSource(SubscriptionStatus.class)
    void roundTrip(SubscriptionStatus status) {
        MirroredSubscription written = full("sub_1", status, 1);

        insert(written);

        assertThat(stores.subscriptions().find("sub_1")).contains(written);
        assertThat(stores.subscriptions().list(ALICE)).containsExactly(written);
    }

    @Test
    @DisplayName("A subscription without lines and dates comes back as it was written")
    void roundTripOfLittle() {
        Subscription bare = Subscription.builder("sub_1", SubscriptionStatus.INCOMPLETE, day(0))
                .build();
        MirroredSubscription written = new MirroredSubscription(ALICE, "cus_1", bare, AsOf.at(day(0)), NOW, 1);

        insert(written);

        assertThat(stores.subscriptions().find("sub_1")).contains(written);
    }

    @Test
    @DisplayName("Unknown subscriptions are empty")
    void unknown() {
        assertThat(stores.subscriptions().find("sub_none")).isEmpty();
        assertThat(stores.subscriptions().list(ALICE)).isEmpty();
        assertThat(stores.subscriptions().findAll(List.of("sub_none"))).isEmpty();
        assertThat(stores.subscriptions().findAll(List.of())).isEmpty();
    }

    @Test
    @DisplayName("An account's subscriptions are listed newest first, without those of others")
    void list() {
        insert(row(ALICE, "sub_old", day(-10)));
        insert(row(ALICE, "sub_b", day(0)));
        insert(row(ALICE, "sub_a", day(0)));
        insert(row(BOB, "sub_bob", day(0)));

        assertThat(stores.subscriptions().list(ALICE))
                .extracting(row -> row.subscription().id())
                .containsExactly("sub_a", "sub_b", "sub_old");
    }

    @Test
    @DisplayName("A subscription cannot be inserted twice, and the attempt leaves the first one")
    void insertTwice() {
        insert(row(ALICE, "sub_1", day(0)));

        assertThatThrownBy(() -> insert(row(BOB, "sub_1", day(1)))).isInstanceOf(BillingException.class);
        assertThat(stores.subscriptions().find("sub_1")).contains(row(ALICE, "sub_1", day(0)));
    }

    @Test
    @DisplayName("An update replaces state and lines if the version did not move")
    void update() {
        insert(row(ALICE, "sub_1", day(0)));
        MirroredSubscription second = full("sub_1", SubscriptionStatus.PAST_DUE, 2);
        MirroredSubscription third = version(row(ALICE, "sub_1", day(0)), 3);

        replace(row(ALICE, "sub_1", day(0)), second);
        assertThat(stores.subscriptions().find("sub_1")).contains(second);
        replace(second, third);
        assertThat(stores.subscriptions().find("sub_1")).contains(third);
    }

    @Test
    @DisplayName("C7 An update on a version that moved changes nothing")
    void staleUpdate() {
        insert(row(ALICE, "sub_1", day(0)));
        MirroredSubscription second = full("sub_1", SubscriptionStatus.PAST_DUE, 2);
        replace(row(ALICE, "sub_1", day(0)), second);

        MirroredSubscription read = row(ALICE, "sub_1", day(0));
        assertThatThrownBy(() -> replace(read, version(read, 3))).isInstanceOf(BillingException.class);
        assertThatThrownBy(() -> replace(version(read, 3), version(read, 4))).isInstanceOf(BillingException.class);
        assertThat(stores.subscriptions().find("sub_1")).contains(second);
    }

    @Test
    @DisplayName("Lines that are gone, new or changed are written, the others stay")
    void lines() {
        MirroredSubscription first = full("sub_1", SubscriptionStatus.ACTIVE, 1);
        insert(first);
        SubscriptionItem more = new SubscriptionItem("si_1", "price_1", SEATS.plan(), 7, day(0), day(365));
        SubscriptionItem added = new SubscriptionItem("si_3", "price_3", null, 1, day(0), day(31));
        Subscription changed = Subscription.builder("sub_1", SubscriptionStatus.ACTIVE, day(0))
                .items(List.of(more, added))
                .build();
        MirroredSubscription second = new MirroredSubscription(ALICE, "cus_1", changed, AsOf.at(day(9)), NOW, 2);

        replace(first, second);

        assertThat(stores.subscriptions().findAll(List.of("sub_1", "sub_2", "sub_3")))
                .containsOnly(Map.entry("sub_1", second));
    }

    @Test
    @DisplayName("C4 All subscriptions can be gone through page by page, newest first, those of one second too")
    void scan() {
        insert(row(ALICE, "sub_old", day(-10)));
        for (String id : List.of("sub_c", "sub_a", "sub_e", "sub_b", "sub_d")) {
            insert(row(BOB, id, day(0)));
        }
        insert(row(ALICE, "sub_new", day(1)));

        List<String> seen = new ArrayList<>();
        List<MirroredSubscription> page = stores.subscriptions().scan(null, null, 2);
        while (!page.isEmpty()) {
            page.forEach(row -> seen.add(row.subscription().id()));
            Subscription last = page.get(page.size() - 1).subscription();
            page = stores.subscriptions().scan(last.createdAt(), last.id(), 2);
        }

        assertThat(seen).containsExactly("sub_new", "sub_a", "sub_b", "sub_c", "sub_d", "sub_e", "sub_old");
    }

    @Test
    @DisplayName("D13 Scopes never see each other's subscriptions")
    void scopes() {
        BillingStores live = stores(new ProviderScope(stores.scope().account(), true));
        insert(row(ALICE, "sub_1", day(0)));

        assertThat(live.subscriptions().find("sub_1")).isEmpty();
        assertThat(live.subscriptions().list(ALICE)).isEmpty();
        assertThat(live.subscriptions().findAll(List.of("sub_1"))).isEmpty();
        assertThat(live.subscriptions().scan(null, null, 10)).isEmpty();
        live.transactor()
                .run(() -> live.mirror()
                        .write(
                                List.of(),
                                List.of(new MirrorStore.SubscriptionWrite(null, row(BOB, "sub_1", day(0)))),
                                List.of()));

        assertThat(stores.subscriptions().find("sub_1")).contains(row(ALICE, "sub_1", day(0)));
    }

    private static MirroredSubscription full(String id, SubscriptionStatus status, long version) {
        Subscription subscription = Subscription.builder(id, status, day(0))
                .items(List.of(SEATS, METERED))
                .trialEnd(day(14))
                .cancelAtPeriodEnd(true)
                .cancelAt(day(31))
                .canceledAt(day(3))
                .endedAt(day(40))
                .pause(CollectionPause.with(CollectionPause.Behavior.VOID))
                .terms(new BillingTerms(
                        Currency.getInstance("JPY"),
                        CollectionMethod.invoice(30),
                        List.of(new BillingTerms.Discount("di_1", "welcome", "promo_1", day(90)))))
                .schedule(new Schedule(
                        "sub_sched_1",
                        new ScheduledChange(
                                day(31),
                                List.of(
                                        new ScheduledChange.Line("price_3", PlanKey.of("pro-yearly"), 1),
                                        new ScheduledChange.Line("price_2", null, 0)))))
                .build();
        return new MirroredSubscription(ALICE, "cus_1", subscription, new AsOf(day(7), day(8)), NOW, version);
    }
}
