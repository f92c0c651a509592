package dev.billhook.trial;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What tells that somebody had a trial, hashed, so that it tells nothing else.
 *
 * @param kind what was hashed
 * @param hash SHA-256 in 64 hexadecimal digits
 * @since 0.1.0
 */
public record TrialMark(TrialPolicy.Per kind, String hash) {
    /** The mark of an e-mail address; see {@link EmailForm}. */
    public static TrialMark ofEmail(String email) {
        return of(TrialPolicy.Per.EMAIL, EmailForm.of(email));
    }

    /** The mark of a domain, in whatever case it is written. */
    public static TrialMark ofDomain(String domain) {
        return of(TrialPolicy.Per.DOMAIN, EmailForm.lower(domain));
    }

    /** The mark of a card. */
    public static TrialMark ofCard(String fingerprint) {
        return of(TrialPolicy.Per.CARD, fingerprint);
    }

    private static TrialMark of(TrialPolicy.Per kind, String value) {
        try {
            byte[] text = ("billhook trial " + kind + " " + value).getBytes(StandardCharsets.UTF_8);
            return new TrialMark(
                    kind,
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
