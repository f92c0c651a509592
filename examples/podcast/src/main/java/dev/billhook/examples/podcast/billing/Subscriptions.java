package dev.billhook.examples.podcast.billing;

import dev.billhook.Billing;
import dev.billhook.catalog.Plan;
import dev.billhook.examples.podcast.member.Member;
import dev.billhook.examples.podcast.pricing.PlanCards;
import dev.billhook.examples.podcast.pricing.Wording;
import dev.billhook.subscription.ScheduledChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a member's subscription for the pages; from the mirror alone. */
@Component
public class Subscriptions {
    private final Billing billing;
    private final PlanCards cards;
    private final Wording wording;
    private final InstantSource clock;

    Subscriptions(Billing billing, PlanCards cards, Wording wording, InstantSource clock) {
        this.billing = billing;
        this.cards = cards;
        this.wording = wording;
        this.clock = clock;
    }

    /** The subscription that has not ended. */
    public Optional<SubscriptionView> running(Member member) {
        return billing.subscriptions()
                .find(member.account())
                .filter(subscription -> subscription.status().running())
                .flatMap(this::view)
                .filter(view -> view.endedAt() == null);
    }

    /**
     * The newest subscription, be it running or ended; who owns a plan for ever is not reminded of one that ended.
     *
     * @param owned what the member owns for ever, if anything
     */
    public Optional<SubscriptionView> latest(Member member, @Nullable PurchaseView owned) {
        Optional<SubscriptionView> running = running(member);
        return running.isPresent() || owned != null
                ? running
                : billing.subscriptions().list(member.account()).stream()
                        .findFirst()
                        .flatMap(this::view);
    }

    private Optional<SubscriptionView> view(Subscription subscription) {
        return subscription.items().stream()
                .filter(item -> item.plan() != null)
                .findFirst()
                .flatMap(item -> cards.find(String.valueOf(item.plan())).map(plan -> view(subscription, item, plan)));
    }

    private SubscriptionView view(Subscription subscription, SubscriptionItem item, Plan plan) {
        Optional<Instant> end = subscription.pendingEnd();
        // The end has come even if the provider's word of it is still on its way.
        Optional<Instant> ended = Optional.ofNullable(subscription.endedAt())
                .or(() -> end.filter(instant -> !instant.isAfter(clock.instant())));
        return new SubscriptionView(
                cards.card(plan),
                item.quantity(),
                wording.amount(wording.price(plan).times(item.quantity())),
                subscription.status() == SubscriptionStatus.TRIALING,
                subscription.periodEnd().orElse(null),
                ended.isPresent() ? null : end.orElse(null),
                ended.orElse(null),
                subscription.scheduledChange().flatMap(this::next).orElse(null));
    }

    private Optional<SubscriptionView.Next> next(ScheduledChange change) {
        return change.plans().stream()
                .flatMap(key -> cards.find(key.value()).stream())
                .findFirst()
                .map(plan -> new SubscriptionView.Next(plan.product().name(), change.at()));
    }
}
