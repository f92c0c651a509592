package dev.billhook.simulator.page.dashboard;

import dev.billhook.simulator.http.PageRequest;
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

    private final Simulation simulation;

    ClockForm(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Does what the form says; the answer names what to tell. */
    String apply(PageRequest request) {
        return simulation.exclusively(() -> {
            OffsetDateTime now = simulation.clock().instant().atOffset(ZoneOffset.UTC);
            Instant target = target(request, now);
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

    private static @Nullable Instant target(PageRequest request, OffsetDateTime now) {
        return switch (request.field("by")) {
            case "hour" -> now.plusHours(1).toInstant();
            case "day" -> now.plusDays(1).toInstant();
            case "month" -> now.plusMonths(1).toInstant();
            case "year" -> now.plusYears(1).toInstant();
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
