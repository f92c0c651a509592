package dev.billhook.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test after which a connection is still out of a pool. */
final class NoLeakedConnections implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
        for (TestDatabase database : TestDatabase.values()) {
            database.startedPool()
                    .ifPresent(pool -> assertThat(pool.getHikariPoolMXBean().getActiveConnections())
                            .as("connections of %s not given back", database)
                            .isZero());
        }
    }
}
