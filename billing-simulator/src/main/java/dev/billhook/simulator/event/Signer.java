package dev.billhook.simulator.event;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs payloads as Stripe does: HMAC-SHA256 over the time of signing, a dot and the payload. */
public final class Signer {
    private Signer() {}

    /** The value of the {@code Stripe-Signature} header. */
    public static String header(String payload, String secret, Instant now) {
        long seconds = now.getEpochSecond();
        return "t=" + seconds + ",v1=" + hmac(secret, seconds + "." + payload);
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
