package dev.billhook.cli.connect;

import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.ProviderScope;
import dev.billhook.catalog.Catalog;
import dev.billhook.cli.shell.Shell;
import dev.billhook.cli.shell.UsageException;
import dev.billhook.jdbc.JdbcStores;
import dev.billhook.notice.NoticePolicy;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which mirror, of which Stripe account. What is opened has no listeners and no background thread: it looks and leaves
 * marks, and the application's nodes do the work, so that their listeners hear of it.
 */
public final class BillingOptions {
    @Mixin
    private StripeOptions stripe = new StripeOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--account",
            defaultValue = "default",
            paramLabel = "NAME",
            description =
                    "The provider account's name in the application (billhook.account); ${DEFAULT-VALUE} unless told.")
    private String account = "default";

    /** A billing and the stores it works on. */
    public record Opened(Billing billing, BillingStores stores) implements AutoCloseable {
        @Override
        public void close() {
            billing.close();
        }
    }

    /**
     * Opens it.
     *
     * @throws UsageException if an option is missing or contradicts another
     */
    public Opened open(Shell shell) {
        return open(shell, Catalog.of(List.of()));
    }

    /**
     * Opens it for what goes by the catalog.
     *
     * @throws UsageException if an option is missing or contradicts another
     */
    public Opened open(Shell shell, Catalog catalog) {
        return open(shell, catalog, builder -> builder);
    }

    /**
     * Opens it with something set besides.
     *
     * @throws UsageException if an option is missing or contradicts another
     */
    public Opened open(Shell shell, UnaryOperator<BillingBuilder> more) {
        return open(shell, Catalog.of(List.of()), more);
    }

    private Opened open(Shell shell, Catalog catalog, UnaryOperator<BillingBuilder> more) {
        ProviderScope scope;
        try {
            scope = new ProviderScope(account, stripe.live());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--account: " + e.getMessage(), e);
        }
        PaymentProvider provider = stripe.connect(shell, scope);
        BillingStores stores = JdbcStores.create(database.dataSource(shell), scope);
        Billing billing = more.apply(Billing.builder(catalog, provider, stores))
                .noticePolicy(NoticePolicy.WATCHFUL)
                .withoutBackgroundWork()
                .build();
        return new Opened(billing, stores);
    }
}
