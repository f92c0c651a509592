package dev.billhook.notice;

import dev.billhook.event.BillingEvent;
import dev.billhook.event.EventMeta;
import dev.billhook.event.OpenBill;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell ahead, once, within a time.
 *
 * @param key what makes it another one
 * @param from when its time comes (UTC)
 * @param until from when on it is pointless (UTC): it has happened, or a later notice says the same
 * @param due tells how it reads
 */
record Occasion(Told.Key key, Instant from, Instant until, DueNotice due) {
    boolean isOpen(Instant now) {
        return !now.isBefore(from) && now.isBefore(until);
    }

    /** What makes it another one, in words. */
    static String name(Told.Key key) {
        return key.kind() + "|" + key.subject() + "|" + key.at().getEpochSecond() + "|" + key.leadSeconds();
    }

    /** Makes the event of its meta data and what the provider says is to be paid. */
    interface Reading extends BiFunction<EventMeta, @Nullable OpenBill, BillingEvent> {}

    /** Whether one is open and was not told. */
    static Predicate<Occasion> openAt(Instant now, Told told) {
        return occasion -> occasion.isOpen(now) && !told.ahead().contains(occasion.key());
    }
}
