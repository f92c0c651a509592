package dev.billhook.simulator.kernel;

import org.jspecify.annotations.Nullable;

/** The API request that causes changes, as events name it; both fields are null for what time causes. */
public record RequestInfo(@Nullable String id, @Nullable String idempotencyKey) {
    /** Nobody asked: the passage of time did it. */
    public static final RequestInfo NONE = new RequestInfo(null, null);
}
