package dev.billhook.webhook.endpoint;

import dev.billhook.BillingException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The host's keys for secrets in the database, AES-256 in Galois/Counter Mode. The first one seals; all of them open, so that a key
 * is replaced by putting another before it. What was sealed for one endpoint opens for no other. Thread-safe; tells no key.
 *
 * @since 0.1.0
 */
public final class SecretKeys {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String ALGORITHM = "AES/GCM/NoPadding";

    private final List<SecretKeySpec> keys;
    private final SecureRandom random = new SecureRandom();

    private SecretKeys(List<SecretKeySpec> keys) {
        this.keys = keys;
    }

    /**
     * The keys, the present one first.
     *
     * @param keys each 32 bytes in base64, as {@code openssl rand -base64 32} makes them; none means that nothing can be kept
     * @throws IllegalArgumentException if one is none; the message does not quote it
     */
    public static SecretKeys of(Collection<String> keys) {
        return new SecretKeys(keys.stream().map(SecretKeys::key).toList());
    }

    /** The same. */
    public static SecretKeys of(String... keys) {
        return of(Arrays.asList(keys));
    }

    /** Without any key nothing is kept. */
    public static SecretKeys none() {
        return of(List.of());
    }

    /** Whether there is no key. */
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Tells how many there are. */
    @Override
    public String toString() {
        return "SecretKeys[" + keys.size() + "]";
    }

    /**
     * Seals a secret.
     *
     * @param purpose what it is sealed for; needed again to open it
     * @throws IllegalStateException if there is no key
     */
    public String seal(String secret, String purpose) {
        if (keys.isEmpty()) {
            throw new IllegalStateException("Without a key nothing can be sealed");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, purpose);
            byte[] sealed = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + ALGORITHM, e);
        }
    }

    /**
     * Opens what was sealed for the purpose.
     *
     * @throws BillingException if no key opens it
     */
    public String open(String sealed, String purpose) {
        byte[] bytes = Base64.getDecoder().decode(sealed);
        return keys.stream()
                .flatMap(key -> opened(key, bytes, purpose).stream())
                .findFirst()
                .orElseThrow(() -> new BillingException("None of the " + keys.size() + " keys opens the secret for "
                        + purpose
                        + "; give the key it was sealed with, too, after the present one, or rotate the secret"));
    }

    private static Optional<String> opened(SecretKeySpec key, byte[] bytes, String purpose) {
        byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
        try {
            byte[] secret = cipher(Cipher.DECRYPT_MODE, key, nonce, purpose)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return Optional.of(new String(secret, StandardCharsets.UTF_8));
        } catch (AEADBadTagException sealedWithAnother) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + ALGORITHM, e);
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String purpose)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static SecretKeySpec key(String text) {
        byte[] bytes = new byte[0];
        try {
            bytes = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException noBase64) {
            // The decoder's message quotes the key, so it is not passed on.
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "A key for secrets is 32 bytes in base64; make one with: openssl rand -base64 32");
        }
        return new SecretKeySpec(bytes, "AES");
    }
}
