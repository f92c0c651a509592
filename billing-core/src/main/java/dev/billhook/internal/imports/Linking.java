package dev.billhook.internal.imports;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.internal.pace.Patience;
import dev.billhook.mirror.ApplyResult;
import dev.billhook.mirror.Basis;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.MirrorChange;
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.mirror.Snapshot;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.AccountStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Links a customer the provider has to an account: there first, then in the mirror, together with its subscriptions. */
final class Linking {
    private final PaymentProvider provider;
    private final AccountStore accounts;
    private final Door door;
    private final Patience patience;

    Linking(PaymentProvider provider, AccountStore accounts, Door door, Patience patience) {
        this.provider = provider;
        this.accounts = accounts;
        this.door = door;
        this.patience = patience;
    }

    /**
     * A way into the mirror.
     *
     * @param writer the door
     * @param sync brings answers through it
     */
    record Door(MirrorWriter writer, MirrorSync sync) {}

    /**
     * What the provider told of a customer that is linked there by now.
     *
     * @param customer its state
     * @param subscriptions their states
     */
    record Linked(Fetched<CustomerSnapshot> customer, List<Fetched<SubscriptionSnapshot>> subscriptions) {}

    /** Somebody was faster, so that what was decided may be wrong. */
    static final class LostRace extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostRace() {
            super(null, null, false, false);
        }
    }

    /** Reads the subscriptions and writes the account into the customer's metadata. */
    Linked atProvider(String customerId, AccountRef account) {
        List<Fetched<SubscriptionSnapshot>> subscriptions = new ArrayList<>();
        for (String id : patience.call(() -> provider.imports().subscriptionsOf(customerId))) {
            subscriptions.add(patience.call(() -> provider.subscriptions().fetch(id)));
        }
        RequestKey key = RequestKey.derived("import-link", account, customerId);
        return new Linked(patience.call(() -> provider.imports().link(customerId, account, key)), subscriptions);
    }

    /**
     * Takes it into the mirror, within the open transaction.
     *
     * @return what must be read again after the transaction, because it changed or was not told in full
     * @throws LostRace if the account has another customer by now, or the customer another account
     */
    List<Runnable> inMirror(Linked linked, AccountRef account) {
        List<MirrorChange> changes = new ArrayList<>();
        changes.add(read(linked.customer()));
        linked.subscriptions().forEach(each -> changes.add(read(each)));
        List<ApplyResult> results = door.writer().applyAll(changes);
        String customer = linked.customer().value().customerId();
        if (!customer.equals(
                accounts.find(account).flatMap(BillingAccount::customerId).orElse(null))) {
            throw new LostRace();
        }
        List<Runnable> again = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            Runnable reading = reading(i == 0 ? null : linked.subscriptions().get(i - 1), customer);
            if (results.get(i) == ApplyResult.CONFLICT || results.get(i) == ApplyResult.FETCH_NEEDED) {
                again.add(reading);
            }
        }
        return again;
    }

    private Runnable reading(@Nullable Fetched<SubscriptionSnapshot> subscription, String customer) {
        return subscription == null
                ? () -> door.sync().refreshCustomer(customer)
                : () -> door.sync().refreshSubscription(subscription.value().objectId());
    }

    private static MirrorChange read(Fetched<? extends Snapshot> fetched) {
        return new MirrorChange.State(fetched.value(), new Basis.Answer(fetched.asOf(), 0));
    }
}
