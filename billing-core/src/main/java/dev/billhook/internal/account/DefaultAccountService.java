package dev.billhook.internal.account;

import dev.billhook.NotFoundException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.AccountService;
import dev.billhook.account.BillingAccount;
import dev.billhook.account.BillingDetail;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.spi.provider.CustomerGateway;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.subscription.Subscription;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** See {@link AccountService}. */
public final class DefaultAccountService implements AccountService {
    private final BillingStores stores;
    private final CustomerGateway customers;
    private final Set<BillingDetail> required;
    private final InstantSource clock;
    private final Runnable onRegistered;

    /**
     * A service on the given stores.
     *
     * @param customers asked what customers have told
     * @param required what accounts have to tell
     * @param onRegistered called after a commit that registered an account
     */
    public DefaultAccountService(
            BillingStores stores,
            CustomerGateway customers,
            Set<BillingDetail> required,
            InstantSource clock,
            Runnable onRegistered) {
        this.stores = stores;
        this.customers = customers;
        this.required = required;
        this.clock = clock;
        this.onRegistered = onRegistered;
    }

    @Override
    public BillingAccount register(AccountRef account, AccountProfile profile) {
        if (account.deleted()) {
            throw new IllegalArgumentException("Accounts of type '" + AccountRef.DELETED
                    + "' are those that were deleted; choose another name for the type");
        }
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

    @Override
    public Optional<PaymentMethod> paymentMethod(AccountRef account) {
        Optional<PaymentMethod> customers = Optional.ofNullable(get(account).customer())
                .filter(customer -> !customer.deleted())
                .map(Customer::defaultPaymentMethod);
        return stores.subscriptions().list(account).stream()
                .map(MirroredSubscription::subscription)
                .filter(subscription -> !subscription.status().ended())
                .findFirst()
                .map(Subscription::paymentMethod)
                .or(() -> customers);
    }

    @Override
    public Set<BillingDetail> missingDetails(AccountRef account, Instant when) {
        Set<BillingDetail> missing = EnumSet.noneOf(BillingDetail.class);
        missing.addAll(required);
        if (paymentMethod(account).filter(method -> !method.expiredAt(when)).isPresent()) {
            missing.remove(BillingDetail.PAYMENT_METHOD);
        }
        Set<BillingDetail> asked = EnumSet.copyOf(missing);
        asked.remove(BillingDetail.PAYMENT_METHOD);
        if (!asked.isEmpty()) {
            get(account).customerId().ifPresent(customer -> missing.removeAll(customers.details(customer, asked)));
        }
        return Set.copyOf(missing);
    }
}
