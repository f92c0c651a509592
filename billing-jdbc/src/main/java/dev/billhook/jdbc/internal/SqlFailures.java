package dev.billhook.jdbc.internal;

import dev.billhook.StoreException;
import dev.billhook.jdbc.spi.ConflictRetry;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** Tells what a failure means, by SQLState and vendor code, never by its text. */
final class SqlFailures {
    private static final int MYSQL_DUPLICATE = 1062;
    private static final int MYSQL_LOCK_TIMEOUT = 1205;
    /** Lock timeouts (PostgreSQL, H2) and servers going down or coming up. */
    private static final Set<String> PASSING = Set.of("55P03", "HYT00", "57P01", "57P02", "57P03");

    private SqlFailures() {}

    /** The failure as the ports report it. */
    static StoreException translate(SQLException failure) {
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
                || "08".equals(stateClass(failure))
                || failure.getErrorCode() == MYSQL_LOCK_TIMEOUT
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
