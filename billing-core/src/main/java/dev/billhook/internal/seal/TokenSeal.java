package dev.billhook.internal.seal;

import dev.billhook.account.AccountRef;
import dev.billhook.spi.provider.PaymentProvider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/** Seals texts for an account: nobody can change one, make one up, or use it for another account. */
public final class TokenSeal {
    private static final int MARK = 32;

    private final PaymentProvider provider;
    private final String purpose;

    /**
     * Seals with the provider's key.
     *
     * @param purpose keeps tokens for different uses apart
     */
    public TokenSeal(PaymentProvider provider, String purpose) {
        this.provider = provider;
        this.purpose = purpose;
    }

    /**
     * A text that was sealed.
     *
     * @param mark short name of it that tells nothing of its content
     */
    public record Sealed(String text, String mark) {}

    /** The token: text and seal. */
    public String seal(AccountRef account, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return base64(content) + "." + base64(sign(account, content));
    }

    /** What was sealed for the account; empty if the token is anything else. */
    public Optional<Sealed> open(AccountRef account, String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        try {
            byte[] content = Base64.getUrlDecoder().decode(parts[0]);
            byte[] seal = Base64.getUrlDecoder().decode(parts[1]);
            return MessageDigest.isEqual(seal, sign(account, content))
                    ? Optional.of(new Sealed(
                            new String(content, StandardCharsets.UTF_8),
                            base64(seal).substring(0, MARK)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] sign(AccountRef account, byte[] content) {
        return provider.sign(purpose + " for " + account, content);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
