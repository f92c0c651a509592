package dev.billhook.internal;

import dev.billhook.BillingException;
import dev.billhook.checkout.AllowedOrigins;
import dev.billhook.event.BillingListener;
import dev.billhook.internal.event.OwnListener;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must be right, and what is warned of, before a billing is put together. */
public final class StartCheck {
    private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);

    private StartCheck() {}

    /**
     * Looks at what a billing is to be made of.
     *
     * @throws BillingException if provider and stores are of different scopes, or two listeners have the same name
     */
    public static void of(
            PaymentProvider provider, BillingStores stores, List<BillingListener> listeners, AllowedOrigins origins) {
        if (!provider.scope().equals(stores.scope())) {
            throw new BillingException("The provider is of scope " + provider.scope() + " and the stores are of "
                    + stores.scope() + "; give both the same");
        }
        Set<String> names = new HashSet<>(Set.of(OwnListener.NAME));
        for (BillingListener listener : listeners) {
            if (!names.add(listener.name())) {
                throw new BillingException("Two listeners are named '" + listener.name()
                        + "'; undelivered events are kept by name, so give each its own with BillingListener.named");
            }
        }
        if (!origins.listed()) {
            LOG.warn(
                    "Checkout and Customer Portal may send browsers back to {}; list the application's own origins"
                            + " with BillingBuilder.allowedOrigins(…)",
                    origins);
        }
    }
}
