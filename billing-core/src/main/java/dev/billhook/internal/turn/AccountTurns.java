package dev.billhook.internal.turn;

import dev.billhook.InvalidStateException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.spi.store.BillingStores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Has commands of one account come one after the other, across threads and servers, without a transaction or a row lock that
 * lasts through a call to the provider: who has the turn is noted in a row. A holder that died is overruled after a while;
 * that one who only slept does no harm then is what {@link PendingChange} is for.
 */
public final class AccountTurns {
    /** How long a holder may be silent. */
    public static final Duration LEASE = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LONGEST_NAP_MILLIS = 40;
    private static final int ATTEMPTS = 5;
    private static final int STRIPES = 64;

    private final TurnNotes notes;
    private final Lock[] locks =
            IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock(true)).toArray(Lock[]::new);

    /** Turns that are noted in the stores. */
    public AccountTurns(BillingStores stores, InstantSource clock) {
        this.notes = new TurnNotes(stores, clock, LEASE);
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
        for (Optional<Turn> turn = notes.take(account, holder); ; turn = notes.take(account, holder)) {
            if (turn.isPresent()) {
                return turn.get();
            }
            if (System.nanoTime() > end) {
                throw busy(account);
            }
            Thread.sleep(1L + ThreadLocalRandom.current().nextInt(LONGEST_NAP_MILLIS));
        }
    }

    private static InvalidStateException busy(AccountRef account) {
        return new InvalidStateException(
                "Another change of account " + account + " is under way; nothing was changed, try again");
    }
}
