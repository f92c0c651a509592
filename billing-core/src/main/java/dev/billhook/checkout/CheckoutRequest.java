package dev.billhook.checkout;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import java.net.URI;

/**
 * Sends an account to the hosted payment page for a plan. The buyer's name and e-mail address are filled in from the
 * account's profile.
 *
 * @param account who buys; the authenticated account of the request, never a value from the browser
 * @param plan what is bought
 * @param units how many, as the plan's terms allow
 * @param successUrl absolute URL the browser returns to after payment
 * @param cancelUrl absolute URL the browser returns to when the buyer gives up
 * @param options everything else
 * @since 0.1.0
 */
public record CheckoutRequest(
        AccountRef account, PlanKey plan, long units, URI successUrl, URI cancelUrl, CheckoutOptions options) {
    /**
     * @throws ReturnUrlException if a URL is not of a form browsers are sent to
     * @throws IllegalArgumentException if units are negative, or out of the bounds between which they can be adjusted
     */
    public CheckoutRequest {
        AllowedOrigins.requireForm("successUrl", successUrl);
        AllowedOrigins.requireForm("cancelUrl", cancelUrl);
        if (units < 0) {
            throw new IllegalArgumentException("units must not be negative");
        }
        CheckoutOptions.AdjustableUnits bounds = options.adjustable();
        if (bounds != null && (units < bounds.minimum() || units > bounds.maximum())) {
            throw new IllegalArgumentException("units must lie between the bounds they can be adjusted in");
        }
    }

    /** A request for one unit and nothing besides. */
    public static CheckoutRequest of(AccountRef account, PlanKey plan, URI successUrl, URI cancelUrl) {
        return builder(account, plan, successUrl, cancelUrl).build();
    }

    /** Starts describing a request. */
    public static CheckoutRequestBuilder builder(AccountRef account, PlanKey plan, URI successUrl, URI cancelUrl) {
        return new CheckoutRequestBuilder(account, plan, successUrl, cancelUrl);
    }

    /** This request with another number of units. */
    public CheckoutRequest withUnits(long newUnits) {
        return new CheckoutRequest(account, plan, newUnits, successUrl, cancelUrl, options);
    }
}
