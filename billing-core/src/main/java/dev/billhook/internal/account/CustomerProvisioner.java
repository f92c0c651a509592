package dev.billhook.internal.account;

import dev.billhook.InvalidStateException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.AccountService;
import dev.billhook.account.BillingAccount;
import dev.billhook.account.Customer;
import dev.billhook.mirror.Basis;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.spi.provider.CustomerGateway;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Gives an account its one customer. Within a JVM a lock per account, across JVMs a request key derived from the account
 * and values that never vary make a race end in one customer.
 */
public final class CustomerProvisioner {
    private static final int STRIPES = 64;

    private final AccountService accounts;
    private final CustomerGateway customers;
    private final MirrorWriter mirror;
    private final Lock[] locks =
            IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toArray(Lock[]::new);

    /** A provisioner that makes customers at the gateway. */
    public CustomerProvisioner(AccountService accounts, CustomerGateway customers, MirrorWriter mirror) {
        this.accounts = accounts;
        this.customers = customers;
        this.mirror = mirror;
    }

    /** The account's customer id, made now if there is none. */
    public String customerOf(AccountRef ref) {
        Optional<String> present = accounts.get(ref).customerId();
        if (present.isPresent()) {
            return present.get();
        }
        Lock lock = locks[Math.floorMod(ref.hashCode(), STRIPES)];
        lock.lock();
        try {
            BillingAccount account = accounts.get(ref);
            return account.customerId().orElseGet(() -> create(account));
        } finally {
            lock.unlock();
        }
    }

    private String create(BillingAccount account) {
        Fetched<CustomerSnapshot> created = customers.create(account.ref(), createKey(account));
        mirror.apply(created.value(), new Basis.Answer(created.asOf(), 0));
        String id = accounts.get(account.ref())
                .customerId()
                .orElseThrow(() ->
                        new InvalidStateException("Customer " + created.value().customerId() + " was made for account "
                                + account.ref() + " but belongs to another account"));
        AccountProfile profile = account.profile();
        if (!profile.equals(AccountProfile.empty())) {
            customers.update(id, profile, RequestKey.random());
        }
        return id;
    }

    /** The same for every server; another one after a deleted customer, so that a new one is made. */
    private static RequestKey createKey(BillingAccount account) {
        Customer former = account.customer();
        return RequestKey.derived(
                "customer", account.ref(), account.createdAt(), former == null ? "first" : former.id());
    }
}
