package dev.billhook.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D14 Tables that name accounts")
class ErasureTablesTest {
    /** Rows move to the name a deleted account is kept under. */
    private static final Set<String> MOVED = Set.of(
            "billing_account",
            "billing_subscription",
            "billing_subscription_item",
            "billing_other_customer",
            "billing_purchase",
            "billing_usage",
            "billing_access");

    /** Rows go. */
    private static final Set<String> DELETED =
            Set.of("billing_grant", "billing_checkout", "billing_notice", "billing_offer_place");

    /** Rows go by themselves, once listeners are told or the event is finished, and tell nothing personal until then. */
    private static final Set<String> WAITING = Set.of("billing_outbox", "billing_webhook_event");

    @Test
    @DisplayName("D14 of every table somebody has decided what becomes of a deleted account's rows")
    void everyTable() throws SQLException {
        Set<String> undecided = new TreeSet<>(tables());
        undecided.removeAll(MOVED);
        undecided.removeAll(DELETED);
        undecided.removeAll(WAITING);

        assertThat(undecided)
                .as("let ErasureTables move or delete their rows, and list them here")
                .isEmpty();
    }

    private static Set<String> tables() throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (Connection connection = TestDatabase.H2.pool().getConnection();
                ResultSet columns = connection.getMetaData().getColumns(null, connection.getSchema(), null, null)) {
            while (columns.next()) {
                if (columns.getString("COLUMN_NAME").equalsIgnoreCase("account_id")) {
                    tables.add(columns.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
                }
            }
        }
        assertThat(tables).contains("billing_account", "billing_outbox");
        return tables;
    }
}
