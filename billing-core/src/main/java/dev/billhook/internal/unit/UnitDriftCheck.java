package dev.billhook.internal.unit;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Plan;
import dev.billhook.internal.subscription.MainSubscriptions;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.spi.store.SubscriptionStore;
import dev.billhook.unit.UnitDrifts;
import dev.billhook.unit.UnitSource;
import dev.billhook.unit.Units;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares what is bought with what the host counts, a page of the mirror at a time. */
public final class UnitDriftCheck {
    private static final int MOST = 1000;

    private final MainSubscriptions subscriptions;
    private final SubscriptionStore store;

    /** A check of what is in the store. */
    public UnitDriftCheck(MainSubscriptions subscriptions, SubscriptionStore store) {
        this.subscriptions = subscriptions;
        this.store = store;
    }

    /** Where a page begins: after the subscription made then. */
    private record Position(Instant createdAt, String id) {
        static Position read(String text) {
            int end = text.indexOf('/');
            try {
                return new Position(Instant.parse(text.substring(0, Math.max(0, end))), text.substring(end + 1));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "'" + text + "' is no place where drift(…) went on; begin with null", e);
            }
        }

        String write() {
            return createdAt + "/" + id;
        }
    }

    UnitDrifts check(UnitSource source, @Nullable String after, int max) {
        if (max < 1 || max > MOST) {
            throw new IllegalArgumentException("Look at 1 to " + MOST + " subscriptions at a time, not " + max);
        }
        Position from = after == null ? null : Position.read(after);
        List<MirroredSubscription> rows =
                from == null ? store.scan(null, null, max) : store.scan(from.createdAt(), from.id(), max);
        List<UnitDrifts.Drift> drifts =
                rows.stream().flatMap(row -> drift(row, source)).toList();
        return new UnitDrifts(
                drifts,
                rows.size() < max ? null : positionOf(rows.get(rows.size() - 1)).write());
    }

    private static Position positionOf(MirroredSubscription row) {
        return new Position(row.subscription().createdAt(), row.subscription().id());
    }

    private Stream<UnitDrifts.Drift> drift(MirroredSubscription row, UnitSource source) {
        if (!row.subscription().status().running()) {
            return Stream.empty();
        }
        Optional<Plan> plan = subscriptions
                .findPlan(row.subscription())
                .filter(each -> each.pricing().takesUnits());
        return plan.stream().flatMap(each -> drift(row, each, source));
    }

    private static Stream<UnitDrifts.Drift> drift(MirroredSubscription row, Plan plan, UnitSource source) {
        AccountRef account = row.account();
        OptionalLong counted = source.count(account);
        if (counted.isEmpty()) {
            return Stream.empty();
        }
        Units units = UnitNumbers.of(row.subscription(), plan, counted.getAsLong());
        long needed = plan.units().billed(plan.units().clamp(counted.getAsLong()));
        return units.bought() == needed && plan.units().clamp(counted.getAsLong()) >= counted.getAsLong()
                ? Stream.empty()
                : Stream.of(new UnitDrifts.Drift(account, units, needed));
    }
}
