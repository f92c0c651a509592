package dev.billhook.cli.shell;

import dev.billhook.BillingException;
import org.jspecify.annotations.Nullable;

/** The command was not called as it must be. */
public final class UsageException extends BillingException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong and how to call it
     */
    public UsageException(String message) {
        this(message, null);
    }

    /**
     * @param message what is wrong and how to call it
     * @param cause the underlying failure, or null
     */
    public UsageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
