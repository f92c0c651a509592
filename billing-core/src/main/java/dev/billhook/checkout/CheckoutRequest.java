package dev.billhook.checkout;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import java.net.URI;

/**
 * Sends an account to the hosted payment page for a plan.
 *
 * @param account who buys; the authenticated account of the request, never a value from the browser
 * @param plan what is bought
 * @param units how many, as the plan's terms allow
 * @param successUrl absolute URL the browser returns to after payment
 * @param cancelUrl absolute URL the browser returns to when the buyer gives up
 * @since 0.1.0
 */
public record CheckoutRequest(AccountRef account, PlanKey plan, long units, URI successUrl, URI cancelUrl) {
    /**
     * @throws IllegalArgumentException if a URL is not absolute http(s) or units are negative
     */
    public CheckoutRequest {
        WebUrls.requireAbsolute("successUrl", successUrl);
        WebUrls.requireAbsolute("cancelUrl", cancelUrl);
        if (units < 0) {
            throw new IllegalArgumentException("units must not be negative");
        }
    }

    /** A request for one unit. */
    public static CheckoutRequest of(AccountRef account, PlanKey plan, URI successUrl, URI cancelUrl) {
        return new CheckoutRequest(account, plan, 1, successUrl, cancelUrl);
    }

    /** This request with another number of units. */
    public CheckoutRequest withUnits(long newUnits) {
        return new CheckoutRequest(account, plan, newUnits, successUrl, cancelUrl);
    }
}
