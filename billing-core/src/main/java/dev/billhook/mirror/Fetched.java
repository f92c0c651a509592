package dev.billhook.mirror;

import java.time.Instant;

/**
 * An answer of the provider.
 *
 * @param value what it said
 * @param asOf the provider's time the answer is at least as new as: its response's date less the time the call took, in
 *     whole seconds (UTC)
 * @param <T> what was asked for
 * @since 0.1.0
 */
public record Fetched<T>(T value, Instant asOf) {}
