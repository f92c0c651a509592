package dev.billhook.benchmarks.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.sql.DataSource;

/**
 * What one might write in an afternoon, without a check too many: verify the signature, insert the event, and, if told to,
 * upsert the subscription in the same transaction. It protects against nothing but a second delivery. Each receiver has
 * tables of its own, because all are sent the same events, and a second delivery costs next to nothing.
 */
final class BareReceiver implements EventHandler {
    private static final String TABLES = """
            create table OWNER_event (
              event_id varchar(255) primary key, event_type varchar(128) not null, created_at bigint not null,
              received_at timestamp with time zone not null default now(), payload text not null);
            create table OWNER_subscription (
              subscription_id varchar(255) primary key, customer_id varchar(255) not null, status varchar(32) not null,
              as_of bigint not null, state text not null);
            """;

    private static final String INSERT = """
            insert into OWNER_event (event_id, event_type, created_at, payload) values (?, ?, ?, ?)
            on conflict do nothing""";

    private static final String UPSERT = """
            insert into OWNER_subscription (subscription_id, customer_id, status, as_of, state) values (?, ?, ?, ?, ?)
            on conflict (subscription_id) do update
            set customer_id = excluded.customer_id, status = excluded.status, as_of = excluded.as_of,
              state = excluded.state
            where OWNER_subscription.as_of <= excluded.as_of""";

    private static final JsonFactory JSON = new JsonFactory();
    private static final int SIGNATURE_CHARS = 64;
    private static final ThreadLocal<Mac> MACS = ThreadLocal.withInitial(LoadEvents::mac);

    private final DataSource dataSource;
    private final boolean applies;
    private final String insert;
    private final String upsert;

    BareReceiver(DataSource dataSource, Subject subject) {
        this.dataSource = dataSource;
        this.applies = subject == Subject.BARE_APPLY;
        this.insert = insert(subject.name());
        this.upsert = upsert(subject.name());
    }

    static String tables(String owner) {
        return TABLES.replace("OWNER", owner);
    }

    static String insert(String owner) {
        return INSERT.replace("OWNER", owner);
    }

    static String upsert(String owner) {
        return UPSERT.replace("OWNER", owner);
    }

    @Override
    public int handle(byte[] body, String signature) throws SQLException, IOException {
        if (!verified(body, signature)) {
            return 400;
        }
        Map<String, String> event = read(body);
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(!applies);
            insert(connection, event, new String(body, StandardCharsets.UTF_8));
            if (applies) {
                upsert(connection, event);
                connection.commit();
            }
        }
        return 200;
    }

    private static boolean verified(byte[] body, String header) {
        int comma = header.indexOf(",v1=");
        Mac mac = MACS.get();
        mac.update((header.substring(2, comma) + ".").getBytes(StandardCharsets.US_ASCII));
        byte[] told = HexFormat.of().parseHex(header, comma + 4, comma + 4 + SIGNATURE_CHARS);
        return MessageDigest.isEqual(mac.doFinal(body), told);
    }

    /** The event's own fields, and those of its object with a point before their names. */
    private static Map<String, String> read(byte[] body) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = JSON.createParser(body)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token.isScalarValue() && (depth == 1 || depth == 3)) {
                    String name = parser.currentName();
                    if (name != null) {
                        fields.putIfAbsent(depth == 1 ? name : "." + name, parser.getText());
                    }
                }
            }
        }
        return fields;
    }

    static void bindEvent(PreparedStatement statement, Map<String, String> event, String payload) throws SQLException {
        statement.setString(1, event.get("id"));
        statement.setString(2, event.get("type"));
        statement.setLong(3, Long.parseLong(event.get("created")));
        statement.setString(4, payload);
    }

    static void bindSubscription(PreparedStatement statement, Map<String, String> event) throws SQLException {
        statement.setString(1, event.get(".id"));
        statement.setString(2, event.get(".customer"));
        statement.setString(3, event.get(".status"));
        statement.setLong(4, Long.parseLong(event.get("created")));
        statement.setString(5, "{\"cancelAtPeriodEnd\":" + event.get(".cancel_at_period_end") + "}");
    }

    private void insert(Connection connection, Map<String, String> event, String payload) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            bindEvent(statement, event, payload);
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("A second delivery; it costs next to nothing and is no limit");
            }
        }
    }

    private void upsert(Connection connection, Map<String, String> event) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            bindSubscription(statement, event);
            statement.executeUpdate();
        }
    }
}
