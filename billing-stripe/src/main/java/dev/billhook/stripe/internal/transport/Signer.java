package dev.billhook.stripe.internal.transport;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs with keys derived from the API key, so that all processes have the same ones without being told. Thread-safe. */
public final class Signer {
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] apiKey;

    /** Signs with keys derived from the API key. */
    public Signer(String apiKey) {
        this.apiKey = apiKey.getBytes(StandardCharsets.UTF_8);
    }

    /** The content's HMAC-SHA256 with the purpose's own key. */
    public byte[] sign(String purpose, byte[] content) {
        return hmac(hmac(apiKey, ("billhook " + purpose).getBytes(StandardCharsets.UTF_8)), content);
    }

    private static byte[] hmac(byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
