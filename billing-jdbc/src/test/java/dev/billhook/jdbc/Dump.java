package dev.billhook.jdbc;

import dev.billhook.ProviderScope;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** All that is stored, whatever tables and columns there are. */
final class Dump {
    private Dump() {}

    /** Every row of the scope in every table of Billhook, as {@code table {column=value, …}}. */
    static List<String> of(DataSource dataSource, ProviderScope scope) {
        try (Connection connection = dataSource.getConnection()) {
            List<String> rows = new ArrayList<>();
            for (String table : tables(connection)) {
                rows.addAll(rows(connection, table, scope));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        List<String> tables = new ArrayList<>();
        try (ResultSet found = data.getTables(
                connection.getCatalog(), connection.getSchema(), null, new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                String name = found.getString("TABLE_NAME");
                if (name.toLowerCase(Locale.ROOT).startsWith("billing_")) {
                    tables.add(name);
                }
            }
        }
        return tables;
    }

    private static List<String> rows(Connection connection, String table, ProviderScope scope) throws SQLException {
        List<String> rows = new ArrayList<>();
        String all = "select * from " + table + " where provider_account = ? and livemode = ?";
        try (PreparedStatement statement = connection.prepareStatement(all)) {
            statement.setString(1, scope.account());
            statement.setBoolean(2, scope.livemode());
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(table + " " + row(found));
                }
            }
        }
        return rows;
    }

    private static String row(ResultSet found) throws SQLException {
        ResultSetMetaData described = found.getMetaData();
        Map<String, String> values = new TreeMap<>();
        for (int i = 1; i <= described.getColumnCount(); i++) {
            values.put(described.getColumnLabel(i).toLowerCase(Locale.ROOT), String.valueOf(found.getString(i)));
        }
        return values.toString();
    }
}
