package dev.billhook.spring;

import dev.billhook.BillingException;

/**
 * The application cannot start as it is configured. Spring Boot reports it as description and action, without a stack trace.
 *
 * @since 0.1.0
 */
public final class SetupException extends BillingException {
    private static final long serialVersionUID = 1L;

    private final String description;
    private final String action;

    /**
     * @param description what is wrong, free of secrets
     * @param action what to do about it
     */
    public SetupException(String description, String action) {
        super(description + " " + action);
        this.description = description;
        this.action = action;
    }

    /** What is wrong. */
    public String description() {
        return description;
    }

    /** What to do about it. */
    public String action() {
        return action;
    }
}
