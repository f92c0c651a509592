package dev.billhook.internal.quote;

import dev.billhook.account.AccountRef;
import dev.billhook.account.AccountService;
import dev.billhook.quote.Quote;
import dev.billhook.spi.provider.invoice.QuoteGateway;
import dev.billhook.spi.provider.invoice.QuoteGateway.Stored;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds quotes for the account they belong to, and tells those that ran out as such. */
public final class AccountQuotes {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,255}");

    private final AccountService accounts;
    private final QuoteGateway gateway;
    private final InstantSource clock;

    /** Of the accounts' customers at the gateway. */
    public AccountQuotes(AccountService accounts, QuoteGateway gateway, InstantSource clock) {
        this.accounts = accounts;
        this.gateway = gateway;
        this.clock = clock;
    }

    QuoteGateway gateway() {
        return gateway;
    }

    List<Quote> list(AccountRef account) {
        return accounts.get(account).customerId().map(gateway::list).orElse(List.of()).stream()
                .map(stored -> present(stored).quote())
                .toList();
    }

    Optional<Stored> find(AccountRef account, String quoteId) {
        Optional<String> customer = accounts.get(account).customerId();
        if (customer.isEmpty() || !ID.matcher(quoteId).matches()) {
            return Optional.empty();
        }
        return gateway.find(quoteId)
                .filter(found -> found.customerId().equals(customer.get()))
                .map(this::present);
    }

    /**
     * @throws IllegalArgumentException if the time is not ahead
     */
    void requireFuture(@Nullable Instant expiresAt) {
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            throw new IllegalArgumentException("A quote runs out in the future, not at " + expiresAt);
        }
    }

    /** The provider may be late to close a quote that ran out. */
    private Stored present(Stored stored) {
        Quote quote = stored.quote();
        boolean late = quote.status() == Quote.Status.OPEN && !quote.expiresAt().isAfter(clock.instant());
        return late
                ? new Stored(
                        stored.customerId(),
                        quote.withStatus(Quote.Status.EXPIRED),
                        stored.change(),
                        stored.subscriptionId())
                : stored;
    }
}
