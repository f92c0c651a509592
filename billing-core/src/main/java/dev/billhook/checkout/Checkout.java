package dev.billhook.checkout;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import java.net.URI;
import java.time.Instant;

/**
 * A visit to the hosted payment page.
 *
 * @param id the provider's session id; informational, no API takes it back
 * @param account who buys
 * @param plan what is bought
 * @param units how many
 * @param status how far it got
 * @param url where to send the browser while it is {@link CheckoutStatus#OPEN}
 * @param createdAt when it was made (UTC)
 * @param expiresAt when the page stops taking payments (UTC)
 * @since 0.1.0
 */
public record Checkout(
        String id,
        AccountRef account,
        PlanKey plan,
        long units,
        CheckoutStatus status,
        URI url,
        Instant createdAt,
        Instant expiresAt) {

    /** This visit in another state. */
    public Checkout withStatus(CheckoutStatus newStatus) {
        return new Checkout(id, account, plan, units, newStatus, url, createdAt, expiresAt);
    }
}
