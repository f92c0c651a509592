package dev.billhook.internal.mirror;

import dev.billhook.event.BillingEvent;
import dev.billhook.mirror.Notice;
import dev.billhook.spi.store.MirrorStore;
import dev.billhook.spi.store.StoreJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one call of the door tells. */
final class News {
    /** Facts are forgotten by their time. */
    private static final Instant NEVER_FORGOTTEN = Instant.parse("9999-01-01T00:00:00Z");

    private final MirrorStore facts;
    private final Instant now;
    private final List<Told> told = new ArrayList<>();

    /**
     * @param now when it is told
     */
    News(MirrorStore facts, Instant now) {
        this.facts = facts;
        this.now = now;
    }

    /** An event, and the fact it tells if that must be told only once. */
    private record Told(BillingEvent event, @Nullable Notice notice) {}

    /** What follows from a change of state is told as often as it happens. */
    void add(BillingEvent event) {
        told.add(new Told(event, null));
    }

    /** What is told of a fact is told once. */
    void add(BillingEvent event, Notice notice) {
        told.add(new Told(event, notice));
    }

    /** Events to publish; facts that were told before are left out. */
    List<BillingEvent> events() {
        Set<String> fresh = fresh(false, now);
        fresh.addAll(fresh(true, NEVER_FORGOTTEN));
        List<BillingEvent> events = new ArrayList<>();
        for (Told each : told) {
            if (each.notice() == null || fresh.remove(each.notice().key())) {
                BillingEvent event = each.event();
                events.add(event.account().deleted() ? StoreJson.withoutPersonalData(event) : event);
            }
        }
        return events;
    }

    private Set<String> fresh(boolean lasting, Instant time) {
        Set<String> keys = told.stream()
                .flatMap(each -> Stream.ofNullable(each.notice()))
                .filter(notice -> notice.lasting() == lasting)
                .map(Notice::key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return keys.isEmpty() ? keys : new LinkedHashSet<>(facts.remember(keys, time));
    }
}
