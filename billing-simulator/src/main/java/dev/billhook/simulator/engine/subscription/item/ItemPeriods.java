package dev.billhook.simulator.engine.subscription.item;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.subscription.item.SubscriptionItems.Span;
import dev.billhook.simulator.kernel.Docs;

/**
 * The present periods of subscription items. A whole period lies between two boundaries of the billing calendar; the one an item
 * is in may be shorter, because it begins before the first boundary or ends with the subscription.
 */
public final class ItemPeriods {
    private static final String START = "current_period_start";
    private static final String END = "current_period_end";

    private final SubscriptionItems items;

    public ItemPeriods(SubscriptionItems items) {
        this.items = items;
    }

    /** Begins the period of an item at this second; it lasts until the next boundary or the subscription's end. */
    public void begin(ObjectNode subscription, ObjectNode item, long start) {
        long previous = Docs.numberOf(item, START);
        if (previous > 0 && previous < start) {
            item.put("_previous_start", previous);
        } else {
            item.remove("_previous_start");
        }
        item.put(START, start);
        item.put(END, end(subscription, item));
    }

    /** Puts an item that is new into the period it joins in the middle. */
    public void join(ObjectNode subscription, ObjectNode item, long now) {
        item.put(START, natural(anchor(subscription), item, now).from());
        item.put(END, end(subscription, item));
    }

    /** Lets the present periods end with the subscription when that is earlier, or again when they naturally do. */
    public void limit(ObjectNode subscription) {
        Docs.objects(subscription, "items").forEach(item -> item.put(END, end(subscription, item)));
    }

    /** How long the whole period lasts of which an item is in a part. */
    long whole(ObjectNode subscription, ObjectNode item) {
        Span natural = natural(anchor(subscription), item, Docs.numberOf(item, START));
        return natural.to() - natural.from();
    }

    /** The whole period of an item around a second, counted from an anchor. */
    Span natural(long anchor, ObjectNode item, long second) {
        String interval = items.interval(item);
        long count = items.intervalCount(item);
        return new Span(
                BillingCalendar.boundaryAtOrBefore(anchor, second, interval, count),
                BillingCalendar.boundaryAfter(anchor, second, interval, count));
    }

    /** What an item costs for its present period: the price, or a part of it when the period is not whole. */
    long amount(ObjectNode subscription, ObjectNode item) {
        long lasts = Docs.numberOf(item, END) - Docs.numberOf(item, START);
        return Prorations.share(items.amount(subscription, item), lasts, whole(subscription, item));
    }

    /** The second from which boundaries are counted; its day may be one that the month of the shown anchor lacks. */
    static long anchor(ObjectNode subscription) {
        Long counted = Docs.number(subscription, "_counted_from");
        return counted == null ? Docs.numberOf(subscription, "billing_cycle_anchor") : counted;
    }

    /** Lets the billing cycle begin anew at a second. */
    public static void restart(ObjectNode subscription, long second) {
        subscription.put("billing_cycle_anchor", second);
        subscription.remove("_counted_from");
    }

    private long end(ObjectNode subscription, ObjectNode item) {
        long start = Docs.numberOf(item, START);
        long natural = natural(anchor(subscription), item, start).to();
        Long over = Docs.number(subscription, "cancel_at");
        return over != null && over > start ? Math.min(natural, over) : natural;
    }
}
