package dev.billhook.simulator.page.dashboard;

import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.kernel.Simulation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Moves the common clock on request. */
final class ClockForm {
    private static final int MAX_YEARS = 20;
    private static final int MAX_SILENT_TIMERS = 1_000;

    private final World world;
    private final Simulation simulation;

    ClockForm(World world) {
        this.world = world;
        this.simulation = world.simulation();
    }

    /** Does what the form says; the answer names what to tell. */
    String apply(PageRequest request) {
        return simulation.exclusively(() -> {
            if ("event".equals(request.field("by"))) {
                return toNextEvent();
            }
            OffsetDateTime now = simulation.clock().instant().atOffset(ZoneOffset.UTC);
            String count = request.field("count");
            if (!request.field("unit").isEmpty() && !count.matches("[1-9][0-9]{0,4}")) {
                return "amount";
            }
            Instant target = target(request, now, count);
            if (target == null) {
                return "date";
            }
            if (target.isBefore(now.toInstant())) {
                return "past";
            }
            if (target.isAfter(now.plusYears(MAX_YEARS).toInstant())) {
                return "far";
            }
            simulation.advanceTo(target);
            return "advanced";
        });
    }

    /** What is due need not tell anything: some of it has been overtaken. So time goes on until something is told. */
    private String toNextEvent() {
        int before = events();
        for (int i = 0; i < MAX_SILENT_TIMERS; i++) {
            Instant next = simulation.nextDue();
            if (next == null) {
                break;
            }
            Instant now = simulation.clock().instant();
            simulation.advanceTo(next.isBefore(now) ? now : next);
            if (events() > before) {
                return "advanced";
            }
        }
        return "idle";
    }

    private int events() {
        return simulation.atomically(RequestInfo.NONE, () -> world.store().count("event"));
    }

    private static @Nullable Instant target(PageRequest request, OffsetDateTime now, String count) {
        String by = request.field("by");
        long amount = by.isEmpty() && count.matches("[0-9]{1,5}") ? Long.parseLong(count) : 1;
        return switch (by.isEmpty() ? request.field("unit") : by) {
            case "hour" -> now.plusHours(amount).toInstant();
            case "day" -> now.plusDays(amount).toInstant();
            case "month" -> now.plusMonths(amount).toInstant();
            case "year" -> now.plusYears(amount).toInstant();
            default -> date(request.field("to"));
        };
    }

    private static @Nullable Instant date(String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }
}
