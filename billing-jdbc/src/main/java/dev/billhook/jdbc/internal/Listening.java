package dev.billhook.jdbc.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that listens with a connection of its own, and opens it again whenever it is lost. */
public final class Listening implements AutoCloseable {
    /** The name notifications go by. */
    public static final String CHANNEL = "billhook_access";

    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int WAIT_MILLIS = 500;
    private static final int WAITS_BETWEEN_PROBES = 20;
    private static final int PROBE_SECONDS = 5;

    private final DataSource dataSource;
    private final Duration firstPause;
    private final Consumer<String> told;
    private final Runnable missed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "billhook-signals");
    private Duration pause;

    /**
     * @param firstPause how long to wait before the first attempt to connect again; doubles with each further one
     * @param told what a notification says
     * @param missed runs whenever listening begins: what was said before is lost
     */
    public Listening(DataSource dataSource, Duration firstPause, Consumer<String> told, Runnable missed) {
        this.dataSource = dataSource;
        this.firstPause = firstPause;
        this.told = told;
        this.missed = missed;
        this.pause = firstPause;
        thread.setDaemon(true);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            while (!isClosed()) {
                try {
                    listen();
                } catch (SQLException | RuntimeException e) {
                    LOG.warn(
                            "No signals of other nodes for now; listening again in {} s. Until then answers about access are as"
                                    + " old as their caching allows",
                            pause.toSeconds(),
                            e);
                    pauseAfterFailure();
                }
            }
        } catch (InterruptedException stopped) {
            LOG.debug("Stopped listening", stopped);
        }
    }

    private void listen() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            PGConnection notified = connection.unwrap(PGConnection.class);
            connection.setAutoCommit(true);
            execute(connection, "listen " + CHANNEL);
            missed.run();
            pause = firstPause;
            int quiet = 0;
            while (!isClosed()) {
                PGNotification[] notifications = notified.getNotifications(WAIT_MILLIS);
                if (notifications != null && notifications.length > 0) {
                    tell(notifications);
                    quiet = 0;
                } else if (++quiet >= WAITS_BETWEEN_PROBES) {
                    requireAlive(connection);
                    quiet = 0;
                }
            }
            execute(connection, "unlisten " + CHANNEL);
        }
    }

    private void tell(PGNotification[] notifications) {
        for (PGNotification notification : notifications) {
            if (notification.getName().equals(CHANNEL)) {
                told.accept(notification.getParameter());
            }
        }
    }

    /** A connection that was cut off without a word is quiet for ever. */
    private static void requireAlive(Connection connection) throws SQLException {
        if (!connection.isValid(PROBE_SECONDS)) {
            throw new SQLException("The connection that listened is dead", "08006");
        }
    }

    private void pauseAfterFailure() throws InterruptedException {
        if (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }
}
