package dev.billhook.simulator.engine.meter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** What customers used, aggregated exactly as their meter says: events counted, values summed, or the last value. */
public final class MeterUsage {
    private static final long MINUTE = 60;
    private static final long HOUR = 3_600;
    private static final long DAY = 86_400;

    private final World world;

    public MeterUsage(World world) {
        this.world = world;
    }

    /** What a customer used from one second (inclusive) to another (exclusive). */
    public BigDecimal of(String meterId, String customer, long from, long to) {
        return aggregate(formula(world.store().get(Meters.TYPE, meterId)), events(meterId, customer, from, to));
    }

    /** The summaries of a time: one for the whole of it, or one for each hour or day with events, newest first. */
    public List<ObjectNode> summaries(String meterId, Params params) {
        ObjectNode meter = world.finder().inUrl(Meters.TYPE, meterId);
        String customer = params.requireText("customer");
        world.finder().inParam("customer", customer, "customer");
        String window = params.text("value_grouping_window");
        long unit = window == null ? MINUTE : "day".equals(window) ? DAY : HOUR;
        long start = bound(params, "start_time", unit);
        long end = bound(params, "end_time", unit);
        if (end <= start) {
            throw ApiError.invalid(null, "end_time", "end_time must be after start_time.");
        }
        List<ObjectNode> events = events(meterId, customer, start, end);
        if (window == null) {
            return List.of(summary(meter, customer, events, start, end));
        }
        TreeMap<Long, List<ObjectNode>> windows = new TreeMap<>();
        for (ObjectNode event : events) {
            long at = Docs.numberOf(event, "timestamp");
            windows.computeIfAbsent(at - at % unit, any -> new ArrayList<>()).add(event);
        }
        List<ObjectNode> summaries = new ArrayList<>();
        windows.descendingMap().forEach((at, within) -> summaries.add(summary(meter, customer, within, at, at + unit)));
        return summaries;
    }

    private static long bound(Params params, String name, long unit) {
        Long given = params.number(name);
        if (given == null) {
            throw ApiError.missing(name);
        }
        if (given < 0 || given % unit != 0) {
            throw ApiError.invalid(
                    null,
                    name,
                    "The time must be at the beginning of a " + (unit == MINUTE ? "minute" : "window") + ".");
        }
        return given;
    }

    /** The events of a time in the order of their timestamps; those of one second in the order they came in. */
    private List<ObjectNode> events(String meterId, String customer, long from, long to) {
        List<ObjectNode> events = new ArrayList<>();
        world.store()
                .newestFirst(MeterEvents.TYPE, "usage", MeterEvents.usageKey(meterId, customer))
                .filter(event -> {
                    long at = Docs.numberOf(event, "timestamp");
                    return at >= from && at < to;
                })
                .forEach(events::add);
        Collections.reverse(events);
        events.sort(Comparator.comparingLong(event -> Docs.numberOf(event, "timestamp")));
        return events;
    }

    private static BigDecimal aggregate(String formula, List<ObjectNode> events) {
        if ("last".equals(formula)) {
            return events.isEmpty() ? BigDecimal.ZERO : value(events.get(events.size() - 1));
        }
        return events.stream().map(MeterUsage::value).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal value(ObjectNode event) {
        return new BigDecimal(Docs.textOf(event, "_value"));
    }

    private static String formula(ObjectNode meter) {
        return Docs.textOf(Docs.child(meter, "default_aggregation"), "formula");
    }

    private static ObjectNode summary(
            ObjectNode meter, String customer, List<ObjectNode> events, long start, long end) {
        String id = Docs.textOf(meter, "id");
        BigDecimal value = aggregate(formula(meter), events).stripTrailingZeros();
        ObjectNode summary = Docs.object();
        summary.put("id", "mtrusg_" + Integer.toHexString((id + customer + start + "-" + end).hashCode()));
        summary.put("object", "billing.meter_event_summary");
        summary.put("aggregated_value", value.scale() < 0 ? value.setScale(0) : value);
        summary.put("end_time", end);
        summary.put("livemode", Docs.flag(meter, "livemode"));
        summary.put("meter", id);
        summary.put("start_time", start);
        return summary;
    }
}
