package dev.billhook.support;

/**
 * What the help desk is answered.
 *
 * @param status HTTP status
 * @param json body, of type {@code application/json}
 * @since 0.1.0
 */
public record SupportAnswer(int status, String json) {}
