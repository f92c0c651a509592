package dev.billhook.support;

/**
 * A line for an agent.
 *
 * @param label what it is, plain text
 * @param value the rest, plain text
 * @since 0.1.0
 */
public record SupportRow(String label, String value) {}
