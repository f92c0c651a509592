package dev.billhook.examples.podcast.simulated;

import dev.billhook.simulator.StripeSimulator;
import java.time.Duration;
import java.time.Period;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Turns the simulator's clock, so that a month of billing passes at the push of a button. Not there in production. */
@Controller
class ClockController {
    private static final Duration DELIVERY = Duration.ofSeconds(20);

    private final DevelopmentPanel panel;

    ClockController(DevelopmentPanel panel) {
        this.panel = panel;
    }

    @PostMapping("/simulated/clock")
    String advance(@RequestParam Step by) {
        StripeSimulator simulator =
                panel.simulator().orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        simulator.advance(by.period);
        // The page that follows should already show what the webhooks of that time brought.
        simulator.awaitDeliveries(DELIVERY);
        return "redirect:/dashboard";
    }

    /** How far a button turns the clock. */
    enum Step {
        DAY(Period.ofDays(1)),
        MONTH(Period.ofMonths(1)),
        YEAR(Period.ofYears(1));

        private final Period period;

        Step(Period period) {
            this.period = period;
        }
    }
}
