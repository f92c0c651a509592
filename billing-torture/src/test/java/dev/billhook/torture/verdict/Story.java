package dev.billhook.torture.verdict;

import dev.billhook.catalog.PlanKey;
import dev.billhook.event.BillingEvent;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as one who only listens to events in the order they came would know it. Complains about events that cannot
 * follow one another. That a subscription is late is no event, so it may begin a trial or become active twice in a row.
 */
final class Story {
    private final List<String> complaints = new ArrayList<>();
    private final Map<PlanKey, Long> units = new HashMap<>();
    private @Nullable SubscriptionStatus status;
    private @Nullable Set<PlanKey> plans;
    private @Nullable Instant endsAt;
    private boolean collectionPaused;

    /** One more event of the subscription. */
    void hear(BillingEvent event) {
        if (status == SubscriptionStatus.CANCELED) {
            complaints.add("after its end: " + event);
        }
        if (event instanceof BillingEvent.SubscriptionActivated activated) {
            status = SubscriptionStatus.ACTIVE;
            plans = Set.copyOf(activated.plans());
        } else if (event instanceof BillingEvent.PaymentRecovered) {
            status = SubscriptionStatus.ACTIVE;
        } else if (event instanceof BillingEvent.TrialStarted started) {
            status = SubscriptionStatus.TRIALING;
            plans = Set.copyOf(started.plans());
        } else if (event instanceof BillingEvent.SubscriptionPaused) {
            status = SubscriptionStatus.PAUSED;
        } else if (event instanceof BillingEvent.SubscriptionEnded) {
            status = SubscriptionStatus.CANCELED;
        } else {
            hearChange(event);
        }
    }

    private void hearChange(BillingEvent event) {
        if (event instanceof BillingEvent.PlanChanged changed) {
            Set<PlanKey> before = Set.copyOf(changed.before());
            Set<PlanKey> after = new HashSet<>(changed.after());
            // What became active with other plans than before says so twice, the new ones first.
            if (plans != null && !plans.equals(before) && !plans.equals(after)) {
                complaints.add("plans were " + plans + ", not as in " + changed);
            }
            plans = after;
            units.keySet().retainAll(after);
        } else if (event instanceof BillingEvent.UnitsChanged changed) {
            Long known = units.put(changed.plan(), changed.after());
            if (known != null && known != changed.before()) {
                complaints.add("units were " + known + ", not as in " + changed);
            }
        } else if (event instanceof BillingEvent.CancellationScheduled scheduled) {
            endsAt = scheduled.endsAt();
        } else if (event instanceof BillingEvent.CancellationWithdrawn) {
            if (endsAt == null) {
                complaints.add("no cancellation to withdraw: " + event);
            }
            endsAt = null;
        } else if (event instanceof BillingEvent.CollectionPaused || event instanceof BillingEvent.CollectionResumed) {
            boolean now = event instanceof BillingEvent.CollectionPaused;
            if (collectionPaused == now) {
                complaints.add("was so before: " + event);
            }
            collectionPaused = now;
        }
    }

    /** What is wrong with the story, given how the subscription is in the end. */
    List<String> complaints(Subscription end) {
        List<String> all = new ArrayList<>(complaints);
        SubscriptionStatus last = end.status().ended() ? SubscriptionStatus.CANCELED : end.status();
        boolean silent = last == SubscriptionStatus.INCOMPLETE
                || last == SubscriptionStatus.PAST_DUE
                || last == SubscriptionStatus.UNPAID
                || (last == SubscriptionStatus.CANCELED && status == null);
        if (!silent && status != last) {
            all.add("heard last that it is " + status + ", but it is " + last);
        }
        if (last == SubscriptionStatus.CANCELED) {
            return all;
        }
        if (plans != null && !plans.equals(Set.copyOf(end.plans()))) {
            all.add("heard of plans " + plans + ", but they are " + end.plans());
        }
        units.forEach((plan, heard) -> end.itemOf(plan)
                .filter(item -> item.quantity() != heard)
                .ifPresent(item -> all.add("heard of " + heard + " units, but there are " + item.quantity())));
        if (!end.pendingEnd().equals(Optional.ofNullable(endsAt))) {
            all.add("heard of an end " + endsAt + ", but it is " + end.pendingEnd());
        }
        if (collectionPaused != end.collectionPaused()) {
            all.add("heard that collection is paused: " + collectionPaused);
        }
        return all;
    }
}
