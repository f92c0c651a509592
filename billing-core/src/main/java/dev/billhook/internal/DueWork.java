package dev.billhook.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what is due, on daemon threads of its own or when the host says so. Jobs of one lane share a thread; a lane that is
 * held up holds up no other.
 */
public final class DueWork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DueWork.class);
    private static final int BATCH = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Duration patience;
    private volatile List<Lane> lanes = List.of();
    private volatile List<Job> jobs = List.of();
    private volatile boolean closed;
    private Runnable onClose = () -> {};

    /** Work that waits ten seconds for what is under way when it is closed. */
    public DueWork() {
        this(PATIENCE);
    }

    /**
     * @param patience how long closing waits for what is under way before it is interrupted
     */
    public DueWork(Duration patience) {
        this.patience = patience;
    }

    /**
     * A kind of work. Each way of doing it takes the most items to work on and answers how many it did.
     *
     * @param lane jobs of the same lane run one after the other
     * @param inBackground how the lane's thread does it
     * @param atOnce how a caller does it who wants it done on return
     * @param pause how long the lane's thread waits between two looks that are not worth a whole batch
     */
    public record Job(String lane, IntUnaryOperator inBackground, IntUnaryOperator atOnce, Duration pause) {
        /** Work of which what comes within 20 ms is done together: a batch costs little more than a single item. */
        public static Job gathered(String lane, IntUnaryOperator work) {
            return new Job(lane, work, work, Duration.ofMillis(20));
        }

        /** Work of which each item is done as soon as may be. */
        public static Job prompt(String lane, IntUnaryOperator inBackground, IntUnaryOperator atOnce) {
            return new Job(lane, inBackground, atOnce, Duration.ZERO);
        }
    }

    /**
     * Begins.
     *
     * @param interval time between two looks, or null for no threads
     * @param whenClosed runs at the end of {@link #close()}
     */
    public synchronized void start(List<Job> newJobs, @Nullable Duration interval, Runnable whenClosed) {
        jobs = List.copyOf(newJobs);
        onClose = whenClosed;
        if (interval == null) {
            return;
        }
        Map<String, List<Job>> byLane = new LinkedHashMap<>();
        jobs.forEach(job ->
                byLane.computeIfAbsent(job.lane(), lane -> new ArrayList<>()).add(job));
        lanes = byLane.entrySet().stream()
                .map(each -> new Lane(each.getKey(), each.getValue(), interval))
                .toList();
        lanes.forEach(lane -> lane.thread.start());
    }

    /** Has other jobs done in the same lanes from now on; what is under way is finished first. */
    public void replace(List<Job> newJobs) {
        jobs = List.copyOf(newJobs);
    }

    /** Has the background threads, if there are any, look at once. */
    public void wakeUp() {
        lanes.forEach(lane -> lane.wakeUps.release());
    }

    /** Works on one batch of each kind; answers how many items that were. */
    public int runOnce() {
        return jobs.stream().mapToInt(job -> job.atOnce().applyAsInt(BATCH)).sum();
    }

    @Override
    public synchronized void close() {
        closed = true;
        wakeUp();
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (Lane lane : lanes) {
                lane.thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        lanes.forEach(lane -> lane.thread.interrupt());
        onClose.run();
    }

    /** A thread and what it does. */
    private final class Lane {
        private final Semaphore wakeUps = new Semaphore(0);
        private final String name;
        private final Duration interval;
        private final Duration pause;
        private final Thread thread;

        private Lane(String name, List<Job> work, Duration interval) {
            this.name = name;
            this.interval = interval;
            this.pause = work.stream().map(Job::pause).max(Duration::compareTo).orElse(Duration.ZERO);
            this.thread = new Thread(this::loop, "billhook-" + name);
            thread.setDaemon(true);
        }

        private void loop() {
            try {
                int done = 0;
                while (!closed) {
                    if (done == 0) {
                        wakeUps.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
                    } else if (done < BATCH) {
                        Thread.sleep(pause.toMillis());
                    }
                    wakeUps.drainPermits();
                    done = runAll();
                }
            } catch (InterruptedException stopped) {
                LOG.debug("Stopped while waiting; what is due waits for the next start", stopped);
            }
        }

        /** Whatever fails must not end the thread: not even a listener whose class cannot be loaded. */
        private int runAll() {
            try {
                return jobs.stream()
                        .filter(job -> job.lane().equals(name))
                        .mapToInt(job -> job.inBackground().applyAsInt(BATCH))
                        .sum();
            } catch (Throwable failure) {
                LOG.warn("Due work failed; it is tried again at the next interval", failure);
                return 0;
            }
        }
    }
}
