package dev.billhook.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.Fault;
import dev.billhook.simulator.api.Fault.Outcome;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.api.Router;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.resource.ApiKit;
import java.time.Duration;
import java.util.Locale;

/** What of the control API concerns requests that are to go wrong: {@code GET}, {@code POST} and {@code DELETE /_sim/faults}. */
final class FaultControl {
    private static final ParamSchema FAULT = ParamSchema.of(
            "requests:int outcome:answer|error|drop status:int code when:before|after method path delay_ms:int"
                    + " should_retry:bool");
    private static final int MAX_REQUESTS = 100_000_000;
    private static final int DEFAULT_STATUS = 500;

    private final StripeSimulator simulator;

    private FaultControl(StripeSimulator simulator) {
        this.simulator = simulator;
    }

    static void add(Router router, StripeSimulator simulator) {
        FaultControl control = new FaultControl(simulator);
        router.get("/_sim/faults", ApiKit.NOTHING, call -> control.describe())
                .post("/_sim/faults", FAULT, control::plan)
                .delete("/_sim/faults", ApiKit.NOTHING, call -> control.clear());
    }

    private ObjectNode plan(Call call) {
        Params params = call.params();
        long requests = params.number("requests", 1);
        if (requests < 0 || requests > MAX_REQUESTS) {
            throw ApiError.invalid("parameter_invalid_integer", "requests", "Give a number of requests.");
        }
        simulator.faults().plan((int) requests, fault(params));
        return describe();
    }

    private static Fault fault(Params params) {
        Outcome outcome = Outcome.valueOf(params.text("outcome", "error").toUpperCase(Locale.ROOT));
        long status = params.number("status", DEFAULT_STATUS);
        long delay = params.number("delay_ms", 0);
        boolean after = outcome == Outcome.ANSWER || "after".equals(params.text("when"));
        try {
            return new Fault(
                    params.text("method"),
                    params.text("path", "/"),
                    outcome,
                    Math.toIntExact(status),
                    params.text("code"),
                    after,
                    Duration.ofMillis(delay),
                    params.has("should_retry") ? params.flag("should_retry") : null);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid(null, null, String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode clear() {
        simulator.faults().clear();
        return describe();
    }

    private ObjectNode describe() {
        return simulator.faults().describe();
    }
}
