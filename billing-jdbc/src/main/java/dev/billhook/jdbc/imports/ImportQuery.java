package dev.billhook.jdbc.imports;

import dev.billhook.StoreException;
import dev.billhook.imports.ImportLine;
import dev.billhook.imports.file.ImportColumns;
import dev.billhook.jdbc.internal.SqlFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of an import from the host's own tables, a page at a time. The query names its columns as a file would, see
 * {@link ImportColumns}: {@code select id as account_id, 'user' as account_type, mail as email, …}. Have it ordered: a run that is
 * gone on with passes over as many rows as were done. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
public final class ImportQuery {
    private static final int PAGE = 500;

    private ImportQuery() {}

    /**
     * The rows of a query; to be closed. Until then a connection of the data source is taken, in a transaction that reads.
     *
     * @throws StoreException if the database cannot be reached or refuses the query
     * @throws IllegalArgumentException if its columns are not understood
     */
    public static Stream<ImportLine> read(DataSource dataSource, String query) {
        Rows rows = new Rows();
        try {
            rows.open(dataSource, query);
        } catch (SQLException e) {
            rows.close();
            throw SqlFailures.translate(e);
        } catch (RuntimeException e) {
            rows.close();
            throw e;
        }
        return StreamSupport.stream(rows, false).onClose(rows::close);
    }

    /** The rows, one after the other. Used by one thread. */
    private static final class Rows extends Spliterators.AbstractSpliterator<ImportLine> {
        private @Nullable Connection connection;
        private @Nullable ResultSet result;
        private @Nullable ImportColumns columns;
        private long line;

        Rows() {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        }

        /** Without a transaction PostgreSQL's driver would read all rows at once. */
        void open(DataSource dataSource, String query) throws SQLException {
            Connection opened = dataSource.getConnection();
            connection = opened;
            opened.setAutoCommit(false);
            PreparedStatement statement = opened.prepareStatement(query);
            statement.setFetchSize(PAGE);
            ResultSet opening = statement.executeQuery();
            result = opening;
            columns = ImportColumns.of(labels(opening.getMetaData()));
        }

        private static List<String> labels(ResultSetMetaData described) throws SQLException {
            List<String> labels = new ArrayList<>();
            for (int i = 1; i <= described.getColumnCount(); i++) {
                labels.add(described.getColumnLabel(i));
            }
            return labels;
        }

        @Override
        public boolean tryAdvance(Consumer<? super ImportLine> action) {
            ResultSet rows = result;
            ImportColumns named = columns;
            if (rows == null || named == null) {
                return false;
            }
            ImportLine read;
            try {
                if (!rows.next()) {
                    return false;
                }
                List<@Nullable String> values = new ArrayList<>();
                for (int i = 1; i <= named.count(); i++) {
                    values.add(rows.getString(i));
                }
                line++;
                read = named.line(line, values);
            } catch (SQLException e) {
                throw SqlFailures.translate(e);
            }
            action.accept(read);
            return true;
        }

        void close() {
            try (Connection closing = connection) {
                if (closing != null) {
                    connection = null;
                    result = null;
                    closing.rollback();
                    closing.setAutoCommit(true);
                }
            } catch (SQLException e) {
                throw SqlFailures.translate(e);
            }
        }
    }
}
