package dev.billhook.spi.store;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutStatus;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Visits to the hosted payment page.
 *
 * @since 0.1.0
 */
public interface CheckoutStore {
    /** Inserts a visit; replaces it if its id exists. */
    void save(Visit visit);

    /** The account's visits of a kind, newest first. */
    List<Visit> newest(AccountRef account, Checkout.Kind kind, int max);

    /** The visit of an id. */
    Optional<Visit> find(String visitId);

    /** The visit of a provider's session id. */
    Optional<Visit> findBySession(String sessionId);

    /**
     * A visit. It is written before its page is opened, so that of several servers one opens it.
     *
     * @param id our own name of it
     * @param plan what is bought, or null
     * @param units how many were asked for
     * @param offer tells requests for the same from others
     * @param status how far it got; open without a page means that the page is being opened
     * @param page the page, once it is opened
     * @param createdAt when it was written (UTC); later than that of every visit before
     */
    record Visit(
            String id,
            Checkout.Kind kind,
            AccountRef account,
            @Nullable PlanKey plan,
            long units,
            String offer,
            CheckoutStatus status,
            @Nullable Page page,
            Instant createdAt) {
        /** This visit in another state. */
        public Visit withStatus(CheckoutStatus newStatus) {
            return new Visit(id, kind, account, plan, units, offer, newStatus, page, createdAt);
        }

        /** This visit with its page, in the state the page is in. */
        public Visit opened(Page newPage, CheckoutStatus newStatus) {
            return new Visit(id, kind, account, plan, units, offer, newStatus, newPage, createdAt);
        }
    }

    /**
     * A page.
     *
     * @param sessionId the provider's id
     * @param url where it is
     * @param expiresAt when it stops taking payments (UTC)
     */
    record Page(String sessionId, URI url, Instant expiresAt) {}
}
