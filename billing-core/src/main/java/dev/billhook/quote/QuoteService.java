package dev.billhook.quote;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.invoice.Estimate;
import java.util.List;
import java.util.Optional;

/**
 * Offers accounts a subscription, or a change of the one they have, without making it. The provider keeps the quotes, and only those
 * Billhook made are told; one of another account is as unknown as one that does not exist. Thread-safe.
 *
 * <p>Every method throws {@link dev.billhook.error.ProviderException} if the provider refuses or cannot be reached, and
 * {@link dev.billhook.NotFoundException} if the account was never registered.
 *
 * @since 0.1.0
 */
public interface QuoteService {
    /**
     * Offers the plan: as a new subscription if the account has none, else as a change of the main one with all its lines.
     *
     * @throws dev.billhook.NotFoundException if the catalog has no such plan
     * @throws dev.billhook.conversion.ConversionException if there is no way from the present plan to the offered one
     * @throws QuoteRefusedException if there is nothing to change
     * @throws IllegalArgumentException if the plan is not sold by itself or not in that number
     */
    Quote create(AccountRef account, QuoteRequest request);

    /** The same, repeatable by its key. */
    Quote create(AccountRef account, QuoteRequest request, RequestKey key);

    /** The account's quotes, newest first. */
    List<Quote> list(AccountRef account);

    /** The account's quote with this id. */
    Optional<Quote> find(AccountRef account, String quoteId);

    /**
     * The account's quote with this id.
     *
     * @throws dev.billhook.NotFoundException if it has none
     */
    Quote get(AccountRef account, String quoteId);

    /**
     * The invoice that accepting an offered change would lead to, if it were accepted this moment: prorations depend on when.
     *
     * @throws QuoteRefusedException if it cannot be accepted
     * @throws dev.billhook.InvalidStateException if it is for a new subscription; its {@link Quote#upfront} tells
     */
    Estimate estimate(AccountRef account, String quoteId, Quote.At effect);

    /**
     * Accepts an open quote. A new subscription begins; a change is made at once and what is due for it is charged, or it is
     * scheduled for the renewal. The mirror has followed when the call returns. Accepting what was accepted already answers it as it
     * is.
     *
     * @throws QuoteRefusedException if it is not open any more, or what it was made for has changed
     * @throws dev.billhook.error.PaymentDeclinedException if a change is not paid; nothing has changed then, and the quote is open
     */
    Quote accept(AccountRef account, String quoteId, Quote.At effect);

    /**
     * Withdraws a quote. One that is withdrawn or ran out is answered as it is.
     *
     * @throws QuoteRefusedException if it was accepted
     */
    Quote cancel(AccountRef account, String quoteId);

    /**
     * The quote as a PDF document.
     *
     * @throws QuoteRefusedException if it was never completed
     */
    byte[] pdf(AccountRef account, String quoteId);
}
