package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import org.jspecify.annotations.Nullable;

/** Who has subscriptions changed by plan: schedules. It knows itself which subscriptions are in its care. */
public interface SubscriptionPlanner {
    /** Plans nothing. */
    SubscriptionPlanner NONE = new SubscriptionPlanner() {
        @Override
        public void carryOut(ObjectNode subscription) {}

        @Override
        public void check(ObjectNode subscription, Params change) {}

        @Override
        public void changed(ObjectNode subscription) {}

        @Override
        public void ended(ObjectNode subscription, String reason) {}

        @Override
        public @Nullable Long next(ObjectNode subscription) {
            return null;
        }
    };

    /** Carries out what is planned for a subscription up to the present second. */
    void carryOut(ObjectNode subscription);

    /** Refuses a requested change that would run against the plan. */
    void check(ObjectNode subscription, Params change);

    /** A request changed the items or discounts of a subscription. */
    void changed(ObjectNode subscription);

    /** A subscription ended. */
    void ended(ObjectNode subscription, String reason);

    /** When the next change is planned, or null. */
    @Nullable Long next(ObjectNode subscription);
}
