package dev.billhook.simulator.engine.charge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.Docs;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The account's balance: one balance transaction for every movement of money, pending until it becomes available. Amounts are
 * minor units; charges cost no fee here, disputes do.
 */
public final class BalanceLedger {
    private static final String TYPE = "balance_transaction";
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"balance_transaction","amount":0,"available_on":0,"balance_type":"payments","created":0,
         "currency":"","description":null,"exchange_rate":null,"fee":0,"fee_details":[],"net":0,
         "reporting_category":"","source":"","status":"pending","type":""}\
        """);

    /**
     * A movement to record.
     *
     * @param type Stripe's type of balance transaction
     * @param category Stripe's reporting category
     * @param source the object that moves the money
     * @param charge the charge it belongs to, which gives currency and time
     * @param amount minor units; below zero what leaves the account
     * @param fee minor units; below zero a fee that is given back
     */
    record Movement(
            String type,
            String category,
            String source,
            ObjectNode charge,
            long amount,
            long fee,
            String description) {}

    private final World world;

    BalanceLedger(World world) {
        this.world = world;
        world.renderer().complete(TYPE, this::showStatus);
    }

    /** Records a movement, to be available at this second. */
    ObjectNode record(Movement movement, long availableOn) {
        ObjectNode entry = SHAPE.deepCopy();
        String clock = world.clockOf(Docs.text(movement.charge(), "customer"));
        entry.put("id", world.ids().next("txn"));
        entry.put("amount", movement.amount());
        entry.put("fee", movement.fee());
        entry.put("net", movement.amount() - movement.fee());
        entry.put("created", world.now(clock));
        entry.put("available_on", availableOn);
        entry.put("currency", Docs.textOf(movement.charge(), "currency"));
        entry.put("description", movement.description().isEmpty() ? null : movement.description());
        entry.put("reporting_category", movement.category());
        entry.put("source", movement.source());
        entry.put("type", movement.type());
        entry.put("_clock", clock);
        if (movement.fee() != 0) {
            ObjectNode fee = entry.withArray("fee_details").addObject();
            fee.put("amount", movement.fee());
            fee.putNull("application");
            fee.set("currency", entry.path("currency"));
            fee.put("description", "Dispute fee");
            fee.put("type", "stripe_fee");
        }
        world.store().insert(entry);
        return entry;
    }

    /** Records a movement that follows a charge: it is available when the charge is, and not before now. */
    ObjectNode follow(Movement movement) {
        String own = Docs.text(movement.charge(), "balance_transaction");
        ObjectNode first = own == null ? null : world.store().find(TYPE, own);
        long now = world.now(world.clockOf(Docs.text(movement.charge(), "customer")));
        return record(movement, first == null ? now : Math.max(now, Docs.numberOf(first, "available_on")));
    }

    /** What is available, by currency. */
    public Map<String, Long> available() {
        return sums(true);
    }

    /** What will be available later, by currency. */
    public Map<String, Long> pending() {
        return sums(false);
    }

    private Map<String, Long> sums(boolean available) {
        Map<String, Long> sums = new TreeMap<>(Map.of("usd", 0L));
        world.store().newestFirst(TYPE).forEach(entry -> {
            long net = isAvailable(entry) == available ? Docs.numberOf(entry, "net") : 0;
            sums.merge(Docs.textOf(entry, "currency"), net, Long::sum);
        });
        return sums;
    }

    private boolean isAvailable(ObjectNode entry) {
        @Nullable String clock = Docs.text(entry, "_clock");
        return Docs.numberOf(entry, "available_on") <= world.now(clock);
    }

    /** The status follows from the clock; nothing is stored of it. */
    private void showStatus(ObjectNode shown) {
        ObjectNode stored = world.store().find(TYPE, Docs.textOf(shown, "id"));
        shown.put("status", stored != null && isAvailable(stored) ? "available" : "pending");
    }
}
