package dev.billhook.spi.provider;

import dev.billhook.RequestKey;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.PortalRequest.After;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The provider's hosted Customer Portal.
 *
 * @since 0.1.0
 */
public interface PortalGateway {
    /** Opens the portal. */
    URI open(String customerId, Visit visit, RequestKey key);

    /**
     * A visit.
     *
     * @param returnUrl where the "back" link leads to
     * @param errand what it is for
     * @param after where the errand ends
     * @param published whether the portal is as the catalog published it, and not as set at the provider
     */
    record Visit(URI returnUrl, Errand errand, After after, boolean published) {}

    /** What a visit is for. */
    sealed interface Errand {
        /** Looking around. */
        record Home() implements Errand {}

        /** Replacing the payment method. */
        record UpdatePaymentMethod() implements Errand {}

        /** Switching to a plan the customer chooses. */
        record SwitchPlan(String subscriptionId) implements Errand {}

        /**
         * Cancelling.
         *
         * @param retentionCoupon offered to those who stay, or null
         */
        record Cancel(String subscriptionId, @Nullable String retentionCoupon) implements Errand {}

        /**
         * Confirming a switch.
         *
         * @param itemId the line that changes
         * @param plan the plan it becomes, or null to keep its price
         */
        record ConfirmPlan(
                String subscriptionId,
                String itemId,
                @Nullable PlanKey plan,
                long units) implements Errand {}
    }
}
