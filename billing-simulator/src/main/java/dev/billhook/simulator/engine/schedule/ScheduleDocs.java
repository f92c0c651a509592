package dev.billhook.simulator.engine.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shape of subscription schedules and what can be read off them. */
public final class ScheduleDocs {
    /** The type of object. */
    public static final String TYPE = "subscription_schedule";

    static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"subscription_schedule","application":null,
         "billing_mode":{"flexible":{"proration_discounts":"included"},"type":"flexible"},"canceled_at":null,
         "completed_at":null,"created":0,"current_phase":null,"customer":"","customer_account":null,
         "default_settings":{"application_fee_percent":null,
         "automatic_tax":{"disabled_reason":null,"enabled":false,"liability":null},"billing_cycle_anchor":"automatic",
         "billing_thresholds":null,"collection_method":"charge_automatically","default_payment_method":null,
         "description":null,
         "invoice_settings":{"account_tax_ids":null,"custom_fields":null,"days_until_due":null,"description":null,
         "footer":null,"issuer":{"type":"self"}},"on_behalf_of":null,"transfer_data":null},
         "end_behavior":"release","livemode":false,"metadata":{},"phases":[],"released_at":null,
         "released_subscription":null,"status":"not_started","subscription":null,"test_clock":null}\
        """);

    private ScheduleDocs() {}

    static String id(ObjectNode schedule) {
        return Docs.textOf(schedule, "id");
    }

    static String status(ObjectNode schedule) {
        return Docs.textOf(schedule, "status");
    }

    static boolean isActive(ObjectNode schedule) {
        return "active".equals(status(schedule));
    }

    static boolean isNotStarted(ObjectNode schedule) {
        return "not_started".equals(status(schedule));
    }

    static boolean isOver(ObjectNode schedule) {
        return !isActive(schedule) && !isNotStarted(schedule);
    }

    static @Nullable String clock(ObjectNode schedule) {
        return Docs.text(schedule, "test_clock");
    }

    static List<ObjectNode> phases(ObjectNode schedule) {
        return Docs.objects(schedule, "phases");
    }

    static long start(ObjectNode phase) {
        return Docs.numberOf(phase, "start_date");
    }

    static long end(ObjectNode phase) {
        return Docs.numberOf(phase, "end_date");
    }

    /** When the last phase ends. */
    static long lastEnd(ObjectNode schedule) {
        List<ObjectNode> phases = phases(schedule);
        return end(phases.get(phases.size() - 1));
    }

    /** Whether the subscription ends with the last phase. */
    static boolean cancelsAtEnd(ObjectNode schedule) {
        return "cancel".equals(Docs.text(schedule, "end_behavior"));
    }

    /** The phase it is in, or null. */
    static @Nullable ObjectNode current(ObjectNode schedule) {
        Long start = Docs.number(Docs.child(schedule, "current_phase"), "start_date");
        return phases(schedule).stream()
                .filter(phase -> start != null && start(phase) == start)
                .findFirst()
                .orElse(null);
    }

    /** The phase after the one it is in, or null. */
    static @Nullable ObjectNode next(ObjectNode schedule) {
        Long end = Docs.number(Docs.child(schedule, "current_phase"), "end_date");
        return phases(schedule).stream()
                .filter(phase -> end != null && start(phase) >= end)
                .findFirst()
                .orElse(null);
    }

    static void setCurrent(ObjectNode schedule, ObjectNode phase) {
        schedule.putObject("current_phase").put("end_date", end(phase)).put("start_date", start(phase));
    }

    /** Closes a schedule; the time of it stands in a field of its own. */
    static void close(ObjectNode schedule, String status, String field, long now) {
        schedule.put("status", status);
        schedule.put(field, now);
        schedule.putNull("current_phase");
    }
}
