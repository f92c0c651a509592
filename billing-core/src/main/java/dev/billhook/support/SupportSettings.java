package dev.billhook.support;

import java.util.List;
import java.util.Locale;

/**
 * How a help desk is answered. Tells no secret.
 *
 * @param secrets secrets requests are signed with, HMAC-SHA1 in base64; several while one is replaced
 * @param tokens access tokens that do instead of a signature
 * @param refundPercent from which share of refunds on a customer is flagged, 1 to 100
 * @param referralKey name of the customer's metadata the referral code is in
 * @param locale how amounts are written
 * @since 0.1.0
 */
public record SupportSettings(
        List<String> secrets, List<String> tokens, int refundPercent, String referralKey, Locale locale) {
    /** The share unless told otherwise. */
    public static final int DEFAULT_REFUND_PERCENT = 30;

    /** Where the referral code is unless told otherwise. */
    public static final String DEFAULT_REFERRAL_KEY = "referral";

    private static final int SHORTEST = 16;

    /**
     * @throws IllegalArgumentException if a secret or token is too short to be one, or the share is out of its range; no message
     *     quotes a secret
     */
    public SupportSettings {
        secrets = checked("secret", secrets);
        tokens = checked("token", tokens);
        if (refundPercent < 1 || refundPercent > 100) {
            throw new IllegalArgumentException("The share of refunds is 1 to 100 percent, not " + refundPercent);
        }
    }

    /** Requests are signed with this secret. */
    public static SupportSettings signedWith(String... secrets) {
        return new SupportSettings(
                List.of(secrets), List.of(), DEFAULT_REFUND_PERCENT, DEFAULT_REFERRAL_KEY, Locale.ENGLISH);
    }

    /** Requests bear this token. */
    public static SupportSettings withToken(String token) {
        return new SupportSettings(
                List.of(), List.of(token), DEFAULT_REFUND_PERCENT, DEFAULT_REFERRAL_KEY, Locale.ENGLISH);
    }

    /** No request is answered. */
    public static SupportSettings none() {
        return signedWith();
    }

    /** Tells how many secrets there are. */
    @Override
    public String toString() {
        return "SupportSettings[secrets=" + secrets.size() + ", tokens=" + tokens.size() + "]";
    }

    private static List<String> checked(String what, List<String> given) {
        if (given.stream().anyMatch(each -> each.length() < SHORTEST)) {
            throw new IllegalArgumentException("A " + what + " for the help desk has at least " + SHORTEST
                    + " characters; make one with: openssl rand -hex 20");
        }
        return List.copyOf(given);
    }
}
