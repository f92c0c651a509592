package dev.billhook.stripe.internal.webhook;

import dev.billhook.webhook.Rejection;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a body comes from Stripe: HMAC-SHA256 over {@code <t>.<body>} with one of the secrets, made not longer ago
 * than the tolerance and not further in the future either. Compares in constant time. Thread-safe.
 */
final class SignatureVerifier {
    private static final String ALGORITHM = "HmacSHA256";

    private final List<SecretKeySpec> secrets;
    private final Duration tolerance;
    private final InstantSource clock;

    SignatureVerifier(List<String> secrets, Duration tolerance, InstantSource clock) {
        if (tolerance.isZero() || tolerance.isNegative()) {
            throw new IllegalArgumentException("tolerance must be positive; without it old requests could be replayed");
        }
        this.secrets = secrets.stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /** Why the body is refused, or empty if it is Stripe's. */
    Optional<Refusal> check(byte[] body, @Nullable String header) {
        if (header == null || header.isBlank()) {
            return refuse(Rejection.SIGNATURE_MISSING, "The Stripe-Signature header is missing");
        }
        Optional<SignatureHeader> parsed = SignatureHeader.parse(header);
        if (parsed.isEmpty()) {
            return refuse(
                    Rejection.SIGNATURE_MALFORMED,
                    "The Stripe-Signature header is not of the form t=<seconds>,v1=<64 hex digits>");
        }
        if (!matches(parsed.get(), body)) {
            return refuse(
                    Rejection.SIGNATURE_MISMATCH,
                    "No signature matches: another endpoint's secret, or the body was changed on its way");
        }
        return withinTolerance(parsed.get().timestamp())
                ? Optional.empty()
                : refuse(
                        Rejection.TIMESTAMP_OUTSIDE_TOLERANCE,
                        "The signature's time is more than " + tolerance.toSeconds()
                                + " s away from now; check the clock or deliver the event again");
    }

    private boolean matches(SignatureHeader header, byte[] body) {
        boolean match = false;
        for (SecretKeySpec secret : secrets) {
            byte[] expected = sign(secret, header.timestampText(), body);
            for (byte[] given : header.signatures()) {
                match |= MessageDigest.isEqual(expected, given);
            }
        }
        return match;
    }

    private boolean withinTolerance(long timestamp) {
        Duration away = Duration.between(Instant.ofEpochSecond(timestamp), clock.instant())
                .abs();
        return away.compareTo(tolerance) <= 0;
    }

    private static byte[] sign(SecretKeySpec secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(timestamp.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) '.');
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + ALGORITHM, e);
        }
    }

    private static Optional<Refusal> refuse(Rejection reason, String detail) {
        return Optional.of(new Refusal(reason, detail));
    }

    /**
     * A refusal.
     *
     * @param reason why
     * @param detail one line for the sender
     */
    record Refusal(Rejection reason, String detail) {}
}
