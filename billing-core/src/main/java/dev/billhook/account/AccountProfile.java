package dev.billhook.account;

import org.jspecify.annotations.Nullable;

/**
 * What the host tells the payment provider about an account; pre-fills Checkout.
 *
 * @param email address for receipts, or null
 * @param name display name on invoices, or null
 * @since 0.1.0
 */
public record AccountProfile(
        @Nullable String email, @Nullable String name) {
    private static final AccountProfile EMPTY = new AccountProfile(null, null);

    /** A profile that tells nothing. */
    public static AccountProfile empty() {
        return EMPTY;
    }

    /** A profile with an e-mail address only. */
    public static AccountProfile ofEmail(String email) {
        return new AccountProfile(email, null);
    }

    /** Personal data stays out of logs: tells only what is present. */
    @Override
    public String toString() {
        return "AccountProfile[email=" + (email == null ? "none" : "present") + ", name="
                + (name == null ? "none" : "present") + "]";
    }
}
