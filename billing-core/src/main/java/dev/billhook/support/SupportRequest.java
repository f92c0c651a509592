package dev.billhook.support;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP request of a help desk, as it came. Immutable.
 *
 * @since 0.1.0
 */
public final class SupportRequest {
    /** Largest accepted body in bytes: 1 MiB. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    private final byte[] body;
    private final @Nullable String signature;
    private final @Nullable String token;

    /**
     * @param body the raw bytes; a body parsed and written again has another signature
     * @param signature the value of the header {@code X-HelpScout-Signature}, or null if it is missing
     * @param token the access token, or null if there is none
     */
    public SupportRequest(byte[] body, @Nullable String signature, @Nullable String token) {
        this.body = body.clone();
        this.signature = signature;
        this.token = token;
    }

    /** A copy of the raw bytes. */
    public byte[] body() {
        return body.clone();
    }

    /** The signature, or null if it is missing. */
    public @Nullable String signature() {
        return signature;
    }

    /** The access token, or null if there is none. */
    public @Nullable String token() {
        return token;
    }

    /** Tells nothing of the content. */
    @Override
    public String toString() {
        return "SupportRequest[" + body.length + " bytes]";
    }
}
