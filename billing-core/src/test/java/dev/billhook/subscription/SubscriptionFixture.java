package dev.billhook.subscription;

import dev.billhook.catalog.PlanKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds subscriptions for tests: by default active, without lines, in January 2026. */
public final class SubscriptionFixture {
    /** Start of the current period. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** End of the current period. */
    public static final Instant END = Instant.parse("2026-02-01T00:00:00Z");

    private final String id;
    private final List<SubscriptionItem> items = new ArrayList<>();
    private SubscriptionStatus status = SubscriptionStatus.ACTIVE;
    private @Nullable Instant trialEnd;
    private boolean cancelAtPeriodEnd;
    private @Nullable Instant cancelAt;
    private @Nullable Instant canceledAt;
    private @Nullable Instant endedAt;
    private BillingTerms terms = BillingTerms.UNKNOWN;
    private @Nullable Schedule schedule;

    private SubscriptionFixture(String id) {
        this.id = id;
    }

    /** A subscription with one line. */
    public static SubscriptionFixture on(String plan) {
        return new SubscriptionFixture("sub_1").with(plan, 1);
    }

    /** A subscription without lines. */
    public static SubscriptionFixture ofId(String id) {
        return new SubscriptionFixture(id);
    }

    /** Adds a line. */
    public SubscriptionFixture with(@Nullable String plan, long quantity) {
        String item = "si_" + (items.size() + 1);
        items.add(new SubscriptionItem(
                item, "price_" + item, plan == null ? null : PlanKey.of(plan), quantity, START, END));
        return this;
    }

    /** Sets the status. */
    public SubscriptionFixture in(SubscriptionStatus newStatus) {
        status = newStatus;
        return this;
    }

    /** Sets the end of the trial. */
    public SubscriptionFixture trialUntil(Instant end) {
        trialEnd = end;
        return this;
    }

    /** Asks it to end with the period, without a date. */
    public SubscriptionFixture endingWithPeriod() {
        cancelAtPeriodEnd = true;
        return this;
    }

    /** Asks it to end at an instant. */
    public SubscriptionFixture endingAt(Instant end) {
        cancelAt = end;
        return this;
    }

    /** Says when the cancellation was asked for. */
    public SubscriptionFixture canceledAt(Instant when) {
        canceledAt = when;
        return this;
    }

    /** Says when it ended. */
    public SubscriptionFixture endedAt(Instant when) {
        status = SubscriptionStatus.CANCELED;
        endedAt = when;
        return this;
    }

    /** Sets currency, collection and discounts. */
    public SubscriptionFixture onTerms(BillingTerms newTerms) {
        terms = newTerms;
        return this;
    }

    /** Schedules one other line. */
    public SubscriptionFixture changingAt(Instant when, String plan, long quantity) {
        ScheduledChange.Line line = new ScheduledChange.Line("price_si_1", PlanKey.of(plan), quantity);
        schedule = new Schedule("sub_sched_1", new ScheduledChange(when, List.of(line)));
        return this;
    }

    /** The subscription. */
    public Subscription build() {
        return Subscription.builder(id, status, START)
                .items(items)
                .trialEnd(trialEnd)
                .cancelAtPeriodEnd(cancelAtPeriodEnd)
                .cancelAt(cancelAt)
                .canceledAt(canceledAt)
                .endedAt(endedAt)
                .terms(terms)
                .schedule(schedule)
                .build();
    }
}
