package dev.billhook.spi.provider.invoice;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.quote.Quote;
import dev.billhook.subscription.CollectionMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Quotes at the provider, those Billhook made.
 *
 * @since 0.1.0
 */
public interface QuoteGateway {
    /** Makes a quote that can be accepted. A change's has the discounts and taxes of its subscription. */
    Stored create(String customerId, Offer offer, RequestKey key);

    /** The quote, or empty if there is none with this id. */
    Optional<Stored> find(String quoteId);

    /** A customer's quotes, newest first. */
    List<Stored> list(String customerId);

    /** Whether the offered plan is still sold at the price that is offered. */
    boolean priceHolds(Stored stored);

    /** Accepts an offer of a new subscription, which the provider then makes. */
    Stored accept(String quoteId, RequestKey key);

    /** Closes an offered change that was accepted and made; one that is closed stays as it is. */
    Stored closeAccepted(String quoteId, Quote.At effect, RequestKey key);

    /** Withdraws a quote. */
    Stored cancel(String quoteId, RequestKey key);

    /** The PDF document of a quote that was completed. */
    byte[] pdf(String quoteId);

    /**
     * What is offered.
     *
     * @param account to whom
     * @param plan the plan
     * @param units how many units were asked for, or null
     * @param lines what the subscription would consist of, and what is charged once
     * @param collection how it is collected
     * @param expiresAt until when (UTC), or null for the provider's default
     * @param memo a text printed on it, or null
     * @param change what it would change, or null if it is for a new subscription
     * @param start what a new subscription begins with
     */
    record Offer(
            AccountRef account,
            PlanKey plan,
            @Nullable Long units,
            List<Line> lines,
            CollectionMethod collection,
            @Nullable Instant expiresAt,
            @Nullable String memo,
            @Nullable Change change,
            Start start) {
        /** Copies the lines. */
        public Offer {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A line.
     *
     * @param plan the plan whose present price it has, or null for the price itself
     * @param priceId the provider's price of a line that stays; null for a plan's present price
     * @param itemId the subscription's line it comes from and whose taxes it has, or null if there is none
     * @param quantity units; 0 for metered prices
     */
    record Line(
            @Nullable PlanKey plan,
            @Nullable String priceId,
            @Nullable String itemId,
            long quantity) {}

    /**
     * What a new subscription begins with.
     *
     * @param trialDays the length of its free trial, or null for none
     * @param promotionCodeId the provider's id of a code that counts for it, or null
     */
    record Start(@Nullable Integer trialDays, @Nullable String promotionCodeId) {
        /** Neither. */
        public static final Start PLAIN = new Start(null, null);
    }

    /**
     * What an offer would change.
     *
     * @param subscriptionId the subscription
     * @param before digest of its lines when the offer was made; at most 100 characters
     * @param after digest of the lines it would have; at most 100 characters
     */
    record Change(String subscriptionId, String before, String after) {}

    /**
     * A quote with what only Billhook needs to know.
     *
     * @param customerId whose it is
     * @param quote as hosts see it
     * @param change what it would change, or null if it is for a new subscription
     * @param subscriptionId the subscription that accepting it made, or null
     */
    record Stored(
            String customerId,
            Quote quote,
            @Nullable Change change,
            @Nullable String subscriptionId) {}
}
