package dev.billhook.quote;

import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.subscription.CollectionMethod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an offer.
 *
 * @param plan the plan to offer
 * @param units how many; null for one, or for what a change keeps
 * @param collection how a new subscription is collected; a change leaves the present way
 * @param expiresAt until when it can be accepted (UTC, whole seconds count); null for the provider's default, usually 30 days
 * @param memo a text printed on it, or null
 * @param trial the free trial a new subscription begins with, or null for none; an account that had its trial gets none
 * @param code the promotion code a new subscription begins with, as customers write it, or null; a change keeps the discounts that
 *     are there
 * @since 0.1.0
 */
public record QuoteRequest(
        PlanKey plan,
        @Nullable Long units,
        CollectionMethod collection,
        @Nullable Instant expiresAt,
        @Nullable String memo,
        @Nullable TrialTerms trial,
        @Nullable String code) {
    /** For the plan, collected automatically. */
    public static QuoteRequest of(PlanKey plan) {
        return new QuoteRequest(plan, null, CollectionMethod.automatic(), null, null, null, null);
    }

    /** The same with a number of units. */
    public QuoteRequest withUnits(long newUnits) {
        return new QuoteRequest(plan, newUnits, collection, expiresAt, memo, trial, code);
    }

    /** The same, collected in another way. */
    public QuoteRequest collectedBy(CollectionMethod newCollection) {
        return new QuoteRequest(plan, units, newCollection, expiresAt, memo, trial, code);
    }

    /** The same until a time. */
    public QuoteRequest until(Instant newExpiry) {
        return new QuoteRequest(plan, units, collection, newExpiry, memo, trial, code);
    }

    /** The same with a printed text. */
    public QuoteRequest withMemo(String newMemo) {
        return new QuoteRequest(plan, units, collection, expiresAt, newMemo, trial, code);
    }

    /** The same with a free trial for a new subscription. */
    public QuoteRequest withTrial(TrialTerms newTrial) {
        return new QuoteRequest(plan, units, collection, expiresAt, memo, newTrial, code);
    }

    /** The same with a promotion code for a new subscription. */
    public QuoteRequest withCode(String newCode) {
        return new QuoteRequest(plan, units, collection, expiresAt, memo, trial, newCode);
    }
}
