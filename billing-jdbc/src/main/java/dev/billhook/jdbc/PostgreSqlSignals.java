package dev.billhook.jdbc;

import dev.billhook.BillingException;
import dev.billhook.jdbc.internal.Listening;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.SignalText;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.spi.signal.AccessSignals;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Signals by PostgreSQL's {@code NOTIFY}, which a commit sends and a rollback does not. Keeps one connection of the data source for
 * itself while it listens, and needs pgjdbc's own connection behind the pool; a proxy that shares sessions between clients cannot
 * listen. When the connection is lost it is opened again, after one second, two, four and so on up to half a minute, and whatever was
 * remembered meanwhile is forgotten.
 *
 * <p>PostgreSQL lets commits that notify take turns, so a database that commits thousands of changes a second does better without.
 *
 * @since 0.1.0
 */
public final class PostgreSqlSignals implements AccessSignals {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Sql NOTIFY = Sql.of("select pg_notify('" + Listening.CHANNEL + "', :text)");

    private final SqlRunner sql;
    private final SignalText texts;
    private final DataSource listening;
    private final Duration firstPause;
    private @Nullable Listening listener;

    private PostgreSqlSignals(DataSource listening, JdbcStores stores, Duration firstPause) {
        this.sql = stores.runner();
        this.texts = SignalText.ofNode(stores.scope());
        this.listening = listening;
        this.firstPause = firstPause;
    }

    /**
     * Signals between all nodes whose stores are of the same scope and database.
     *
     * @param listening where the connection to listen with comes from; the stores' own, or one beside it
     * @throws BillingException if the database is not PostgreSQL
     */
    public static PostgreSqlSignals create(DataSource listening, JdbcStores stores) {
        return create(listening, stores, FIRST_PAUSE);
    }

    static PostgreSqlSignals create(DataSource listening, JdbcStores stores, Duration firstPause) {
        if (stores.dialect() != Dialect.POSTGRESQL) {
            throw new BillingException("Only PostgreSQL can signal, and the stores are in " + stores.dialect()
                    + "; leave the signals out, EntitlementCaching bounds how old answers are");
        }
        return new PostgreSqlSignals(listening, stores, firstPause);
    }

    @Override
    public void send(Set<Integer> marks) {
        sql.list(NOTIFY, Params.of("text", texts.write(marks)), row -> true);
    }

    @Override
    public synchronized void start(Receiver receiver) {
        listener = new Listening(listening, firstPause, text -> texts.read(text, receiver), receiver::allChanged);
        listener.start();
    }

    @Override
    public synchronized void close() {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }
}
