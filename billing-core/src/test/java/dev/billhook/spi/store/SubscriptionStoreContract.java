package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.AsOf;
import dev.billhook.BillingException;
import dev.billhook.ProviderScope;
import dev.billhook.catalog.PlanKey;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import java.util.List;
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

        stores.subscriptions().insert(written);

        assertThat(stores.subscriptions().find("sub_1")).contains(written);
        assertThat(stores.subscriptions().list(ALICE)).containsExactly(written);
    }

    @Test
    @DisplayName("A subscription without lines and dates comes back as it was written")
    void roundTripOfLittle() {
        Subscription bare = new Subscription(
                "sub_1", SubscriptionStatus.INCOMPLETE, List.of(), day(0), null, false, null, null, null, false);
        MirroredSubscription written = new MirroredSubscription(ALICE, "cus_1", bare, AsOf.at(day(0)), NOW, 1);

        stores.subscriptions().insert(written);

        assertThat(stores.subscriptions().find("sub_1")).contains(written);
    }

    @Test
    @DisplayName("Unknown subscriptions are empty")
    void unknown() {
        assertThat(stores.subscriptions().find("sub_none")).isEmpty();
        assertThat(stores.subscriptions().list(ALICE)).isEmpty();
        assertThat(stores.subscriptions().update(row(ALICE, "sub_none", day(0))))
                .isFalse();
    }

    @Test
    @DisplayName("An account's subscriptions are listed newest first, without those of others")
    void list() {
        stores.subscriptions().insert(row(ALICE, "sub_old", day(-10)));
        stores.subscriptions().insert(row(ALICE, "sub_b", day(0)));
        stores.subscriptions().insert(row(ALICE, "sub_a", day(0)));
        stores.subscriptions().insert(row(BOB, "sub_bob", day(0)));

        assertThat(stores.subscriptions().list(ALICE))
                .extracting(row -> row.subscription().id())
                .containsExactly("sub_a", "sub_b", "sub_old");
    }

    @Test
    @DisplayName("A subscription cannot be inserted twice, and the attempt leaves the first one")
    void insertTwice() {
        stores.subscriptions().insert(row(ALICE, "sub_1", day(0)));

        assertThatThrownBy(() -> stores.subscriptions().insert(row(BOB, "sub_1", day(1))))
                .isInstanceOf(BillingException.class);
        assertThat(stores.subscriptions().find("sub_1")).contains(row(ALICE, "sub_1", day(0)));
    }

    @Test
    @DisplayName("An update replaces state and lines if the version did not move")
    void update() {
        stores.subscriptions().insert(row(ALICE, "sub_1", day(0)));
        MirroredSubscription second = full("sub_1", SubscriptionStatus.PAST_DUE, 2);
        MirroredSubscription third = version(row(ALICE, "sub_1", day(0)), 3);

        assertThat(stores.subscriptions().update(second)).isTrue();
        assertThat(stores.subscriptions().find("sub_1")).contains(second);
        assertThat(stores.subscriptions().update(third)).isTrue();
        assertThat(stores.subscriptions().find("sub_1")).contains(third);
    }

    @Test
    @DisplayName("C7 An update on a version that moved changes nothing")
    void staleUpdate() {
        stores.subscriptions().insert(row(ALICE, "sub_1", day(0)));
        MirroredSubscription second = full("sub_1", SubscriptionStatus.PAST_DUE, 2);
        stores.subscriptions().update(second);

        assertThat(stores.subscriptions().update(version(row(ALICE, "sub_1", day(0)), 2)))
                .isFalse();
        assertThat(stores.subscriptions().update(version(row(ALICE, "sub_1", day(0)), 4)))
                .isFalse();
        assertThat(stores.subscriptions().find("sub_1")).contains(second);
    }

    @Test
    @DisplayName("D13 Scopes never see each other's subscriptions")
    void scopes() {
        BillingStores live = stores(new ProviderScope(stores.scope().account(), true));
        stores.subscriptions().insert(row(ALICE, "sub_1", day(0)));

        assertThat(live.subscriptions().find("sub_1")).isEmpty();
        assertThat(live.subscriptions().list(ALICE)).isEmpty();
        assertThat(live.subscriptions().update(version(row(BOB, "sub_1", day(0)), 2)))
                .isFalse();
        live.subscriptions().insert(row(BOB, "sub_1", day(0)));

        assertThat(stores.subscriptions().find("sub_1")).contains(row(ALICE, "sub_1", day(0)));
    }

    private static MirroredSubscription full(String id, SubscriptionStatus status, long version) {
        Subscription subscription = new Subscription(
                id, status, List.of(SEATS, METERED), day(0), day(14), true, day(31), day(3), day(40), true);
        return new MirroredSubscription(ALICE, "cus_1", subscription, new AsOf(day(7), day(8)), NOW, version);
    }

    private static MirroredSubscription version(MirroredSubscription row, long version) {
        return new MirroredSubscription(
                row.account(), row.customerId(), row.subscription(), row.asOf(), row.syncedAt(), version);
    }
}
