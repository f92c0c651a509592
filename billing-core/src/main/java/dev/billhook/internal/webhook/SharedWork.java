package dev.billhook.internal.webhook;

import dev.billhook.spi.store.Transactor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Lets requests that come at the same time share one transaction: while one is open, others queue up, and the first of them
 * takes all along when its turn comes. Two at once would share less, and cost more than the time in which a commit waits for
 * the disk; only many begin beside another. A lone request works alone and at once; where several were a moment ago, the first
 * waits that moment for as many. A transaction that takes long is overtaken, and who has waited too long works alone, so that
 * work that hangs holds up only those it was begun with. One whose thread has a transaction open works alone as well: what
 * others are told must not depend on it.
 *
 * @param <T> what a request brings
 * @param <R> what it gets
 */
final class SharedWork<T, R> {
    private static final int MOST = 200;
    /** How many that wait are enough for a transaction beside another. */
    private static final int ENOUGH = 32;

    private static final int MOST_OPEN = 4;

    private final Transactor transactor;
    private final Function<List<T>, List<R>> work;
    private final Predicate<Throwable> ailsAll;
    private final Timing timing;
    private final Lock lock = new ReentrantLock();
    private final Condition company = lock.newCondition();
    private final Deque<Place<T, R>> queue = new ArrayDeque<>();
    private int open;
    /** When a transaction ended last, and how many there were then: those it was for, and those who waited. */
    private long endedNanos;

    private int together;

    /**
     * @param work done in one transaction; answers in the order of what it is given
     * @param ailsAll tells failures that fail all requests; after others each tries alone
     */
    SharedWork(Transactor transactor, Function<List<T>, List<R>> work, Predicate<Throwable> ailsAll, Timing timing) {
        this.transactor = transactor;
        this.work = work;
        this.ailsAll = ailsAll;
        this.timing = timing;
    }

    /**
     * How long is waited for what.
     *
     * @param moment after a transaction, for as many as there were then
     * @param overtake for a transaction before another begins beside it
     * @param patience from then on for a turn, before working alone
     */
    record Timing(Duration moment, Duration overtake, Duration patience) {
        /**
         * After 0.7 ms those who were answered are back, or do not come soon. Less lets them miss each other, so that halves
         * take turns; more gained nothing.
         */
        static final Timing TOGETHER =
                new Timing(Duration.ofNanos(700_000), Duration.ofMillis(20), Duration.ofSeconds(1));

        /** For work that costs so little that company is not worth waiting for. */
        static final Timing AT_ONCE = new Timing(Duration.ZERO, TOGETHER.overtake(), TOGETHER.patience());
    }

    /** Does the work for the item, among others perhaps; returns after the commit and throws what the work throws. */
    R run(T item) {
        if (transactor.isOpen()) {
            return alone(item);
        }
        Place<T, R> place = new Place<>(item);
        enter(place);
        Turn<R> turn = await(place);
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
        return alone(item);
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

    private R alone(T item) {
        return transactor.inTransaction(() -> work.apply(List.of(item))).get(0);
    }

    private void enter(Place<T, R> place) {
        lock.lock();
        try {
            queue.add(place);
            if (all()) {
                company.signal();
            }
            callNext();
        } finally {
            lock.unlock();
        }
    }

    private Turn<R> await(Place<T, R> place) {
        try {
            return place.turn().get(timing.overtake().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooLong) {
            return overtake(place) ? new Turn.Lead<>() : awaitLonger(place);
        } catch (InterruptedException interrupted) {
            return interrupted(place);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Turn<R> awaitLonger(Place<T, R> place) {
        try {
            return place.turn().get(timing.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooLong) {
            return aloneUnlessCalled(place);
        } catch (InterruptedException interrupted) {
            return interrupted(place);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Turn<R> interrupted(Place<T, R> place) {
        Turn<R> turn = aloneUnlessCalled(place);
        Thread.currentThread().interrupt();
        return turn;
    }

    private Turn<R> aloneUnlessCalled(Place<T, R> place) {
        lock.lock();
        try {
            if (queue.remove(place)) {
                return new Turn.Alone<>();
            }
        } finally {
            lock.unlock();
        }
        return place.turn().join();
    }

    /** Begins although another is still open; false if its turn has come meanwhile, or too many have begun. */
    private boolean overtake(Place<T, R> place) {
        lock.lock();
        try {
            boolean overtakes = open < MOST_OPEN && queue.remove(place);
            open += overtakes ? 1 : 0;
            return overtakes;
        } finally {
            lock.unlock();
        }
    }

    private Turn<R> lead(Place<T, R> own) {
        List<Place<T, R>> places = takeAlong(own);
        List<Turn<R>> ends = work(places);
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
            awaitCompany();
            while (places.size() < MOST && !queue.isEmpty()) {
                places.add(queue.remove());
            }
        } finally {
            lock.unlock();
        }
        return places;
    }

    /** Most who are answered come again at once; to work for half of them twice would cost more than to wait for the other half. */
    private void awaitCompany() {
        try {
            long left = timing.moment().toNanos() - (System.nanoTime() - endedNanos);
            while (left > 0 && open == 1 && !all()) {
                left = company.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether as many wait as there were a moment ago, with the one whose turn it is. */
    private boolean all() {
        return queue.size() + 1 >= together;
    }

    private List<Turn<R>> work(List<Place<T, R>> places) {
        List<T> items = places.stream().map(Place::item).toList();
        try {
            return transactor.inTransaction(() -> work.apply(items)).stream()
                    .<Turn<R>>map(Turn.Done::new)
                    .toList();
        } catch (RuntimeException | Error failure) {
            Turn<R> end = places.size() == 1 || ailsAll.test(failure) ? new Turn.Failed<>(failure) : new Turn.Alone<>();
            return places.stream().map(place -> end).toList();
        } finally {
            end(places.size());
        }
    }

    private void end(int served) {
        lock.lock();
        try {
            open--;
            endedNanos = System.nanoTime();
            together = served + queue.size();
            callNext();
        } finally {
            lock.unlock();
        }
    }

    private void callNext() {
        if (!queue.isEmpty() && (open == 0 || (open < MOST_OPEN && queue.size() >= ENOUGH))) {
            open++;
            queue.remove().turn().complete(new Turn.Lead<>());
        }
    }
}
