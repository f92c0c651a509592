package dev.billhook.spring.jdbc;

import dev.billhook.jdbc.JdbcStores;
import dev.billhook.spring.SetupException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;

/** Finds the transaction manager whose transactions the stores join. */
final class TransactionManagers {
    private TransactionManagers() {}

    /** The manager of the data source; empty if the host manages no transactions. */
    static Optional<PlatformTransactionManager> of(
            DataSource dataSource, ObjectProvider<PlatformTransactionManager> managers) {
        PlatformTransactionManager only = managers.getIfUnique();
        if (only != null) {
            return Optional.of(only);
        }
        List<PlatformTransactionManager> candidates = managers.stream().toList();
        List<PlatformTransactionManager> owners = candidates.stream()
                .filter(manager -> manager instanceof ResourceTransactionManager owner
                        && dataSource.equals(owner.getResourceFactory()))
                .toList();
        if (owners.size() == 1) {
            return Optional.of(owners.get(0));
        }
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        throw new SetupException(
                "There are " + candidates.size() + " transaction managers, and Billhook cannot tell which one's "
                        + "transactions to join.",
                "Mark the one of Billhook's DataSource as primary, or declare a bean of type "
                        + JdbcStores.class.getName() + ".");
    }
}
