package dev.billhook.webhook;

/**
 * Why a webhook request was refused. Nothing of a refused request is stored.
 *
 * @since 0.1.0
 */
public enum Rejection {
    /** There is no signature header. */
    SIGNATURE_MISSING(400),
    /** The signature header is not of the provider's form. */
    SIGNATURE_MALFORMED(400),
    /** No signature matches: wrong secret or changed body. */
    SIGNATURE_MISMATCH(400),
    /** Signed too long ago or in the future. */
    TIMESTAMP_OUTSIDE_TOLERANCE(400),
    /** The body is larger than {@link WebhookRequest#MAX_BODY_BYTES}. */
    BODY_TOO_LARGE(413),
    /** The body is signed, but is no event. */
    BODY_MALFORMED(400),
    /** A live event at a test endpoint or the other way round. */
    WRONG_MODE(400);

    private final int httpStatus;

    Rejection(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    /** The HTTP status to answer. */
    public int httpStatus() {
        return httpStatus;
    }
}
