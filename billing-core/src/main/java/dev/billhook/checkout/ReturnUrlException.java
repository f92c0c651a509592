package dev.billhook.checkout;

import dev.billhook.RefusedException;

/**
 * A hosted page was to send the browser to an address it may not be sent to. The message names neither path nor query.
 *
 * @since 0.1.0
 */
public final class ReturnUrlException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param problem which address, and why not
     * @param remedy what to do instead
     */
    public ReturnUrlException(Reason reason, String problem, String remedy) {
        super(problem, remedy);
        this.reason = reason;
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /** Why a browser is not sent to an address. */
    public enum Reason {
        /** It is relative, or of another scheme than http and https. */
        NOT_ABSOLUTE,
        /** It has characters that are read in different ways. */
        CHARACTERS,
        /** It has user info before the host. */
        USER_INFO,
        /** It has no host, or host or port are read in different ways. */
        HOST,
        /** It is not encrypted and leads to another machine. */
        NOT_SECURE,
        /** Its origin is not on the host's list. */
        ORIGIN_NOT_LISTED
    }
}
