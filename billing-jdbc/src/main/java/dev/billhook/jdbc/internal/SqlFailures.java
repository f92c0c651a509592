package dev.billhook.jdbc.internal;

import dev.billhook.StoreException;
import dev.billhook.jdbc.spi.ConflictRetry;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** Tells what a failure means, by SQLState and vendor code, never by its text. */
public final class SqlFailures {
    private static final int MYSQL_DUPLICATE = 1062;
    /** Lock timeouts, statements that took too long, and a server that became a replica and writes no more (PostgreSQL, H2). */
    private static final Set<String> PASSING =
            Set.of("40003", "55P03", "HYT00", "57014", "57P01", "57P02", "57P03", "57P05", "25P03", "25P04", "25006");
    /** Lost connections; full disks and too many connections; failures of the server's machine. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "58");
    /** MySQL and MariaDB: disk or table full, shutting down, lock timeout, read-only, interrupted, statement took too long. */
    private static final Set<Integer> PASSING_MYSQL = Set.of(1021, 1053, 1114, 1205, 1290, 1317, 1836, 1969, 3024);
    /** H2: input or output failed, connection broken, database closed. */
    private static final Set<Integer> PASSING_H2 = Set.of(90028, 90031, 90067, 90098, 90121);

    private SqlFailures() {}

    /** The failure as the ports report it. */
    public static StoreException translate(SQLException failure) {
        boolean retryable = isRetryable(failure);
        String message = "The database refused (SQLState " + failure.getSQLState() + ", code " + failure.getErrorCode()
                + "); " + (retryable ? "repeat the work" : remedy(stateClass(failure)));
        return new StoreException(message, retryable, withoutData(failure));
    }

    /** Whether a row with the same key exists. */
    static boolean isDuplicate(SQLException failure) {
        return "23505".equals(failure.getSQLState())
                || ("23".equals(stateClass(failure)) && failure.getErrorCode() == MYSQL_DUPLICATE);
    }

    private static boolean isRetryable(SQLException failure) {
        return ConflictRetry.isConflict(failure)
                || PASSING.contains(String.valueOf(failure.getSQLState()))
                || PASSING_CLASSES.contains(stateClass(failure))
                || PASSING_MYSQL.contains(failure.getErrorCode())
                || PASSING_H2.contains(failure.getErrorCode())
                || failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException;
    }

    private static String remedy(String stateClass) {
        return switch (stateClass) {
            case "42" -> "check that the schema of this version is installed and the user may use it";
            case "23" -> "a row with this key exists";
            default -> "see the cause";
        };
    }

    private static String stateClass(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }

    /** Drivers quote values, thus personal data, when the data itself is at fault. */
    private static SQLException withoutData(SQLException failure) {
        String stateClass = stateClass(failure);
        if (!"22".equals(stateClass) && !"23".equals(stateClass)) {
            return failure;
        }
        SQLException copy = new SQLException(
                failure.getClass().getSimpleName() + " (text withheld, it may quote the row)",
                failure.getSQLState(),
                failure.getErrorCode());
        copy.setStackTrace(failure.getStackTrace());
        return copy;
    }
}
