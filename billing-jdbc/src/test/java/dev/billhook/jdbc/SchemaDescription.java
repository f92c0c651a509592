package dev.billhook.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;

/** Tables, columns and keys as the driver's metadata tells them, in words that do not depend on the database. */
final class SchemaDescription {
    private SchemaDescription() {}

    static List<String> of(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            DatabaseMetaData data = connection.getMetaData();
            List<String> lines = new ArrayList<>();
            for (String table : BillhookSchema.of(Dialect.detect(dataSource)).tables()) {
                String stored = data.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
                lines.addAll(columns(connection, stored));
                lines.addAll(keys(connection, stored));
            }
            return lines;
        }
    }

    private static List<String> columns(Connection connection, String table) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (ResultSet rows =
                connection.getMetaData().getColumns(connection.getCatalog(), connection.getSchema(), table, null)) {
            while (rows.next()) {
                lines.add(lower(table) + "." + lower(rows.getString("COLUMN_NAME")) + " "
                        + type(rows.getInt("DATA_TYPE"), rows.getInt("COLUMN_SIZE"))
                        + (rows.getInt("NULLABLE") == DatabaseMetaData.columnNoNulls ? " not null" : ""));
            }
        }
        return lines;
    }

    private static List<String> keys(Connection connection, String table) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        Map<Integer, String> primary = new TreeMap<>();
        try (ResultSet rows = data.getPrimaryKeys(connection.getCatalog(), connection.getSchema(), table)) {
            while (rows.next()) {
                primary.put((int) rows.getShort("KEY_SEQ"), lower(rows.getString("COLUMN_NAME")));
            }
        }
        Map<String, Map<Integer, String>> indexes = new TreeMap<>();
        try (ResultSet rows = data.getIndexInfo(connection.getCatalog(), connection.getSchema(), table, false, true)) {
            while (rows.next()) {
                if (rows.getString("COLUMN_NAME") != null) {
                    String name =
                            (rows.getBoolean("NON_UNIQUE") ? " index " : " unique ") + rows.getString("INDEX_NAME");
                    indexes.computeIfAbsent(name, key -> new TreeMap<>())
                            .put((int) rows.getShort("ORDINAL_POSITION"), lower(rows.getString("COLUMN_NAME")));
                }
            }
        }
        TreeSet<String> lines = new TreeSet<>();
        lines.add(lower(table) + " primary " + primary.values());
        indexes.forEach((name, columns) ->
                lines.add(lower(table) + name.substring(0, name.indexOf(' ', 1)) + " " + columns.values()));
        return List.copyOf(lines);
    }

    private static String type(int type, int size) {
        return switch (type) {
            case Types.VARCHAR -> size <= 4000 ? "varchar(" + size + ")" : "long text";
            case Types.LONGVARCHAR, Types.CLOB -> "long text";
            case Types.CHAR -> "char(" + size + ")";
            case Types.BOOLEAN, Types.BIT, Types.TINYINT -> "boolean";
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> "instant";
            case Types.BIGINT -> "bigint";
            case Types.INTEGER -> "integer";
            default -> "type " + type;
        };
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
