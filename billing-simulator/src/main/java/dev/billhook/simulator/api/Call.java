package dev.billhook.simulator.api;

import java.util.Map;
import java.util.Objects;

/** One API request on its way to the resource that answers it. */
public record Call(String path, Map<String, String> variables, Params params) {
    /** A variable part of the URL, for example {@code id}. */
    public String variable(String name) {
        return Objects.requireNonNull(variables.get(name), name);
    }

    /** The {@code id} in the URL. */
    public String id() {
        return variable("id");
    }
}
