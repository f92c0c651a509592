package dev.billhook.internal.webhook;

import dev.billhook.spi.store.Transactor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Lets requests that come at the same time share one transaction: while some are at work, others queue up, and the first of
 * them takes all along when its turn comes. Nobody waits for company; a lone request works alone. So does one that has waited
 * too long, so that work that hangs holds up only those it was begun with, and one whose thread has a transaction open: what
 * others are told must not depend on it.
 *
 * @param <T> what a request brings
 * @param <R> what it gets
 */
final class SharedWork<T, R> {
    private static final int MOST = 200;
    private static final long PATIENCE_MILLIS = 1000;
    /** How many may be at work: one begins while the other waits for the disk, and one that hangs leaves the other. */
    private static final int TURNS = 2;

    private final Transactor transactor;
    private final Function<List<T>, List<R>> work;
    private final Predicate<Throwable> ailsAll;
    private final Lock lock = new ReentrantLock();
    private final Deque<Place<T, R>> queue = new ArrayDeque<>();
    private int running;

    /**
     * @param work done in one transaction; answers in the order of what it is given
     * @param ailsAll tells failures that fail all requests; after others each tries alone
     */
    SharedWork(Transactor transactor, Function<List<T>, List<R>> work, Predicate<Throwable> ailsAll) {
        this.transactor = transactor;
        this.work = work;
        this.ailsAll = ailsAll;
    }

    /** Does the work for the item, among others perhaps; returns after the commit and throws what the work throws. */
    R run(T item) {
        if (transactionIsOpen()) {
            return doWork(List.of(item)).get(0);
        }
        Place<T, R> place = new Place<>(item);
        Turn<R> turn = enter(place) ? new Turn.Lead<>() : await(place);
        if (turn instanceof Turn.Lead) {
            turn = lead(place);
        }
        if (turn instanceof Turn.Done<R> done) {
            return done.result();
        }
        if (turn instanceof Turn.Failed<R> failed) {
            if (failed.failure() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failed.failure();
        }
        return doWork(List.of(item)).get(0);
    }

    /** What becomes of a request in the queue. */
    private sealed interface Turn<R> {
        /** It works, for all that wait. */
        record Lead<R>() implements Turn<R> {}

        /** It works, for itself. */
        record Alone<R>() implements Turn<R> {}

        /** Another has worked for it. */
        record Done<R>(R result) implements Turn<R> {}

        /** Another has tried. */
        record Failed<R>(Throwable failure) implements Turn<R> {}
    }

    private record Place<T, R>(T item, CompletableFuture<Turn<R>> turn) {
        Place(T item) {
            this(item, new CompletableFuture<>());
        }
    }

    private List<R> doWork(List<T> items) {
        return transactor.inTransaction(() -> work.apply(items));
    }

    private boolean transactionIsOpen() {
        boolean[] ran = new boolean[1];
        transactor.afterCommit(() -> ran[0] = true);
        return !ran[0];
    }

    private boolean enter(Place<T, R> place) {
        lock.lock();
        try {
            if (running < TURNS) {
                running++;
                return true;
            }
            queue.add(place);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private Turn<R> await(Place<T, R> place) {
        try {
            return place.turn().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLong) {
            return withdraw(place) ? new Turn.Alone<>() : place.turn().join();
        } catch (InterruptedException interrupted) {
            Turn<R> turn = withdraw(place) ? new Turn.Alone<>() : place.turn().join();
            Thread.currentThread().interrupt();
            return turn;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** False if its turn has come meanwhile. */
    private boolean withdraw(Place<T, R> place) {
        lock.lock();
        try {
            return queue.remove(place);
        } finally {
            lock.unlock();
        }
    }

    private Turn<R> lead(Place<T, R> own) {
        List<Place<T, R>> places = takeAlong(own);
        List<Turn<R>> ends;
        try {
            ends = work(places);
        } finally {
            passOn();
        }
        for (int i = 1; i < ends.size(); i++) {
            places.get(i).turn().complete(ends.get(i));
        }
        return ends.get(0);
    }

    private List<Place<T, R>> takeAlong(Place<T, R> own) {
        List<Place<T, R>> places = new ArrayList<>();
        places.add(own);
        lock.lock();
        try {
            while (places.size() < MOST && !queue.isEmpty()) {
                places.add(queue.remove());
            }
        } finally {
            lock.unlock();
        }
        return places;
    }

    private List<Turn<R>> work(List<Place<T, R>> places) {
        try {
            return doWork(places.stream().map(Place::item).toList()).stream()
                    .<Turn<R>>map(Turn.Done::new)
                    .toList();
        } catch (RuntimeException | Error failure) {
            Turn<R> end = places.size() == 1 || ailsAll.test(failure) ? new Turn.Failed<>(failure) : new Turn.Alone<>();
            return places.stream().map(place -> end).toList();
        }
    }

    private void passOn() {
        lock.lock();
        try {
            Place<T, R> next = queue.poll();
            if (next == null) {
                running--;
            } else {
                next.turn().complete(new Turn.Lead<>());
            }
        } finally {
            lock.unlock();
        }
    }
}
