package dev.billhook.spi.provider.trial;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.trial.TrialMark;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Trials at the provider, and what tells that somebody had one. Marks are written on customers: they are there for every
 * server, outlive the mirror and go with the customer.
 *
 * @since 0.1.0
 */
public interface TrialGateway {
    /**
     * Those of the marks that customers of other accounts carry. May not see what was marked within the last minute; source:
     * Stripe, "Search", data freshness.
     */
    Set<TrialMark> markedElsewhere(AccountRef account, Set<TrialMark> marks);

    /** Writes marks on a customer; those it has stay. */
    void mark(String customerId, Set<TrialMark> marks, RequestKey key);

    /** What tells the customer's cards from others, the same for the same card wherever it is used. Not to be stored as it is. */
    List<String> fingerprints(String customerId);

    /** Whether there is anything to charge the subscription to: a payment method, or an invoice that is paid by hand. */
    boolean chargeable(String subscriptionId);

    /** Lets the trial end later. */
    Fetched<SubscriptionSnapshot> extend(String subscriptionId, Instant until, RequestKey key);

    /** Ends the trial now and charges; if the payment fails nothing changes. */
    Fetched<SubscriptionSnapshot> end(String subscriptionId, RequestKey key);
}
