package dev.billhook.internal.quote;

import dev.billhook.catalog.PlanKey;
import dev.billhook.conversion.ItemChange;
import dev.billhook.spi.provider.invoice.QuoteGateway.Line;
import dev.billhook.subscription.ScheduledChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lines of subscriptions as they are, as they are to be, and as changes make them; pure. */
final class OfferedLines {
    private OfferedLines() {}

    /**
     * A line, told by its plan, or by its price if that is not the catalog's: another version of a plan's price is the same line.
     */
    private record Key(String name, long quantity) {
        @Override
        public String toString() {
            return name + "×" + quantity;
        }
    }

    /** What changes make of a subscription. */
    record Outcome(List<Line> lines, String digest) {}

    /** Digest of a subscription's lines. */
    static String digest(Subscription subscription) {
        return digest(subscription.items().stream().map(OfferedLines::key));
    }

    /** Digest of the lines a subscription will have. */
    static String digest(ScheduledChange change) {
        return digest(change.lines().stream().map(line -> key(line.plan(), line.priceId(), line.quantity())));
    }

    /** The lines after the changes, and what is charged with them. */
    static Outcome after(Subscription current, List<ItemChange> changes) {
        Map<String, Line> lines = new LinkedHashMap<>();
        Map<String, Key> keys = new LinkedHashMap<>();
        for (SubscriptionItem item : current.items()) {
            lines.put(item.id(), new Line(null, item.priceId(), item.id(), item.quantity()));
            keys.put(item.id(), key(item));
        }
        List<Line> once = new ArrayList<>();
        for (ItemChange change : changes) {
            if (change instanceof ItemChange.Replace replace) {
                lines.put(replace.itemId(), new Line(replace.plan(), null, replace.itemId(), replace.quantity()));
                keys.put(replace.itemId(), new Key(replace.plan().value(), replace.quantity()));
            } else if (change instanceof ItemChange.SetQuantity set) {
                lines.computeIfPresent(
                        set.itemId(),
                        (id, line) -> new Line(line.plan(), line.priceId(), set.itemId(), set.quantity()));
                keys.computeIfPresent(set.itemId(), (id, key) -> new Key(key.name(), set.quantity()));
            } else if (change instanceof ItemChange.Charge charge) {
                once.add(new Line(charge.plan(), null, null, 1));
            } else {
                lines.remove(((ItemChange.Remove) change).itemId());
                keys.remove(((ItemChange.Remove) change).itemId());
            }
        }
        return new Outcome(
                Stream.concat(lines.values().stream(), once.stream()).toList(), digest(keys.values().stream()));
    }

    private static Key key(SubscriptionItem item) {
        return key(item.plan(), item.priceId(), item.quantity());
    }

    private static Key key(@Nullable PlanKey plan, String priceId, long quantity) {
        return new Key(plan == null ? priceId : plan.value(), quantity);
    }

    private static String digest(Stream<Key> keys) {
        String lines = String.join("|", keys.map(Key::toString).sorted().toList());
        return UUID.nameUUIDFromBytes(lines.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
