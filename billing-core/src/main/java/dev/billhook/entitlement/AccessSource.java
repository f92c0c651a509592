package dev.billhook.entitlement;

import dev.billhook.catalog.PlanKey;
import dev.billhook.grant.Grant;
import java.util.List;

/**
 * Where access comes from.
 *
 * @since 0.1.0
 */
public sealed interface AccessSource {
    /**
     * A subscription.
     *
     * @param plans of its lines
     * @param state what it gives by itself
     */
    record OfSubscription(List<PlanKey> plans, AccessState state) implements AccessSource {
        /** Copies the plans. */
        public OfSubscription {
            plans = List.copyOf(plans);
        }
    }

    /** A plan that was paid once. */
    record OfPurchase(PlanKey plan, AccessState state) implements AccessSource {}

    /**
     * A grant.
     *
     * @param id of the grant
     */
    record OfGrant(String id, Grant.What what, AccessState state) implements AccessSource {}
}
