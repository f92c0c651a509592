package dev.billhook.internal.support;

import dev.billhook.support.SupportRequest;
import dev.billhook.support.SupportSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells whether a request is the help desk's: signed over its very bytes, or with a token. Compares in constant time. */
final class Credentials {
    private static final String ALGORITHM = "HmacSHA1";

    private final List<SecretKeySpec> secrets;
    private final List<byte[]> tokens;

    Credentials(SupportSettings settings) {
        this.secrets = settings.secrets().stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
        this.tokens = settings.tokens().stream()
                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    boolean accept(SupportRequest request) {
        boolean accepted = false;
        String signature = request.signature();
        if (signature != null) {
            byte[] given = signature.strip().getBytes(StandardCharsets.UTF_8);
            byte[] body = request.body();
            for (SecretKeySpec secret : secrets) {
                accepted |= MessageDigest.isEqual(sign(secret, body), given);
            }
        }
        String token = request.token();
        if (token != null) {
            byte[] given = token.getBytes(StandardCharsets.UTF_8);
            for (byte[] known : tokens) {
                accepted |= MessageDigest.isEqual(known, given);
            }
        }
        return accepted;
    }

    private static byte[] sign(SecretKeySpec secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return Base64.getEncoder().encode(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + ALGORITHM, e);
        }
    }
}
