package dev.billhook.jdbc.spi;

import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a transaction that lost against another one. Only deadlocks and serialization failures are repeated: after them the
 * database has rolled back, so nothing happens twice. A lock timeout or a lost connection is left to the caller.
 *
 * @since 0.1.0
 */
public final class ConflictRetry {
    private static final Logger LOG = LoggerFactory.getLogger(ConflictRetry.class);
    private static final int MAX_ATTEMPTS = 5;
    private static final int MARIADB_RECORD_CHANGED = 1020;
    private static final int H2_CONCURRENT_UPDATE = 90131;

    private ConflictRetry() {}

    /**
     * Runs an attempt, which opens and ends a transaction of its own, up to five times.
     *
     * @throws RuntimeException what the last attempt threw
     */
    public static <T> T run(Supplier<T> attempt) {
        for (int number = 1; ; number++) {
            try {
                return attempt.get();
            } catch (RuntimeException e) {
                if (number == MAX_ATTEMPTS || !isConflict(e)) {
                    throw e;
                }
                LOG.debug("Transaction lost a conflict; attempt {} of {} follows", number + 1, MAX_ATTEMPTS);
                pause(number);
            }
        }
    }

    /** Whether a deadlock or a serialization failure is among the causes. */
    public static boolean isConflict(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isConflict(sql)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isConflict(SQLException failure) {
        String state = failure.getSQLState();
        return "40001".equals(state)
                || "40P01".equals(state)
                || failure.getErrorCode() == H2_CONCURRENT_UPDATE
                || (failure.getErrorCode() == MARIADB_RECORD_CHANGED && "HY000".equals(state));
    }

    /** Random, so that two losers do not meet again; an interrupt only shortens it. */
    private static void pause(int number) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(TimeUnit.MILLISECONDS.toNanos(5L << number)));
    }
}
