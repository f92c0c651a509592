package dev.billhook.simulator.engine.subscription.item;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * When a new subscription begins, is free and first renews. Source: Stripe documentation, "Set billing cycles", "Backdate
 * subscriptions" and "Set trial periods".
 */
public final class SubscriptionStart {
    private static final long DAY = 86_400;
    private static final long MAX_TRIAL = 730 * DAY;

    private final SubscriptionItems items;
    private final ItemPeriods periods;

    public SubscriptionStart(SubscriptionItems items) {
        this.items = items;
        this.periods = new ItemPeriods(items);
    }

    /** Sets trial, anchor and first periods of a subscription that is made now. */
    public void set(ObjectNode subscription, Params params, long now) {
        setTrial(subscription, params, now);
        long since = backdated(params, now);
        subscription.put("start_date", since);
        setAnchor(subscription, params, params.flag("_anchored_at_start") ? since : now);
        Long trialEnd = Docs.number(subscription, "trial_end");
        boolean charges = !"none".equals(params.text("proration_behavior"));
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            periods.begin(subscription, item, charges ? presentStart(subscription, item, since, now) : now);
            if (trialEnd != null) {
                item.put("current_period_start", now);
                item.put("current_period_end", trialEnd);
            }
        }
        if (!charges) {
            subscription.set("_free_until", subscription.path("billing_cycle_anchor"));
        } else if (since < now) {
            subscription.put("_backdated", true);
        }
        if (!SubscriptionDocs.isTrialing(subscription)) {
            subscription.put("status", SubscriptionDocs.chargesAutomatically(subscription) ? "incomplete" : "active");
        }
    }

    private void setTrial(ObjectNode subscription, Params params, long now) {
        Long end = params.number("trial_end");
        Long days = params.number("trial_period_days");
        if (end != null && days != null) {
            throw ApiError.invalid(null, "trial_end", "Give trial_end or trial_period_days, not both.");
        }
        if (days != null && days > 0) {
            end = now + days * DAY;
        }
        if (end == null && params.flag("trial_from_plan")) {
            ObjectNode price = items.priceOf(Docs.objects(subscription, "items").get(0));
            Long fromPrice = Docs.number(Docs.child(price, "recurring"), "trial_period_days");
            end = fromPrice == null ? null : Long.valueOf(now + fromPrice * DAY);
        }
        if (end == null) {
            return;
        }
        if (end <= now || end > now + MAX_TRIAL) {
            throw ApiError.invalid(null, "trial_end", "A trial ends in the future, within two years.");
        }
        subscription.put("status", "trialing");
        subscription.put("trial_start", now);
        subscription.put("trial_end", end);
    }

    private static long backdated(Params params, long now) {
        Long since = params.number("backdate_start_date");
        if (since != null && since >= now) {
            throw ApiError.invalid(null, "backdate_start_date", "A subscription is backdated to a time in the past.");
        }
        return since == null ? now : since;
    }

    private void setAnchor(ObjectNode subscription, Params params, long start) {
        Long anchor = params.number("billing_cycle_anchor");
        Long trialEnd = Docs.number(subscription, "trial_end");
        long first = trialEnd != null ? trialEnd : start;
        if (params.hasValue("billing_cycle_anchor_config")) {
            if (anchor != null) {
                throw ApiError.invalid(
                        null,
                        "billing_cycle_anchor_config",
                        "Give billing_cycle_anchor or billing_cycle_anchor_config, not both.");
            }
            configure(subscription, params.group("billing_cycle_anchor_config"), first);
            return;
        }
        if (anchor == null) {
            subscription.put("billing_cycle_anchor", first);
            return;
        }
        if (anchor <= start) {
            throw ApiError.invalid(null, "billing_cycle_anchor", "The billing cycle anchor must be in the future.");
        }
        subscription.put("billing_cycle_anchor", anchor);
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            if (anchor > BillingCalendar.plus(first, first, items.interval(item), items.intervalCount(item))) {
                throw ApiError.invalid(
                        null,
                        "billing_cycle_anchor",
                        "The billing cycle anchor cannot be later than the next natural billing date.");
            }
        }
    }

    private void configure(ObjectNode subscription, Params config, long first) {
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            if (!"month".equals(items.interval(item)) && !"year".equals(items.interval(item))) {
                throw ApiError.invalid(
                        null,
                        "billing_cycle_anchor_config",
                        "The anchor can be configured for monthly and yearly prices only.");
            }
        }
        ZonedDateTime now = Instant.ofEpochSecond(first).atZone(ZoneOffset.UTC);
        int day = within(config, "day_of_month", 1, 31, null);
        int month = within(config, "month", 1, 12, 0);
        LocalDateTime time = now.toLocalDateTime()
                .withHour(within(config, "hour", 0, 23, now.getHour()))
                .withMinute(within(config, "minute", 0, 59, now.getMinute()))
                .withSecond(within(config, "second", 0, 59, now.getSecond()));
        YearMonth in = YearMonth.from(now);
        while ((month != 0 && in.getMonthValue() != month) || secondOf(in, day, time) <= first) {
            in = in.plusMonths(1);
        }
        subscription.put("billing_cycle_anchor", secondOf(in, day, time));
        while (in.lengthOfMonth() < day) {
            in = in.minusMonths(1);
        }
        subscription.put("_counted_from", secondOf(in, day, time));
        ObjectNode shown = subscription.putObject("billing_cycle_anchor_config");
        shown.put("day_of_month", day);
        for (String part : new String[] {"hour", "minute", "month", "second"}) {
            shown.put(part, config.number(part));
        }
    }

    private static long secondOf(YearMonth month, int day, LocalDateTime time) {
        return month.atDay(Math.min(day, month.lengthOfMonth()))
                .atTime(time.toLocalTime())
                .toEpochSecond(ZoneOffset.UTC);
    }

    private static int within(Params config, String name, int least, int most, @Nullable Integer otherwise) {
        Long given = config.number(name);
        if (given == null) {
            if (otherwise == null) {
                throw ApiError.missing(config.name(name));
            }
            return otherwise;
        }
        if (given < least || given > most) {
            throw ApiError.invalid(
                    "parameter_invalid_integer",
                    config.name(name),
                    "This value must be between " + least + " and " + most + ".");
        }
        return given.intValue();
    }

    /** A backdated subscription is in the natural period around now, or begins in it. */
    private long presentStart(ObjectNode subscription, ObjectNode item, long since, long now) {
        long boundary = BillingCalendar.boundaryAtOrBefore(
                ItemPeriods.anchor(subscription), now, items.interval(item), items.intervalCount(item));
        return Math.max(since, boundary);
    }
}
