package dev.billhook.spi.store;

import dev.billhook.AsOf;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.catalog.PlanKey;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.EventMeta;
import dev.billhook.event.OutboxEntry;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.webhook.InboxEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts share: each test works in a scope of its own, so they need no empty database. */
abstract class StoreContract {
    /** A moment with microseconds, which every store keeps. */
    static final Instant NOW = Instant.parse("2026-03-29T01:30:00.123456Z");

    static final AccountRef ALICE = AccountRef.of("user", "alice");
    static final AccountRef BOB = AccountRef.of("user", "bob");

    BillingStores stores;

    /** Stores of a scope; calls for the same scope see the same rows, as nodes do that share a database. */
    protected abstract BillingStores stores(ProviderScope scope);

    @BeforeEach
    void enterNewScope() {
        stores = stores(new ProviderScope("t" + UUID.randomUUID(), false));
    }

    /** Another node's stores of the same scope. */
    BillingStores otherNode() {
        return stores(stores.scope());
    }

    static Instant day(int days) {
        return NOW.truncatedTo(ChronoUnit.SECONDS).plus(days, ChronoUnit.DAYS);
    }

    static BillingAccount account(AccountRef ref) {
        return BillingAccount.registered(ref, AccountProfile.ofEmail(ref.id() + "@example.org"), NOW);
    }

    static MirroredSubscription row(AccountRef account, String id, Instant createdAt) {
        SubscriptionItem item = new SubscriptionItem(
                "si_" + id, "price_1", PlanKey.of("pro-monthly"), 3, createdAt, createdAt.plus(31, ChronoUnit.DAYS));
        Subscription subscription = Subscription.builder(id, SubscriptionStatus.ACTIVE, createdAt)
                .items(List.of(item))
                .build();
        return new MirroredSubscription(account, "cus_" + account.id(), subscription, AsOf.at(createdAt), NOW, 1);
    }

    /** Writes a new row as the door does. */
    void insert(MirroredSubscription row) {
        replace(null, row);
    }

    /** Replaces a row that was read by another, as the door does. */
    void replace(@Nullable MirroredSubscription read, MirroredSubscription row) {
        stores.transactor()
                .run(() -> stores.mirror()
                        .write(List.of(), List.of(new MirrorStore.SubscriptionWrite(read, row)), List.of()));
    }

    /** The row with another version. */
    static MirroredSubscription version(MirroredSubscription row, long version) {
        return new MirroredSubscription(
                row.account(), row.customerId(), row.subscription(), row.asOf(), row.syncedAt(), version);
    }

    static InboxEvent pending(String id, Instant createdAt, Instant nextAttemptAt, String payload) {
        return InboxEvent.received(id, "invoice.paid", createdAt, NOW, payload).pending(nextAttemptAt);
    }

    static BillingEvent event(String id, AccountRef account) {
        return new BillingEvent.CancellationWithdrawn(new EventMeta(id, account, day(0)), "sub_1");
    }

    static OutboxEntry entry(String id, AccountRef account, String listener) {
        return new OutboxEntry(event(id, account), listener, OutboxEntry.Status.PENDING, 0, NOW, null);
    }

    static List<String> ids(List<OutboxEntry> entries) {
        return entries.stream().map(entry -> entry.event().id()).toList();
    }
}
