package dev.billhook.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The faults that are to come, each for a number of requests. Thread-safe. */
public final class Faults {
    private static final class Planned {
        final Fault fault;
        int left;

        Planned(Fault fault, int left) {
            this.fault = fault;
            this.left = left;
        }
    }

    private final List<Planned> planned = new ArrayList<>();

    /** Plans a fault for the next requests it is for; of several that fit one request, the first planned comes first. */
    public synchronized void plan(int requests, Fault fault) {
        planned.removeIf(other -> other.fault.equals(fault));
        if (requests > 0) {
            planned.add(new Planned(fault, requests));
        }
    }

    /** Forgets what was planned. */
    public synchronized void clear() {
        planned.clear();
    }

    /** What is planned, for reading. */
    public synchronized ObjectNode describe() {
        List<ObjectNode> faults = new ArrayList<>();
        for (Planned each : planned) {
            ObjectNode shown = Docs.object();
            shown.put("requests", each.left);
            shown.put("method", each.fault.method());
            shown.put("path", each.fault.path());
            shown.put("outcome", each.fault.outcome().name().toLowerCase(Locale.ROOT));
            shown.put("status", each.fault.status());
            shown.put("code", each.fault.code());
            shown.put("done", each.fault.done());
            shown.put("delay_ms", each.fault.delay().toMillis());
            faults.add(shown);
        }
        return Docs.list("/_sim/faults", faults);
    }

    /** The fault of a request, which uses it up. */
    public synchronized @Nullable Fault next(String method, String path) {
        for (Planned each : planned) {
            if (each.fault.isFor(method, path)) {
                each.left--;
                planned.removeIf(other -> other.left == 0);
                return each.fault;
            }
        }
        return null;
    }
}
