package dev.billhook.subscription;

import org.jspecify.annotations.Nullable;

/**
 * What governs a subscription's future at the provider: while there is one, the provider refuses to cancel at a date and
 * undoes changes of lines when the next step comes.
 *
 * @param id the provider's id; informational
 * @param next the next change of the lines, or null if none is to come
 * @since 0.1.0
 */
public record Schedule(String id, @Nullable ScheduledChange next) {}
