package dev.billhook.simulator.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One course of simulated time and what is due on it. It stands still, or runs at the pace of a source of real time, until it is
 * moved forward. Not thread-safe.
 */
final class Timeline {
    /** Something to happen; timers of the same instant keep the order in which they were set. */
    record Timer(Instant at, long seq, String kind, String objectId) {}

    private static final Comparator<Timer> ORDER =
            Comparator.comparing(Timer::at).thenComparing(Timer::seq);

    private final Queue<Timer> timers = new PriorityQueue<>(ORDER);
    private final @Nullable InstantSource pace;
    private Instant base;
    private Instant paceBase;
    private @Nullable Instant firing;

    Timeline(Instant start, @Nullable InstantSource pace) {
        this.base = start;
        this.pace = pace;
        this.paceBase = pace == null ? start : pace.instant();
    }

    Instant now() {
        if (firing != null) {
            return firing;
        }
        return pace == null ? base : base.plus(Duration.between(paceBase, pace.instant()));
    }

    /** What is still due, in order. */
    Stream<Timer> timers() {
        return timers.stream().sorted(ORDER);
    }

    void add(Timer timer) {
        timers.add(timer);
    }

    /** When the next timer is due, or null. */
    @Nullable Instant next() {
        Timer timer = timers.peek();
        return timer == null ? null : timer.at();
    }

    /** Runs every timer due until then, each at its own instant. */
    void runUntil(Instant target, Consumer<Timer> action) {
        Instant reached = base;
        try {
            for (Timer next = timers.peek(); next != null && !next.at().isAfter(target); next = timers.peek()) {
                timers.remove();
                reached = next.at().isBefore(reached) ? reached : next.at();
                firing = reached;
                action.accept(next);
            }
        } finally {
            firing = null;
        }
    }

    /** Does something as if it were this instant. */
    <T extends @Nullable Object> T pretend(Instant instant, Supplier<T> work) {
        Instant earlier = firing;
        firing = instant;
        try {
            return work.get();
        } finally {
            firing = earlier;
        }
    }

    void moveTo(Instant target) {
        base = target;
        paceBase = pace == null ? target : pace.instant();
    }
}
