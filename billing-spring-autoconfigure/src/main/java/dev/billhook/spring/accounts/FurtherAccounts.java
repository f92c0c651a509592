package dev.billhook.spring.accounts;

import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.ProviderScope;
import dev.billhook.catalog.Catalog;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.spring.BillhookProperties;
import dev.billhook.spring.BillhookProperties.Account;
import dev.billhook.spring.BillingBuilderCustomizer;
import dev.billhook.spring.BillingSettings;
import dev.billhook.spring.CatalogFile;
import dev.billhook.spring.CatalogReload;
import dev.billhook.spring.HostBeans;
import dev.billhook.spring.SetupException;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.io.ResourceLoader;

/** Makes the billings of further accounts. */
final class FurtherAccounts {
    private final BillhookProperties properties;
    private final HostBeans ofHost;
    private final Catalogs catalogs;
    private final Parts parts;

    /**
     * @param catalogs where their catalogs come from
     * @param parts what their billings are made of
     */
    FurtherAccounts(
            BillhookProperties properties, ConfigurableListableBeanFactory beans, Catalogs catalogs, Parts parts) {
        this.properties = properties;
        this.ofHost = new HostBeans(beans, properties.accounts().keySet());
        this.catalogs = catalogs;
        this.parts = parts;
    }

    /** Called by the definition of each account's bean. */
    Billing billing(String name) {
        Account account = Objects.requireNonNull(properties.accounts().get(name));
        Sold sold = sold(name, account);
        if (!properties.enabled() || !account.enabled()) {
            return Billing.off(sold.catalog());
        }
        ProviderScope scope = AccountChecks.scope(name, account, properties);
        AccountStores stores = only(parts.stores(), AccountStores.class, "dev.billhook:billing-jdbc");
        BillingBuilder builder = Billing.builder(
                        sold.catalog(),
                        only(parts.providers(), AccountProviders.class, "dev.billhook:billing-stripe")
                                .of(scope, account),
                        stores.of(scope))
                .accessPolicy(sold.policy());
        parts.settings().getObject().applyTo(builder);
        stores.signalsOf(scope).ifPresent(builder::accessSignals);
        if (!account.allowedOrigins().isEmpty()) {
            builder.allowedOrigins(account.allowedOrigins());
        }
        builder.listeners(ofHost.listenersOf(name));
        ofHost.of(name, BillingBuilderCustomizer.class).forEach(customizer -> customizer.customize(builder));
        return catalogs.reload().follow(builder.build());
    }

    /** What it sells, and what late subscribers may do there: its own file's, or else the main account's. */
    private Sold sold(String name, Account account) {
        String own = account.catalog();
        if (own == null) {
            return new Sold(catalogs.main(), catalogs.policy());
        }
        CatalogFile file = CatalogFile.at(catalogs.resources(), own, "billhook.accounts." + name + ".catalog");
        return new Sold(
                catalogs.reload().read(file, properties::accessPolicy), properties.accessPolicy(file.accessPolicy()));
    }

    private static <T> T only(ObjectProvider<T> provider, Class<T> type, String library) {
        T only = provider.getIfUnique();
        if (only == null) {
            throw new SetupException(
                    "Billhook cannot make the billings of billhook.accounts: there is no single " + type.getSimpleName()
                            + ".",
                    "Add " + library + " to the class path, or declare one bean of type " + type.getName() + ".");
        }
        return only;
    }

    private record Sold(Catalog catalog, AccessPolicy policy) {}

    /** Where catalogs come from. */
    record Catalogs(ResourceLoader resources, CatalogReload reload, Catalog main, AccessPolicy policy) {}

    /** What billings are made of. */
    record Parts(
            ObjectProvider<AccountProviders> providers,
            ObjectProvider<AccountStores> stores,
            ObjectProvider<BillingSettings> settings) {}
}
