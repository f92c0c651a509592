package dev.billhook.internal.reconcile;

import dev.billhook.account.BillingAccount;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Compares the customers of all accounts. The provider lists living customers only; accounts whose customer was not listed are
 * asked for one by one. Customers that belong to nobody here are none of our business: a subscription of theirs would be told.
 */
final class CustomerSweep {
    private final PaymentProvider provider;
    private final BillingStores stores;
    private final Sweep sweep;

    CustomerSweep(PaymentProvider provider, BillingStores stores, Sweep sweep) {
        this.provider = provider;
        this.stores = stores;
        this.sweep = sweep;
    }

    void run() {
        // Of each customer that belongs to an account, 8 bytes and what a set needs: some 40 MB for a million.
        Set<Long> seen = new HashSet<>();
        sweep.through(
                SweepState.Phase.CUSTOMERS,
                last -> provider.customers().list(last, Sweep.PAGE),
                page -> compare(page.items(), seen));
        notListed(seen);
    }

    private void compare(List<CustomerSnapshot> theirs, Set<Long> seen) {
        Collection<String> ids = theirs.stream().map(CustomerSnapshot::objectId).toList();
        Map<String, BillingAccount> ours = stores.accounts().findByCustomers(ids);
        for (CustomerSnapshot snapshot : theirs) {
            BillingAccount account = ours.get(snapshot.objectId());
            if (account != null && !account.ref().deleted()) {
                seen.add(fingerprint(snapshot.objectId()));
                if (account.customerAsOf() == null || !snapshot.customer().equals(account.customer())) {
                    confirm(snapshot.objectId());
                }
            }
        }
    }

    private void notListed(Set<Long> seen) {
        String last = null;
        List<BillingAccount> page = stores.accounts().scan(null, Sweep.PAGE);
        while (!page.isEmpty()) {
            for (BillingAccount account : page) {
                String id = Objects.requireNonNull(account.customer(), "scanned accounts have customers")
                        .id();
                if (!seen.contains(fingerprint(id))) {
                    confirm(id);
                }
                last = id;
            }
            page = stores.accounts().scan(last, Sweep.PAGE);
        }
    }

    private void confirm(String id) {
        sweep.confirm(id, () -> ours(id), () -> provider.customers().fetch(id));
    }

    /** An account of which only the link is known counts as one without state, as in the door. */
    private Comparison.Ours ours(String id) {
        BillingAccount account = stores.accounts().findByCustomers(List.of(id)).get(id);
        if (account == null) {
            return new Comparison.Ours(null, null, 0);
        }
        boolean linkOnly = account.customerAsOf() == null;
        return new Comparison.Ours(
                account.ref(), linkOnly ? null : account.customer(), linkOnly ? 0 : account.version());
    }

    private static long fingerprint(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
