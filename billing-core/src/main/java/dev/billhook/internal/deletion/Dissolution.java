package dev.billhook.internal.deletion;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.deletion.DeletionException;
import dev.billhook.deletion.DeletionPolicy;
import dev.billhook.deletion.DeletionPolicy.Customers;
import dev.billhook.deletion.DeletionPolicy.OpenInvoices;
import dev.billhook.deletion.DeletionPolicy.Running;
import dev.billhook.deletion.DeletionPreview;
import dev.billhook.error.ProviderObjectMissingException;
import dev.billhook.internal.ending.Paybacks;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceStatus;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.CheckoutStore;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Cancellation.Settlement;
import dev.billhook.subscription.Subscription;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends at the provider what an account has. Every step can be repeated: what is done already is passed over. */
final class Dissolution {
    private static final Logger LOG = LoggerFactory.getLogger(Dissolution.class);
    private static final int PAGE = 100;

    private final PaymentProvider provider;
    private final BillingStores stores;
    private final MirrorSync sync;
    private final Paybacks paybacks;

    Dissolution(PaymentProvider provider, BillingStores stores, MirrorSync sync, Paybacks paybacks) {
        this.provider = provider;
        this.stores = stores;
        this.sync = sync;
        this.paybacks = paybacks;
    }

    /**
     * Looks whether the policy lets the account go, by what the provider says. Reads only.
     *
     * @throws DeletionException if it does not
     */
    void check(AccountRef account, DeletionPolicy policy, Set<String> customers) {
        refuse(account, policy.refusal(!runningThere(account, customers).isEmpty(), false));
        if (policy.openInvoices() == OpenInvoices.REFUSE) {
            refuse(account, policy.refusal(false, !openInvoices(customers).isEmpty()));
        }
    }

    private static void refuse(AccountRef account, Optional<DeletionException.Reason> reason) {
        if (reason.isPresent()) {
            throw new DeletionException(account, reason.get());
        }
    }

    /** What the policy comes to, by what the provider says. Reads only. */
    DeletionPreview preview(AccountRef account, DeletionPolicy policy, Set<String> customers) {
        List<Subscription> running = runningThere(account, customers);
        List<Invoice> open = openInvoices(customers);
        return new DeletionPreview(
                account,
                running,
                open,
                customers,
                policy.refusal(!running.isEmpty(), !open.isEmpty()).orElse(null));
    }

    private List<Subscription> runningThere(AccountRef account, Set<String> customers) {
        List<Subscription> running = new ArrayList<>();
        for (String id : notEnded(account, customers)) {
            unlessGone(
                    () -> running.add(provider.subscriptions().fetch(id).value().subscription()));
        }
        running.removeIf(subscription -> subscription.status().ended());
        return running;
    }

    /** Ends everything. Pages first: what would be bought at one now would run on. */
    void dissolve(AccountRef account, DeletionPolicy policy, Set<String> customers, RequestKey key) {
        closePages(account, key);
        refresh(account, customers);
        running(account).forEach(row -> unlessGone(() -> end(row, policy.running(), key)));
        if (policy.openInvoices() == OpenInvoices.VOID) {
            openInvoices(customers)
                    .forEach(invoice -> provider.invoices().voidInvoice(invoice.id(), of(key, invoice.id())));
        }
        if (policy.customers() == Customers.DELETE) {
            customers.forEach(customer -> provider.customers().delete(customer, of(key, customer)));
        }
    }

    private void closePages(AccountRef account, RequestKey key) {
        for (Checkout.Kind kind : Checkout.Kind.values()) {
            for (CheckoutStore.Visit visit : stores.checkouts().newest(account, kind, PAGE)) {
                CheckoutStore.Page page = visit.page();
                if (visit.status() == CheckoutStatus.OPEN && page != null) {
                    unlessGone(() -> provider.checkout().expire(page.sessionId(), of(key, page.sessionId())));
                }
            }
        }
    }

    private void refresh(AccountRef account, Set<String> customers) {
        notEnded(account, customers).forEach(id -> unlessGone(() -> sync.refreshSubscription(id)));
    }

    /** Subscriptions that the mirror does not know, or takes for running. */
    private Set<String> notEnded(AccountRef account, Set<String> customers) {
        Set<String> ids = new LinkedHashSet<>();
        running(account).forEach(row -> ids.add(row.subscription().id()));
        customers.forEach(
                customer -> ids.addAll(ofLiving(() -> provider.imports().subscriptionsOf(customer))));
        ids.removeIf(id -> stores.subscriptions()
                .find(id)
                .map(row -> row.subscription().status().ended())
                .orElse(false));
        return ids;
    }

    /** What the provider does not know any more needs no end. */
    private static void unlessGone(Runnable step) {
        try {
            step.run();
        } catch (ProviderObjectMissingException e) {
            LOG.debug("It is gone at the provider", e);
        }
    }

    /** What a customer has; of one that is gone the provider may tell nothing any more. */
    private static <T> List<T> ofLiving(Supplier<List<T>> asking) {
        try {
            return asking.get();
        } catch (ProviderObjectMissingException e) {
            return List.of();
        }
    }

    private List<MirroredSubscription> running(AccountRef account) {
        return stores.subscriptions().list(account).stream()
                .filter(row -> !row.subscription().status().ended())
                .toList();
    }

    /**
     * First what is given back, then the end: a refund needs the subscription. One that began after the policy that refuses was
     * asked is paid back.
     */
    private void end(MirroredSubscription row, Running how, RequestKey key) {
        Subscription subscription = row.subscription();
        RequestKey own = of(key, subscription.id());
        if (how != Running.END) {
            paybacks.giveBack(subscription, row.customerId(), Settlement.REFUND, own);
        }
        Cancellation now = Cancellation.now(Settlement.NOTHING);
        sync.command(subscription.id(), () -> provider.subscriptions().cancel(subscription.id(), now, own));
    }

    private List<Invoice> openInvoices(Set<String> customers) {
        return customers.stream()
                .flatMap(customer ->
                        ofLiving(() -> provider.invoices()
                                        .all(customer, InvoiceStatus.OPEN)
                                        .toList())
                                .stream())
                .toList();
    }

    private static RequestKey of(RequestKey key, String object) {
        return RequestKey.derived("deletion", key.value(), object);
    }
}
