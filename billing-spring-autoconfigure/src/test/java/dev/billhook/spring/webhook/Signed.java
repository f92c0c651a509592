package dev.billhook.spring.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A body and its signature header.
 *
 * @param header as Stripe documents it
 */
record Signed(byte[] body, String header) {
    /** A text, signed at that time. */
    static Signed of(String secret, String body, Instant at) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Signed(bytes, header(secret, bytes, at));
    }

    /** The header that proves the body. */
    static String header(String secret, byte[] body, Instant at) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
