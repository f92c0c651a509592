package dev.billhook.internal.reconcile;

import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderException.Category;
import dev.billhook.internal.purchase.PurchaseSync;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.Notice;
import dev.billhook.mirror.PurchaseSnapshot;
import dev.billhook.purchase.Sale;
import dev.billhook.reconcile.Drift;
import dev.billhook.spi.provider.Page;
import dev.billhook.spi.provider.purchase.PurchaseGateway;
import dev.billhook.spi.provider.purchase.PurchaseGateway.Listed;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.purchase.PurchaseStore.Row;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was paid once. The provider's list leads: it never forgets a finished session, so what was missed and what was
 * revoked meanwhile both show there.
 */
final class PurchaseSweep {
    private final PurchaseGateway gateway;
    private final BillingStores stores;
    private final PurchaseSync sync;
    private final Sweep sweep;
    private final InstantSource clock;

    PurchaseSweep(PurchaseGateway gateway, BillingStores stores, PurchaseSync sync, Sweep sweep, InstantSource clock) {
        this.gateway = gateway;
        this.stores = stores;
        this.sync = sync;
        this.sweep = sweep;
        this.clock = clock;
    }

    void run() {
        sweep.through(SweepState.Phase.PURCHASES, this::list, Listed::sessionId, this::compare);
    }

    private Page<Listed> list(@Nullable String last) {
        PurchaseGateway.Sessions sessions = gateway.list(last, Sweep.PAGE);
        return new Page<>(sessions.listed(), sessions.more());
    }

    private int compare(Page<Listed> page) {
        List<Sale> sales = page.items().stream()
                .flatMap(each -> Stream.ofNullable(each.sale()))
                .toList();
        sales.forEach(this::compare);
        return sales.size();
    }

    private void compare(Sale sale) {
        Optional<Row> row = stores.purchases().find(sale.id());
        if (row.filter(known -> known.purchase().account().deleted()).isPresent()) {
            return;
        }
        PurchaseSync.Meaning meaning = sync.meaning(sale, row, clock.instant());
        meaning.mismatch().filter(this::untold).ifPresent(this::tell);
        meaning.bought()
                .filter(snapshot -> row.filter(known -> known.purchase()
                                .equals(snapshot.of(known.purchase().account())))
                        .isEmpty())
                .ifPresent(this::confirm);
    }

    private boolean untold(Notice.SaleMismatch odd) {
        return stores.mirror().remembered(Set.of(odd.key())).isEmpty();
    }

    /** What gives nothing has no row; it is missing here until somebody was told. */
    private void tell(Notice.SaleMismatch odd) {
        AccountRef owner = ownerOf(odd.customerId());
        if (owner != null && owner.deleted()) {
            return;
        }
        List<Drift.Field> why =
                List.of(new Drift.Field("mismatch", "untold", odd.mismatch().name()));
        sweep.found(
                repaired -> new Drift(
                        owner == null && !repaired ? Drift.Kind.UNLINKED : Drift.Kind.MISSING_HERE,
                        odd.sessionId(),
                        owner == null ? ownerOf(odd.customerId()) : owner,
                        why,
                        repaired),
                () -> sync.refresh(odd.sessionId())
                        .filter(told -> !told.result().unowned())
                        .isPresent());
    }

    private void confirm(PurchaseSnapshot listed) {
        sweep.confirm(listed.id(), () -> ours(listed), () -> theirs(listed));
    }

    private Fetched<PurchaseSnapshot> theirs(PurchaseSnapshot listed) {
        Fetched<Optional<Sale>> answer = gateway.fetch(listed.id());
        PurchaseSnapshot now = answer.value()
                .flatMap(sale -> sync.meaning(
                                sale,
                                stores.purchases().find(sale.id()),
                                answer.asOf().latest())
                        .bought())
                .orElseThrow(() -> ProviderException.of(
                        Category.NOT_FOUND, "Checkout session " + listed.id() + " sold nothing", null, null));
        return new Fetched<>(now, answer.asOf());
    }

    private Comparison.Ours ours(PurchaseSnapshot listed) {
        return stores.purchases()
                .find(listed.id())
                .map(row -> new Comparison.Ours(row.purchase().account(), row.purchase(), row.version()))
                .orElseGet(() -> new Comparison.Ours(ownerOf(listed.customerId()), null, 0));
    }

    private @Nullable AccountRef ownerOf(String customerId) {
        BillingAccount owner =
                stores.accounts().findByCustomers(List.of(customerId)).get(customerId);
        return owner == null ? null : owner.ref();
    }
}
