package dev.billhook.internal.quote;

import static dev.billhook.internal.quote.DefaultQuoteService.refused;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.quote.Quote;
import dev.billhook.quote.QuoteRefusedException;
import dev.billhook.quote.QuoteRefusedException.Reason;
import dev.billhook.spi.provider.invoice.QuoteGateway;
import dev.billhook.spi.provider.invoice.QuoteGateway.Change;
import dev.billhook.spi.provider.invoice.QuoteGateway.Stored;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import java.util.Optional;

/**
 * Makes what was accepted. The provider accepts offers of new subscriptions. It knows none that change a subscription, so an
 * accepted change is made like any other, and the quote is closed when it is made. Whatever fails on the way, accepting again
 * goes on where it stopped: a change that was made is recognised by the lines it left.
 */
public final class Acceptance {
    private final SubscriptionService subscriptions;
    private final QuoteTerms terms;
    private final QuoteGateway gateway;
    private final MirrorSync sync;

    /** Changes subscriptions by the service. */
    public Acceptance(SubscriptionService subscriptions, QuoteTerms terms, QuoteGateway gateway, MirrorSync sync) {
        this.subscriptions = subscriptions;
        this.terms = terms;
        this.gateway = gateway;
        this.sync = sync;
    }

    /** The subscription an offer would change; one whose first payment never came is none. */
    Optional<Subscription> subscription(AccountRef account) {
        return subscriptions.find(account).filter(found -> found.status() != SubscriptionStatus.INCOMPLETE);
    }

    Quote accept(AccountRef account, Stored stored, Quote.At effect) {
        return stored.change() == null ? begin(account, stored, effect) : change(account, stored, effect);
    }

    /**
     * @throws QuoteRefusedException if the change is not the one that was offered any more
     */
    void requireUnchanged(AccountRef account, Stored stored, Quote.At effect) {
        Change change = stored.change();
        if (change == null) {
            return;
        }
        Subscription current = subscription(account)
                .filter(found -> found.id().equals(change.subscriptionId()))
                .filter(found -> OfferedLines.digest(found).equals(change.before()))
                .orElseThrow(() -> refused(
                        Reason.SUBSCRIPTION_CHANGED,
                        stored.quote(),
                        "was made for the subscription as it was then",
                        "make a new one"));
        if (!gateway.priceHolds(stored) || !terms.leadsTo(current, stored.quote(), effect, change.after())) {
            throw refused(
                    Reason.PRICE_CHANGED,
                    stored.quote(),
                    "offers what plan '" + stored.quote().plan() + "' is not sold for any more",
                    "make a new one");
        }
    }

    private Quote begin(AccountRef account, Stored stored, Quote.At effect) {
        Stored accepted = stored;
        if (stored.quote().status() != Quote.Status.ACCEPTED) {
            if (effect == Quote.At.RENEWAL) {
                throw refused(
                        Reason.NO_RENEWAL,
                        stored.quote(),
                        "is for a new subscription, which has no renewal to begin at",
                        "accept it now");
            }
            if (subscription(account).isPresent()) {
                throw refused(
                        Reason.ALREADY_SUBSCRIBED,
                        stored.quote(),
                        "is for a new subscription, and the account has one",
                        "make a new quote, for a change of it");
            }
            String id = stored.quote().id();
            accepted = gateway.accept(id, RequestKey.derived("quote-accept", id));
        }
        if (accepted.subscriptionId() != null) {
            sync.refreshSubscription(accepted.subscriptionId());
        }
        return accepted.quote();
    }

    private Quote change(AccountRef account, Stored stored, Quote.At effect) {
        Quote quote = stored.quote();
        Change change = stored.change();
        if (change == null) {
            return quote;
        }
        if (quote.status() != Quote.Status.ACCEPTED && !made(account, change, effect)) {
            requireUnchanged(account, stored, effect);
            subscriptions.changePlan(account, QuoteTerms.wish(quote, effect));
        }
        return gateway.closeAccepted(quote.id(), effect, RequestKey.derived("quote-close", quote.id()))
                .quote();
    }

    /** Whether the subscription is, or will be, what was offered. */
    private boolean made(AccountRef account, Change change, Quote.At effect) {
        Optional<Subscription> current =
                subscription(account).filter(found -> found.id().equals(change.subscriptionId()));
        return effect == Quote.At.NOW
                ? current.map(OfferedLines::digest)
                        .filter(change.after()::equals)
                        .isPresent()
                : current.flatMap(Subscription::scheduledChange)
                        .map(OfferedLines::digest)
                        .filter(change.after()::equals)
                        .isPresent();
    }
}
