package dev.billhook.webhook;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP request to the webhook endpoint, as it came.
 *
 * @param body the raw bytes; a body parsed and written again has another signature
 * @param signature the signature header's value, or null if the header is missing
 * @since 0.1.0
 */
public record WebhookRequest(byte[] body, @Nullable String signature) {
    /** Largest accepted body in bytes: 1 MiB. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    /** Copies the body. */
    public WebhookRequest {
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    /** Tells only sizes: the body holds personal data. */
    @Override
    public String toString() {
        return "WebhookRequest[" + body.length + " bytes]";
    }
}
