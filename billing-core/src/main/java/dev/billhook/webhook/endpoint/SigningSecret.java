package dev.billhook.webhook.endpoint;

import java.util.Objects;

/**
 * A secret the provider signs an endpoint's events with. Never shown unless asked for by {@link #reveal()}; not serializable.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class SigningSecret {
    private final String value;

    /** The provider told it. */
    public SigningSecret(String value) {
        this.value = Objects.requireNonNull(value);
    }

    /** The secret itself. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningSecret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Tells nothing. */
    @Override
    public String toString() {
        return "SigningSecret[hidden]";
    }
}
