package dev.billhook.webhook;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP request to the webhook endpoint, as it came. Immutable.
 *
 * @since 0.1.0
 */
public final class WebhookRequest {
    /** Largest accepted body in bytes: 1 MiB. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    private final byte[] body;
    private final @Nullable String signature;

    /**
     * @param body the raw bytes; a body parsed and written again has another signature
     * @param signature the signature header's value, or null if the header is missing
     */
    public WebhookRequest(byte[] body, @Nullable String signature) {
        this.body = body.clone();
        this.signature = signature;
    }

    /** A copy of the raw bytes. */
    public byte[] body() {
        return body.clone();
    }

    /** The signature header's value, or null if the header was missing. */
    public @Nullable String signature() {
        return signature;
    }

    /** Tells only the size: the body holds personal data. */
    @Override
    public String toString() {
        return "WebhookRequest[" + body.length + " bytes]";
    }
}
