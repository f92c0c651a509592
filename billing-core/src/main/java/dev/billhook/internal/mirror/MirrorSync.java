package dev.billhook.internal.mirror;

import dev.billhook.InvalidStateException;
import dev.billhook.account.BillingAccount;
import dev.billhook.mirror.ApplyResult;
import dev.billhook.mirror.Basis;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.mirror.Snapshot;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.webhook.InboxEvent.Owner;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Brings answers of the provider through the door. The row's version is read before the call and must not have moved when
 * the answer is applied; no lock is held meanwhile. If it moved, the object is fetched again.
 */
public final class MirrorSync {
    private static final int MAX_FETCHES = 8;

    private final PaymentProvider provider;
    private final BillingStores stores;
    private final MirrorWriter mirror;

    /** A sync between the provider and the stores behind the door. */
    public MirrorSync(PaymentProvider provider, BillingStores stores, MirrorWriter mirror) {
        this.provider = provider;
        this.stores = stores;
        this.mirror = mirror;
    }

    /**
     * What became of an answer.
     *
     * @param owner whom the provider says it is about
     */
    public record Refreshed(ApplyResult result, Owner owner) {}

    /** Fetches the subscription and applies it. */
    public Refreshed refreshSubscription(String subscriptionId) {
        return refresh(
                () -> subscriptionVersion(subscriptionId),
                () -> provider.subscriptions().fetch(subscriptionId));
    }

    /** Fetches the customer and applies it. */
    public Refreshed refreshCustomer(String customerId) {
        return refresh(
                () -> customerVersion(customerId), () -> provider.customers().fetch(customerId));
    }

    /** Fetches the customer's subscriptions that are charged to a payment method of their own, and applies them. */
    public void refreshOwnPaymentMethods(String customerId) {
        BillingAccount account =
                stores.accounts().findByCustomers(Set.of(customerId)).get(customerId);
        if (account != null) {
            stores.subscriptions().list(account.ref()).stream()
                    .map(MirroredSubscription::subscription)
                    .filter(subscription -> subscription.paymentMethod() != null)
                    .forEach(subscription -> refreshSubscription(subscription.id()));
        }
    }

    /** Runs a command that answers the subscription's new state, and applies the answer. */
    public void command(String subscriptionId, Supplier<Fetched<SubscriptionSnapshot>> call) {
        long before = subscriptionVersion(subscriptionId);
        Fetched<SubscriptionSnapshot> answer = call.get();
        ApplyResult result = mirror.apply(answer.value(), new Basis.Answer(answer.asOf(), before));
        if (result == ApplyResult.CONFLICT) {
            refreshSubscription(subscriptionId);
        }
    }

    /** Applies the state of a subscription that was made just now. */
    public void made(Fetched<SubscriptionSnapshot> answer) {
        ApplyResult result = mirror.apply(answer.value(), new Basis.Answer(answer.asOf(), 0));
        if (result == ApplyResult.CONFLICT) {
            refreshSubscription(answer.value().objectId());
        }
    }

    /**
     * Applies an answer; empty if the row moved meanwhile.
     *
     * @param before the row's version before the call, 0 if there was none
     */
    public Optional<Refreshed> applied(Fetched<? extends Snapshot> answer, long before) {
        Snapshot told = answer.value();
        ApplyResult result = mirror.apply(told, new Basis.Answer(answer.asOf(), before));
        boolean taken = result == ApplyResult.ACCOUNT_TAKEN;
        return result == ApplyResult.CONFLICT
                ? Optional.empty()
                : Optional.of(new Refreshed(result, new Owner(told.customerId(), told.accountHint(), taken)));
    }

    /** Tries until an answer is there whose row did not move meanwhile. */
    public <T> T untilApplied(Supplier<Optional<T>> attempt) {
        for (int i = 0; i < MAX_FETCHES; i++) {
            Optional<T> answer = attempt.get();
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw new InvalidStateException(
                "The object kept changing while it was fetched " + MAX_FETCHES + " times; it is tried again later");
    }

    private Refreshed refresh(LongSupplier version, Supplier<? extends Fetched<? extends Snapshot>> fetch) {
        return untilApplied(() -> {
            long before = version.getAsLong();
            return applied(fetch.get(), before);
        });
    }

    private long subscriptionVersion(String subscriptionId) {
        return stores.subscriptions()
                .find(subscriptionId)
                .map(MirroredSubscription::version)
                .orElse(0L);
    }

    /** A customer of whom only the link is known counts as not mirrored yet. */
    private long customerVersion(String customerId) {
        BillingAccount account =
                stores.accounts().findByCustomers(Set.of(customerId)).get(customerId);
        return account == null || account.customerAsOf() == null ? 0 : account.version();
    }
}
