package dev.billhook.internal.grant;

import dev.billhook.NotFoundException;
import dev.billhook.account.AccountRef;
import dev.billhook.account.AccountService;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.grant.Grant;
import dev.billhook.grant.GrantRequest;
import dev.billhook.grant.GrantService;
import dev.billhook.spi.store.AccessStore;
import dev.billhook.spi.store.BillingStores;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** See {@link GrantService}. */
public final class DefaultGrantService implements GrantService {
    private final Catalog catalog;
    private final AccountService accounts;
    private final BillingStores stores;
    private final InstantSource clock;
    private final Consumer<AccountRef> onChange;

    /**
     * @param onChange told, within the transaction, whose grants change
     */
    public DefaultGrantService(
            Catalog catalog,
            AccountService accounts,
            BillingStores stores,
            InstantSource clock,
            Consumer<AccountRef> onChange) {
        this.catalog = catalog;
        this.accounts = accounts;
        this.stores = stores;
        this.clock = clock;
        this.onChange = onChange;
    }

    @Override
    public Grant give(GrantRequest request) {
        accounts.get(request.account());
        check(request.what());
        Instant now = now();
        Grant grant = new Grant(
                request.key().value(),
                request.account(),
                request.what(),
                Objects.requireNonNullElse(request.from(), now).truncatedTo(ChronoUnit.SECONDS),
                request.until() == null ? null : request.until().truncatedTo(ChronoUnit.SECONDS),
                new Grant.Audit(request.by(), request.reason(), now),
                null);
        return stores.transactor().inTransaction(() -> {
            if (access().insertIfAbsent(grant)) {
                onChange.accept(grant.account());
                return grant;
            }
            return get(grant.account(), grant.id());
        });
    }

    @Override
    public Grant revoke(AccountRef account, String grantId, String by, String reason) {
        return stores.transactor().inTransaction(() -> {
            Grant grant = get(account, grantId);
            Grant revoked = grant.revoked(new Grant.Audit(by, reason, now()));
            if (grant.revoked() == null && access().revoke(revoked)) {
                onChange.accept(account);
                return revoked;
            }
            return get(account, grantId);
        });
    }

    @Override
    public List<Grant> list(AccountRef account) {
        return access().facts(account).grants();
    }

    private Grant get(AccountRef account, String grantId) {
        return access().findGrant(account, grantId)
                .orElseThrow(() -> new NotFoundException(
                        "grant of " + account, grantId, "List the account's grants: billing.grants().list(…)."));
    }

    private void check(Grant.What what) {
        if (what instanceof Grant.What.OfPlan given) {
            Plan plan = catalog.getPlan(given.plan());
            if (!plan.units().allows(given.units())) {
                throw new IllegalArgumentException(
                        "Plan '" + plan.key() + "' cannot have " + given.units() + " units; " + plan.units());
            }
        } else if (what instanceof Grant.What.OfFeature given
                && catalog.products().stream()
                        .noneMatch(product -> product.features().contains(given.feature()))) {
            throw new IllegalArgumentException(
                    "No product of the catalog has feature '" + given.feature() + "'; add it to one, or mend the name");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private AccessStore access() {
        return stores.access();
    }
}
