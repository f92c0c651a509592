package dev.billhook.spi.provider;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.CheckoutStatus;
import java.net.URI;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The provider's hosted payment page.
 *
 * @since 0.1.0
 */
public interface CheckoutGateway {
    /**
     * Opens a page. The account is written into the session and into the subscription it makes.
     *
     * @param customerId who pays
     * @throws dev.billhook.NotFoundException if there is no such coupon or promotion code
     */
    Session open(String customerId, Order order, RequestKey key);

    /**
     * Opens a page that takes a new card and charges nothing. The card becomes one of the customer's.
     *
     * @param customerId whose card
     */
    Session openCardUpdate(String customerId, CardUpdate update, RequestKey key);

    /** The page's present state. */
    Session fetch(String sessionId);

    /** Stops an open page from taking payments; answers the state it is in, also if it was paid meanwhile. */
    Session expire(String sessionId, RequestKey key);

    /**
     * What is bought, decided.
     *
     * @param request URLs and what the page asks for
     * @param main the plan and how many units of it; its price is found by the plan's key
     * @param addOns further plans at the same interval
     * @param trial the trial that is given, or null for none
     * @param closesAt when the page stops taking payments (UTC, whole seconds count), or null for the provider's default
     */
    record Order(
            CheckoutRequest request,
            Line main,
            List<Line> addOns,
            @Nullable TrialTerms trial,
            @Nullable Instant closesAt) {
        /** Copies the add-ons. */
        public Order {
            addOns = List.copyOf(addOns);
        }

        /** An order whose page stays open as long as the provider lets it. */
        public Order(CheckoutRequest request, Line main, List<Line> addOns, @Nullable TrialTerms trial) {
            this(request, main, addOns, trial, null);
        }

        /** This order without a trial. */
        public Order withoutTrial() {
            return new Order(request, main, addOns, null, closesAt);
        }

        /** This order at a page that closes then. */
        public Order closingAt(@Nullable Instant end) {
            return new Order(request, main, addOns, trial, end);
        }
    }

    /**
     * A line.
     *
     * @param units what is charged for; at least the included ones
     */
    record Line(Plan plan, long units) {}

    /**
     * A visit that leaves a card.
     *
     * @param account whose
     * @param currency which payment methods are offered depends on it
     */
    record CardUpdate(AccountRef account, Currency currency, URI successUrl, URI cancelUrl) {}

    /**
     * A page's state.
     *
     * @param id the provider's id
     * @param status how far the buyer got
     * @param url where the page is; null once it is not open
     * @param createdAt when it was opened (UTC)
     * @param expiresAt when it stops taking payments (UTC)
     * @param subscriptionId the subscription it made, or null
     * @param paymentMethodId the card that was left at a page that takes nothing else, or null
     */
    record Session(
            String id,
            CheckoutStatus status,
            @Nullable URI url,
            Instant createdAt,
            Instant expiresAt,
            @Nullable String subscriptionId,
            @Nullable String paymentMethodId) {}
}
