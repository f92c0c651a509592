package dev.billhook.checkout;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A visit to the Customer Portal.
 *
 * @param account the authenticated account of the request, never a value from the browser
 * @param returnUrl absolute URL the portal's "back" link leads to
 * @param flow which page it opens on
 * @param target the plan a switch leads to, or null to let the customer choose
 * @param retentionCoupon id of a coupon that is offered to a customer about to cancel if he stays, or null
 * @param after where every flow but {@link PortalFlow#HOME} ends once it is finished
 * @since 0.1.0
 */
public record PortalRequest(
        AccountRef account,
        URI returnUrl,
        PortalFlow flow,
        @Nullable Target target,
        @Nullable String retentionCoupon,
        After after) {
    /**
     * @throws ReturnUrlException if a URL is not of a form browsers are sent to
     * @throws IllegalArgumentException if plan or coupon do not go with the flow
     */
    public PortalRequest {
        AllowedOrigins.requireForm("returnUrl", returnUrl);
        if (after instanceof After.ReturnTo to) {
            AllowedOrigins.requireForm("the URL after the flow", to.url());
        }
        if (target != null && flow != PortalFlow.SWITCH_PLAN) {
            throw new IllegalArgumentException("A plan goes with flow SWITCH_PLAN only");
        }
        if (retentionCoupon != null && flow != PortalFlow.CANCEL) {
            throw new IllegalArgumentException("A coupon for those who stay goes with flow CANCEL only");
        }
    }

    /** A visit after whose flow the portal's overview is shown. */
    public PortalRequest(AccountRef account, URI returnUrl, PortalFlow flow) {
        this(account, returnUrl, flow, null, null, new After.Overview());
    }

    /** A visit that starts on the portal's home page. */
    public static PortalRequest home(AccountRef account, URI returnUrl) {
        return new PortalRequest(account, returnUrl, PortalFlow.HOME);
    }

    /** A visit that confirms a switch of the main subscription to a plan; its units are kept as far as the plan allows. */
    public static PortalRequest switchTo(AccountRef account, URI returnUrl, PlanKey plan) {
        return switching(account, returnUrl, new Target(plan, null));
    }

    /** A visit that confirms a switch of the main subscription to so many units of a plan, which may be the present one. */
    public static PortalRequest switchTo(AccountRef account, URI returnUrl, PlanKey plan, long units) {
        return switching(account, returnUrl, new Target(plan, units));
    }

    /** A visit that cancels, but offers a coupon to those who stay. */
    public static PortalRequest cancelUnless(AccountRef account, URI returnUrl, String retentionCoupon) {
        return new PortalRequest(account, returnUrl, PortalFlow.CANCEL, null, retentionCoupon, new After.Overview());
    }

    /** This visit, sent to an address once its flow is finished. */
    public PortalRequest returningTo(URI url) {
        return new PortalRequest(account, returnUrl, flow, target, retentionCoupon, new After.ReturnTo(url));
    }

    /**
     * This visit, shown a confirmation once its flow is finished.
     *
     * @param message what it says, or null for the provider's own words
     */
    public PortalRequest confirmed(@Nullable String message) {
        return new PortalRequest(account, returnUrl, flow, target, retentionCoupon, new After.Confirmation(message));
    }

    private static PortalRequest switching(AccountRef account, URI returnUrl, Target target) {
        return new PortalRequest(account, returnUrl, PortalFlow.SWITCH_PLAN, target, null, new After.Overview());
    }

    /**
     * What a switch leads to.
     *
     * @param units how many, or null for as many as there are
     */
    public record Target(PlanKey plan, @Nullable Long units) {
        /**
         * @throws IllegalArgumentException if units are negative
         */
        public Target {
            if (units != null && units < 0) {
                throw new IllegalArgumentException("units must not be negative");
            }
        }
    }

    /** Where a flow ends. */
    public sealed interface After {
        /** On the portal's overview. */
        record Overview() implements After {}

        /** At an address of the application. */
        record ReturnTo(URI url) implements After {}

        /**
         * On a page of the provider.
         *
         * @param message what it says, or null for the provider's own words
         */
        record Confirmation(@Nullable String message) implements After {}
    }
}
