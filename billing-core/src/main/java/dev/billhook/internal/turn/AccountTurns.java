package dev.billhook.internal.turn;

import dev.billhook.InvalidStateException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.CursorStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Has commands of one account come one after the other, across threads and servers, without a transaction or a row lock that
 * lasts through a call to the provider: who has the turn is noted in a row. A holder that died is overruled after a while;
 * that one who only slept does no harm then is what {@link PendingChange} is for.
 */
public final class AccountTurns {
    /** How long a holder may be silent. */
    public static final Duration LEASE = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LONGEST_NAP_MILLIS = 40;
    private static final int ATTEMPTS = 5;
    private static final int STRIPES = 64;

    private final BillingStores stores;
    private final InstantSource clock;
    private final Lock[] locks =
            IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock(true)).toArray(Lock[]::new);

    /** Turns that are noted in the stores. */
    public AccountTurns(BillingStores stores, InstantSource clock) {
        this.stores = stores;
        this.clock = clock;
    }

    /**
     * Waits for the account's turn and does the work. Threads of this JVM queue up at a lock, so that of each server one at a
     * time asks the database.
     *
     * @throws InvalidStateException if the turn does not come within a minute
     */
    public <T> T take(AccountRef account, Function<Turn, T> work) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Lock lock = locks[Math.floorMod(account.hashCode(), STRIPES)];
        try {
            if (!lock.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy(account);
            }
            try {
                return inTurn(account, work, end);
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidStateException("The thread was interrupted while it waited for another change of account "
                    + account + "; nothing was changed");
        }
    }

    private <T> T inTurn(AccountRef account, Function<Turn, T> work, long end) throws InterruptedException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Turn turn = await(account, end);
            try {
                return work.apply(turn);
            } catch (TurnLost lost) {
                // Nothing was sent: begin again with what the other one has left.
            } finally {
                turn.end();
            }
        }
        throw busy(account);
    }

    private Turn await(AccountRef account, long end) throws InterruptedException {
        String holder = RequestKey.random().value();
        for (Optional<Turn> turn = tryTake(account, holder); ; turn = tryTake(account, holder)) {
            if (turn.isPresent()) {
                return turn.get();
            }
            if (System.nanoTime() > end) {
                throw busy(account);
            }
            Thread.sleep(1L + ThreadLocalRandom.current().nextInt(LONGEST_NAP_MILLIS));
        }
    }

    private Optional<Turn> tryTake(AccountRef account, String holder) {
        Instant now = clock.instant();
        return stores.transactor().inTransaction(() -> {
            stores.accounts().lock(account);
            TurnNote note = read(account);
            if (note.heldAt(now)) {
                return Optional.empty();
            }
            write(account, note.heldBy(holder, now.plus(LEASE)));
            return Optional.of(new Turn((who, change) -> replace(account, who, change), holder, note));
        });
    }

    private boolean replace(AccountRef account, String holder, UnaryOperator<TurnNote> change) {
        Instant now = clock.instant();
        return stores.transactor().inTransaction(() -> {
            stores.accounts().lock(account);
            TurnNote note = read(account);
            if (!holder.equals(note.holder())) {
                return false;
            }
            write(account, change.apply(note.heldBy(holder, now.plus(LEASE))));
            return true;
        });
    }

    private TurnNote read(AccountRef account) {
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

    private static InvalidStateException busy(AccountRef account) {
        return new InvalidStateException(
                "Another change of account " + account + " is under way; nothing was changed, try again");
    }
}
