package dev.billhook.internal.mirror;

import dev.billhook.account.BillingAccount;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.EventMeta;
import dev.billhook.internal.event.EventIds;
import dev.billhook.mirror.Basis;
import dev.billhook.mirror.PurchaseSnapshot;
import dev.billhook.mirror.SnapshotRules;
import dev.billhook.mirror.SnapshotRules.Verdict;
import dev.billhook.purchase.Purchase;
import dev.billhook.purchase.Purchase.Revocation;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.purchase.PurchaseStore.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The purchases of one call of the door. They are few and seldom change, so their rows are read one by one and only when a
 * change is about one; the account's lock keeps others off.
 */
final class PurchaseRows {
    private final BillingStores stores;
    private final Instant now;
    private final Map<String, Row> written = new LinkedHashMap<>();

    PurchaseRows(BillingStores stores, Instant now) {
        this.stores = stores;
        this.now = now;
    }

    /** Rows to write. */
    List<Row> written() {
        return List.copyOf(written.values());
    }

    /**
     * Takes the state of a purchase.
     *
     * @param events takes what follows from the difference
     */
    Verdict take(BillingAccount account, PurchaseSnapshot snapshot, Basis basis, Consumer<BillingEvent> events) {
        Row known = written.get(snapshot.id());
        if (known == null) {
            known = stores.purchases().find(snapshot.id()).orElse(null);
        }
        Purchase before = known == null ? null : known.purchase();
        Purchase after = snapshot.of(before == null ? account.ref() : before.account());
        SnapshotRules.Known knownState =
                known == null ? null : new SnapshotRules.Known(known.asOf(), known.version(), after.equals(before));
        Verdict verdict = SnapshotRules.judge(knownState, basis, snapshot.onTestClock());
        if (verdict == Verdict.WRITE || verdict == Verdict.TOUCH) {
            long version = known == null ? 1 : known.version() + 1;
            written.put(
                    after.id(),
                    new Row(
                            after,
                            snapshot.customerId(),
                            known == null ? basis.asOf() : known.asOf().advancedTo(basis.asOf()),
                            now,
                            version));
            Instant occurredAt = basis.asOf().latest();
            EventIds ids = new EventIds(stores.scope(), after.id(), version, after.account(), occurredAt);
            changes(before, after, ids::meta).forEach(events);
        }
        return verdict;
    }

    /** What a change tells. A purchase that was revoked before it was seen was made all the same. */
    static List<BillingEvent> changes(@Nullable Purchase before, Purchase after, Function<String, EventMeta> meta) {
        List<BillingEvent> events = new ArrayList<>();
        if (before == null) {
            events.add(
                    new BillingEvent.PurchaseMade(meta.apply("PurchaseMade"), after.id(), after.plan(), after.units()));
        }
        boolean counted = before == null || before.valid();
        Revocation revocation = after.revocation();
        if (counted && revocation != null) {
            events.add(new BillingEvent.PurchaseRevoked(
                    meta.apply("PurchaseRevoked"), after.id(), after.plan(), revocation.reason()));
        } else if (!counted && revocation == null) {
            events.add(new BillingEvent.PurchaseRestored(meta.apply("PurchaseRestored"), after.id(), after.plan()));
        }
        return events;
    }
}
