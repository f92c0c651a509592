package dev.billhook.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountRef;
import dev.billhook.entitlement.AccessFacts;
import dev.billhook.entitlement.claim.Claim;
import dev.billhook.grant.Grant;
import dev.billhook.jdbc.BillhookSchema;
import dev.billhook.jdbc.Dialect;
import dev.billhook.jdbc.JdbcStores;
import dev.billhook.spi.store.AccessStore;
import dev.billhook.spi.store.BillingStores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/** Makes up the facts of any of {@link Accounts}, so that nothing but the answers takes memory. */
final class FactsInMemory implements AccessStore {
    /** Stores on an empty H2, whose accounts have these facts all the same. */
    static BillingStores stores() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:empty");
        config.setMaximumPoolSize(2);
        HikariDataSource pool = new HikariDataSource(config);
        BillhookSchema.of(Dialect.H2).install(pool);
        JdbcStores empty = JdbcStores.create(pool, ProviderScope.test());
        FactsInMemory facts = new FactsInMemory();
        return (BillingStores) Proxy.newProxyInstance(
                BillingStores.class.getClassLoader(),
                new Class<?>[] {BillingStores.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("access")) {
                        return facts;
                    }
                    try {
                        return method.invoke(empty, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public List<Claim> claims(AccountRef account) {
        return facts(account).claims();
    }

    @Override
    public AccessFacts facts(AccountRef account) {
        return AccessFacts.of(
                List.of(Accounts.subscription(Integer.parseInt(account.id())).subscription()));
    }

    @Override
    public boolean insertIfAbsent(Grant grant) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Grant> findGrant(AccountRef account, String grantId) {
        return Optional.empty();
    }

    @Override
    public boolean revoke(Grant grant) {
        throw new UnsupportedOperationException();
    }
}
