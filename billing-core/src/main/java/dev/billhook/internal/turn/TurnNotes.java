package dev.billhook.internal.turn;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.CursorStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The accounts' notes, each in a row of its own that is there only while something is noted; changed under the account's lock. */
final class TurnNotes {
    private final BillingStores stores;
    private final InstantSource clock;
    private final Duration lease;

    TurnNotes(BillingStores stores, InstantSource clock, Duration lease) {
        this.stores = stores;
        this.clock = clock;
        this.lease = lease;
    }

    /** Takes the turn if nobody has it. */
    Optional<Turn> take(AccountRef account, String holder) {
        Instant now = clock.instant();
        return stores.transactor().inTransaction(() -> {
            TurnNote note = lock(account);
            if (note.heldAt(now)) {
                return Optional.empty();
            }
            write(account, note.heldBy(holder, now.plus(lease)));
            return Optional.of(new Turn(this, account, holder, note.pending()));
        });
    }

    /** Replaces the note if it is the holder's; false, and no change, if it is somebody else's. */
    boolean replace(AccountRef account, String holder, UnaryOperator<TurnNote> change) {
        Instant now = clock.instant();
        return stores.transactor().inTransaction(() -> {
            TurnNote note = lock(account);
            if (!holder.equals(note.holder())) {
                return false;
            }
            write(account, change.apply(note.heldBy(holder, now.plus(lease))));
            return true;
        });
    }

    void remember(String command) {
        stores.transactor().inTransaction(() -> stores.mirror().remember(Set.of(command), clock.instant()));
    }

    boolean carriedOut(String command) {
        return !stores.mirror().remembered(Set.of(command)).isEmpty();
    }

    private TurnNote lock(AccountRef account) {
        stores.accounts().lock(account);
        return stores.cursors().find(name(account)).map(TurnNote::read).orElse(TurnNote.EMPTY);
    }

    private void write(AccountRef account, TurnNote note) {
        CursorStore cursors = stores.cursors();
        if (note.isEmpty()) {
            cursors.remove(name(account));
        } else {
            cursors.save(name(account), note.write());
        }
    }

    /** Short enough for the store, whatever the account's key. */
    private static String name(AccountRef account) {
        return RequestKey.derived("account", account).value();
    }
}
