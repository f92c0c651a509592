package dev.billhook.mirror;

import dev.billhook.AsOf;

/**
 * An answer of the provider.
 *
 * @param value what it said
 * @param asOf when it was so: between the response's date less the time the call took, and the response's date
 * @param <T> what was asked for
 * @since 0.1.0
 */
public record Fetched<T>(T value, AsOf asOf) {}
