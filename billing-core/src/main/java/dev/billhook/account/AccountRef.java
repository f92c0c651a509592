package dev.billhook.account;

import java.util.regex.Pattern;

/**
 * Names whatever the host bills by the host's own key, e.g. {@code user:42} or {@code team:acme}.
 *
 * @param type the kind of thing billed: a lower-case letter, then letters, digits, {@code _} or {@code -}; at most 32
 *     characters
 * @param id the host's key, 1 to 190 characters without blanks or control characters
 * @since 0.1.0
 */
public record AccountRef(String type, String id) {
    /** The type of names under which deleted accounts are kept; no host uses it. */
    public static final String DELETED = "deleted";

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
    private static final Pattern ID = Pattern.compile("[\\p{Graph}]{1,190}");

    /**
     * @throws IllegalArgumentException if type or id are not of the form above
     */
    public AccountRef {
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException(
                    "Account type must match " + TYPE.pattern() + ", e.g. \"user\" or \"team\"");
        }
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("Account id must be 1 to 190 visible ASCII characters");
        }
    }

    /** An account of the given type and id. */
    public static AccountRef of(String type, String id) {
        return new AccountRef(type, id);
    }

    /**
     * Reads the form {@code type:id} that {@link #toString()} writes.
     *
     * @throws IllegalArgumentException if there is no colon or a part is malformed
     */
    public static AccountRef parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("An account reference has the form type:id");
        }
        return new AccountRef(text.substring(0, colon), text.substring(colon + 1));
    }

    /** Whether it is the name of an account that was deleted. */
    public boolean deleted() {
        return type.equals(DELETED);
    }

    /** {@code type:id}; {@link #parse} reads it back. */
    @Override
    public String toString() {
        return type + ":" + id;
    }
}
