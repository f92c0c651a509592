package dev.billhook.internal.lifecycle;

import dev.billhook.InvalidStateException;
import dev.billhook.conversion.Conversion;
import dev.billhook.conversion.Conversion.ScheduleStep;
import dev.billhook.internal.subscription.PlanChanger;
import dev.billhook.invoice.Estimate;
import dev.billhook.spi.provider.EstimateGateway;
import dev.billhook.subscription.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the provider which invoices a decided change leads to. */
final class Forecasts {
    private final EstimateGateway estimates;
    private final PlanChanger changer;

    Forecasts(EstimateGateway estimates, PlanChanger changer) {
        this.estimates = estimates;
        this.changer = changer;
    }

    /**
     * The invoices to come.
     *
     * @param prorationDate until when the present lines count as used
     * @throws InvalidStateException if it cannot be told because of what is scheduled
     */
    Forecast of(Subscription current, Conversion conversion, Instant prorationDate) {
        String id = current.id();
        if (conversion.changes().isEmpty()) {
            Optional<Estimate> next = conversion.schedule() == ScheduleStep.RELEASE
                    ? estimates.recurring(id, List.of())
                    : estimates.next(id);
            return new Forecast(null, unlessOver(current, next));
        }
        Optional<Estimate> first = estimates.afterChange(id, conversion.changes(), conversion.timing(), prorationDate);
        if (first.isEmpty() || !conversion.timing().now() || !isOfPresent(first.get(), current)) {
            requireNothingScheduled(current, conversion);
            return new Forecast(null, unlessOver(current, first));
        }
        Optional<Estimate> next = current.cancelAtPeriodEnd()
                ? Optional.empty()
                : estimates.recurring(id, changer.inTheEnd(current, conversion));
        return new Forecast(first.get(), unlessOver(current, next));
    }

    /** The provider foresees what is scheduled, not what takes its place once it is taken off. */
    private static void requireNothingScheduled(Subscription current, Conversion conversion) {
        if (conversion.timing().now() && current.scheduledChange().isPresent()) {
            throw new InvalidStateException(
                    "What the next invoice of subscription " + current.id()
                            + " will be cannot be foreseen while another change of its lines is scheduled; withdraw that first");
        }
    }

    private static boolean isOfPresent(Estimate estimate, Subscription current) {
        return current.periodEnd().filter(estimate.at()::isBefore).isPresent();
    }

    private static @Nullable Estimate unlessOver(Subscription current, Optional<Estimate> next) {
        Optional<Instant> end = current.pendingEnd();
        return next.filter(estimate -> end.isEmpty() || estimate.at().isBefore(end.get()))
                .orElse(null);
    }
}
