package dev.billhook.jdbc.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How instants travel to columns; none of the forms looks at the time zone of JVM, driver or session. */
public enum TimestampForm {
    /** For columns with a time zone. */
    WITH_ZONE {
        @Override
        Object write(Instant instant) {
            return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        }

        @Override
        @Nullable Instant read(ResultSet rows, String column) throws SQLException {
            OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
    },

    /** For columns without a time zone, which hold UTC. */
    UTC {
        @Override
        Object write(Instant instant) {
            return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
        }

        @Override
        @Nullable Instant read(ResultSet rows, String column) throws SQLException {
            LocalDateTime time = rows.getObject(column, LocalDateTime.class);
            return time == null ? null : time.toInstant(ZoneOffset.UTC);
        }
    };

    /** The value to bind, exact to the microsecond. */
    abstract Object write(Instant instant);

    /** The value of a column. */
    abstract @Nullable Instant read(ResultSet rows, String column) throws SQLException;
}
