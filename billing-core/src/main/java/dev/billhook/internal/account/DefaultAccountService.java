package dev.billhook.internal.account;

import dev.billhook.NotFoundException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.AccountService;
import dev.billhook.account.BillingAccount;
import dev.billhook.spi.store.BillingStores;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** See {@link AccountService}. */
public final class DefaultAccountService implements AccountService {
    private final BillingStores stores;
    private final InstantSource clock;
    private final Runnable onRegistered;

    /**
     * A service on the given stores.
     *
     * @param onRegistered called after a commit that registered an account
     */
    public DefaultAccountService(BillingStores stores, InstantSource clock, Runnable onRegistered) {
        this.stores = stores;
        this.clock = clock;
        this.onRegistered = onRegistered;
    }

    @Override
    public BillingAccount register(AccountRef account, AccountProfile profile) {
        Optional<BillingAccount> known = find(account);
        if (known.isPresent() && known.get().profile().equals(profile)) {
            return known.get();
        }
        return stores.transactor().inTransaction(() -> {
            BillingAccount fresh =
                    BillingAccount.registered(account, profile, clock.instant().truncatedTo(ChronoUnit.MICROS));
            if (stores.accounts().insertIfAbsent(fresh)) {
                stores.transactor().afterCommit(onRegistered);
            } else {
                BillingAccount present = stores.accounts().lock(account).orElseThrow();
                stores.accounts().update(present.withProfile(profile));
            }
            return get(account);
        });
    }

    @Override
    public Optional<BillingAccount> find(AccountRef account) {
        return stores.accounts().find(account);
    }

    @Override
    public BillingAccount get(AccountRef account) {
        return find(account)
                .orElseThrow(() -> new NotFoundException(
                        "account", account.toString(), "Register it first: billing.accounts().register(…)."));
    }
}
