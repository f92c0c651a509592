package dev.billhook.internal.quote;

import dev.billhook.InvalidStateException;
import dev.billhook.NotFoundException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.internal.account.CustomerProvisioner;
import dev.billhook.internal.invoice.Estimator;
import dev.billhook.invoice.Estimate;
import dev.billhook.quote.Quote;
import dev.billhook.quote.QuoteRefusedException;
import dev.billhook.quote.QuoteRefusedException.Reason;
import dev.billhook.quote.QuoteRequest;
import dev.billhook.quote.QuoteService;
import dev.billhook.spi.provider.invoice.QuoteGateway.Offer;
import dev.billhook.spi.provider.invoice.QuoteGateway.Stored;
import dev.billhook.subscription.Subscription;
import java.util.List;
import java.util.Optional;

/** See {@link QuoteService}. */
public final class DefaultQuoteService implements QuoteService {
    private final CustomerProvisioner customers;
    private final AccountQuotes quotes;
    private final QuoteTerms terms;
    private final Acceptance acceptance;
    private final Estimator estimator;

    /** A service of these parts. */
    public DefaultQuoteService(
            CustomerProvisioner customers,
            AccountQuotes quotes,
            QuoteTerms terms,
            Acceptance acceptance,
            Estimator estimator) {
        this.customers = customers;
        this.quotes = quotes;
        this.terms = terms;
        this.acceptance = acceptance;
        this.estimator = estimator;
    }

    @Override
    public Quote create(AccountRef account, QuoteRequest request) {
        return create(account, request, RequestKey.random());
    }

    @Override
    public Quote create(AccountRef account, QuoteRequest request, RequestKey key) {
        quotes.requireFuture(request.expiresAt());
        Optional<Subscription> current = acceptance.subscription(account);
        Offer offer =
                current.isPresent() ? terms.change(account, current.get(), request) : terms.fresh(account, request);
        return quotes.gateway()
                .create(customers.customerOf(account), offer, key)
                .quote();
    }

    @Override
    public List<Quote> list(AccountRef account) {
        return quotes.list(account);
    }

    @Override
    public Optional<Quote> find(AccountRef account, String quoteId) {
        return quotes.find(account, quoteId).map(Stored::quote);
    }

    @Override
    public Quote get(AccountRef account, String quoteId) {
        return require(account, quoteId).quote();
    }

    @Override
    public Estimate estimate(AccountRef account, String quoteId, Quote.At effect) {
        Stored stored = require(account, quoteId);
        requireOpen(stored.quote());
        if (stored.change() == null) {
            throw new InvalidStateException(
                    "Quote " + quoteId + " is for a new subscription; its first invoice is told by quote.upfront()");
        }
        acceptance.requireUnchanged(account, stored, effect);
        return estimator.afterChange(account, QuoteTerms.wish(stored.quote(), effect));
    }

    @Override
    public Quote accept(AccountRef account, String quoteId, Quote.At effect) {
        Stored stored = require(account, quoteId);
        if (stored.quote().status() != Quote.Status.ACCEPTED) {
            requireOpen(stored.quote());
        }
        return acceptance.accept(account, stored, effect);
    }

    @Override
    public Quote cancel(AccountRef account, String quoteId) {
        Quote quote = require(account, quoteId).quote();
        return switch (quote.status()) {
            case CANCELED, EXPIRED -> quote;
            case ACCEPTED -> throw refused(Reason.ACCEPTED, quote, "was accepted", "change the subscription instead");
            case DRAFT, OPEN ->
                quotes.gateway().cancel(quoteId, RequestKey.random()).quote();
        };
    }

    @Override
    public byte[] pdf(AccountRef account, String quoteId) {
        Quote quote = require(account, quoteId).quote();
        if (quote.number() == null) {
            throw refused(Reason.DRAFT, quote, "was never completed", "make it again");
        }
        return quotes.gateway().pdf(quoteId);
    }

    private Stored require(AccountRef account, String quoteId) {
        return quotes.find(account, quoteId)
                .orElseThrow(() -> new NotFoundException(
                        "quote of " + account, quoteId, "List the account's quotes: billing.quotes().list(…)."));
    }

    private static void requireOpen(Quote quote) {
        switch (quote.status()) {
            case OPEN -> {}
            case DRAFT -> throw refused(Reason.DRAFT, quote, "was never completed", "make it again");
            case ACCEPTED -> throw refused(Reason.ACCEPTED, quote, "was accepted", "make a new one");
            case CANCELED -> throw refused(Reason.CANCELED, quote, "was withdrawn", "make a new one");
            case EXPIRED -> throw refused(Reason.EXPIRED, quote, "ran out", "make a new one");
        }
    }

    static QuoteRefusedException refused(Reason reason, Quote quote, String problem, String remedy) {
        return new QuoteRefusedException(reason, "Quote " + quote.id() + " " + problem, remedy);
    }
}
