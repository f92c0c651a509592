package dev.billhook.stripe.internal.subscription;

import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionCreateParams.BillingCycleAnchorConfig;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.transport.Answer;
import dev.billhook.subscription.Subscription;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * When a subscription is billed, for another one that is to be billed then, too. A day of the month is told as such, so that the
 * 31st stays the last day of each month; source: Stripe, "Set the subscription billing cycle date".
 *
 * @param anchor what its periods are counted from (UTC)
 * @param next when it is billed next (UTC)
 * @param now the provider's present (UTC)
 */
record BillingDate(ZonedDateTime anchor, ZonedDateTime next, ZonedDateTime now) {
    static BillingDate of(Answer answer, Subscription subscription) {
        Instant anchor = Instant.ofEpochSecond(Json.requireNumber(answer.body(), "billing_cycle_anchor"));
        return new BillingDate(
                anchor.atZone(ZoneOffset.UTC),
                subscription.periodEnd().orElse(anchor).atZone(ZoneOffset.UTC),
                answer.asOf().latest().atZone(ZoneOffset.UTC));
    }

    /** Lets the subscription that is made be billed on this date, in its own interval. */
    void alignTo(SubscriptionCreateParams.Builder params, BillingInterval interval) {
        switch (interval.unit()) {
            case MONTH, YEAR -> params.setBillingCycleAnchorConfig(config(interval));
            case DAY ->
                params.setBillingCycleAnchor(earliest(ChronoUnit.DAYS, interval).toEpochSecond());
            case WEEK ->
                params.setBillingCycleAnchor(
                        earliest(ChronoUnit.WEEKS, interval).toEpochSecond());
            case ONCE -> throw new IllegalArgumentException("What is paid once has no billing date");
        }
    }

    private BillingCycleAnchorConfig config(BillingInterval interval) {
        BillingCycleAnchorConfig.Builder config = BillingCycleAnchorConfig.builder()
                .setDayOfMonth((long) anchor.getDayOfMonth())
                .setHour((long) anchor.getHour())
                .setMinute((long) anchor.getMinute())
                .setSecond((long) anchor.getSecond());
        boolean monthly = interval.unit() == BillingInterval.Unit.MONTH && interval.count() == 1;
        return monthly
                ? config.build()
                : config.setMonth((long) next.getMonthValue()).build();
    }

    /** The earliest time from which whole intervals lead to the next billing. */
    private ZonedDateTime earliest(ChronoUnit unit, BillingInterval interval) {
        ZonedDateTime time = next;
        while (time.minus(interval.count(), unit).isAfter(now)) {
            time = time.minus(interval.count(), unit);
        }
        return time;
    }
}
