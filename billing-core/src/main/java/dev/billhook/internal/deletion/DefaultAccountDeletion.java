package dev.billhook.internal.deletion;

import dev.billhook.InvalidStateException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.deletion.AccountDeletion;
import dev.billhook.deletion.Deletion;
import dev.billhook.deletion.DeletionPolicy;
import dev.billhook.deletion.DeletionPreview;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingEvent.AccountDeleted;
import dev.billhook.event.BillingEvent.AccountDeletionStarted;
import dev.billhook.event.EventMeta;
import dev.billhook.internal.ending.Paybacks;
import dev.billhook.internal.event.EventPublisher;
import dev.billhook.internal.event.Reaction;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.StoreJson;
import dev.billhook.subscription.Subscription;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * See {@link AccountDeletion}. A mark and an event are written before anything is ended; the event brings whoever takes it to go on
 * until the mark is gone, so that a process that dies in between leaves nothing half done.
 */
public final class DefaultAccountDeletion implements AccountDeletion, Reaction {
    private static final int MAX_ROUNDS = 5;

    private final BillingStores stores;
    private final Dissolution dissolution;
    private final EventPublisher publisher;
    private final InstantSource clock;
    private final Consumer<AccountRef> onErased;

    /**
     * @param onErased told, within the transaction, who is erased
     */
    public DefaultAccountDeletion(
            PaymentProvider provider,
            BillingStores stores,
            MirrorSync sync,
            EventPublisher publisher,
            InstantSource clock,
            Consumer<AccountRef> onErased) {
        this.stores = stores;
        this.dissolution = new Dissolution(provider, stores, sync, new Paybacks(provider, clock));
        this.publisher = publisher;
        this.clock = clock;
        this.onErased = onErased;
    }

    @Override
    public Optional<Deletion> delete(AccountRef account, DeletionPolicy policy) {
        Optional<DeletionMark> begun = begun(account, policy);
        begun.ifPresent(mark -> carryOut(account, mark));
        return begun.map(mark -> new Deletion(account, mark.keptAs()));
    }

    @Override
    public Optional<Deletion> begin(AccountRef account, DeletionPolicy policy) {
        return begun(account, policy).map(mark -> new Deletion(account, mark.keptAs()));
    }

    @Override
    public Optional<DeletionPreview> preview(AccountRef account, DeletionPolicy policy) {
        return known(account)
                ? Optional.of(
                        dissolution.preview(account, policy, stores.erasure().customersOf(account)))
                : Optional.empty();
    }

    @Override
    public boolean concerns(BillingEvent event) {
        return event instanceof AccountDeletionStarted;
    }

    @Override
    public void on(BillingEvent event) {
        AccountRef account = event.account();
        DeletionMark.find(stores.cursors(), account).ifPresent(mark -> carryOut(account, mark));
    }

    private boolean known(AccountRef account) {
        return !account.deleted() && stores.accounts().find(account).isPresent();
    }

    private Optional<DeletionMark> begun(AccountRef account, DeletionPolicy policy) {
        if (!known(account)) {
            return Optional.empty();
        }
        if (DeletionMark.find(stores.cursors(), account).isEmpty()) {
            dissolution.check(account, policy, stores.erasure().customersOf(account));
        }
        return marked(account, policy);
    }

    /** The mark; empty if somebody else was through with it meanwhile. */
    private Optional<DeletionMark> marked(AccountRef account, DeletionPolicy policy) {
        return stores.transactor()
                .inTransaction(() -> stores.accounts()
                        .lock(account)
                        .map(locked -> DeletionMark.find(stores.cursors(), account)
                                .orElseGet(() -> {
                                    DeletionMark mark = new DeletionMark(
                                            policy,
                                            AccountRef.of(
                                                    AccountRef.DELETED,
                                                    UUID.randomUUID().toString()));
                                    mark.save(stores.cursors(), account);
                                    publisher.publish(
                                            List.of(new AccountDeletionStarted(meta(account, mark, "started"))));
                                    return mark;
                                })));
    }

    /** A customer that was made meanwhile takes another round: it must not outlive the account. */
    private void carryOut(AccountRef account, DeletionMark mark) {
        RequestKey key = RequestKey.derived("deletion", mark.keptAs());
        for (int i = 0; i < MAX_ROUNDS; i++) {
            Set<String> customers = stores.erasure().customersOf(account);
            dissolution.dissolve(account, mark.policy(), customers, key);
            if (erased(account, mark, customers)) {
                return;
            }
        }
        throw new InvalidStateException(
                "Account " + account + " got new customers while it was deleted; it is tried again later");
    }

    /** Events are locked before accounts, as everywhere, so that nobody waits for somebody who waits for him. */
    private boolean erased(AccountRef account, DeletionMark mark, Set<String> customers) {
        return stores.transactor().inTransaction(() -> {
            stores.erasure().discardEvents(customers, "the account is deleted");
            Optional<BillingAccount> locked = stores.accounts().lock(account);
            boolean ours = DeletionMark.find(stores.cursors(), account)
                    .filter(mark::equals)
                    .isPresent();
            if (locked.isEmpty() || !ours) {
                return true;
            }
            if (!stores.erasure().customersOf(account).equals(customers)) {
                return false;
            }
            stores.erasure()
                    .erase(
                            account,
                            Remains.of(locked.get(), mark.keptAs()),
                            Subscription::withoutPaymentMethod,
                            StoreJson::withoutPersonalData);
            DeletionMark.remove(stores.cursors(), account);
            stores.mirror().remember(Set.of(DeletedNames.fact(account)), clock.instant());
            onErased.accept(account);
            publisher.publish(List.of(new AccountDeleted(meta(account, mark, "deleted"), mark.keptAs())));
            return true;
        });
    }

    private EventMeta meta(AccountRef account, DeletionMark mark, String what) {
        String id = mark.keptAs().id() + "-" + what;
        return new EventMeta(id, account, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }
}
