package dev.billhook.spring.jdbc;

import dev.billhook.jdbc.spi.ConflictRetry;
import dev.billhook.jdbc.spi.ConnectionWork;
import dev.billhook.jdbc.spi.JdbcTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes part in the transactions of Spring: what the host writes and what Billhook writes commit together. */
final class SpringTransactions implements JdbcTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(SpringTransactions.class);

    private final DataSource dataSource;
    private final TransactionTemplate joined;
    private final TransactionTemplate outside;

    SpringTransactions(DataSource dataSource, PlatformTransactionManager manager) {
        this.dataSource = dataSource;
        this.joined = template(manager, TransactionDefinition.PROPAGATION_REQUIRED);
        this.outside = template(manager, TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
    }

    private static TransactionTemplate template(PlatformTransactionManager manager, int propagation) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setPropagationBehavior(propagation);
        return template;
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        // Only who opened a transaction can repeat all of it.
        return isOpen() ? execute(work) : ConflictRetry.run(() -> execute(work));
    }

    @SuppressWarnings("NullAway") // the template passes on what the work answers, and the work answers a T
    private <T> T execute(Supplier<T> work) {
        return joined.execute(status -> work.get());
    }

    @Override
    public boolean isOpen() {
        return TransactionSynchronizationManager.isActualTransactionActive();
    }

    @Override
    public void afterCommit(Runnable action) {
        if (!isOpen()) {
            runLogged(action);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                // The finished transaction is still bound to the thread: work that joined it would be lost.
                runLogged(() -> outside.executeWithoutResult(status -> action.run()));
            }
        });
    }

    private static void runLogged(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warn("An action after commit failed; the commit stands", e);
        }
    }

    @Override
    public <T> T withConnection(ConnectionWork<T> work) throws SQLException {
        Connection connection = DataSourceUtils.doGetConnection(dataSource);
        try {
            T result = work.run(connection);
            if (!DataSourceUtils.isConnectionTransactional(connection, dataSource) && !connection.getAutoCommit()) {
                connection.commit();
            }
            return result;
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }
}
