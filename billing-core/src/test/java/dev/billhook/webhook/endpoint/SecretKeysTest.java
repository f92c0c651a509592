package dev.billhook.webhook.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.BillingException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D7 Secrets in the database")
class SecretKeysTest {
    private static final String SECRET = "whsec_nobody-sees-this";
    private static final String PRESENT = key(1);
    private static final String FORMER = key(2);

    private static String key(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    @DisplayName("D7 what is sealed opens with the key and says nothing without it, and never looks the same twice")
    void sealed() {
        SecretKeys keys = SecretKeys.of(PRESENT);
        Set<String> seals = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String sealed = keys.seal(SECRET, "one");
            assertThat(sealed).doesNotContain("whsec").hasSizeLessThan(500);
            assertThat(keys.open(sealed, "one")).isEqualTo(SECRET);
            seals.add(sealed);
        }
        assertThat(seals).hasSize(100);
    }

    @Test
    @DisplayName("D7 a key is replaced by another before it: the new one seals, both open")
    void rotation() {
        String before = SecretKeys.of(FORMER).seal(SECRET, "one");
        SecretKeys both = SecretKeys.of(PRESENT, FORMER);

        assertThat(both.open(before, "one")).isEqualTo(SECRET);
        assertThat(SecretKeys.of(PRESENT).open(both.seal(SECRET, "one"), "one")).isEqualTo(SECRET);
        assertThatExceptionOfType(BillingException.class)
                .isThrownBy(() -> SecretKeys.of(PRESENT).open(before, "one"))
                .withMessageContaining("give the key it was sealed with");
        assertThatExceptionOfType(BillingException.class)
                .isThrownBy(() -> SecretKeys.none().open(before, "one"))
                .withMessageContaining("None of the 0 keys");
    }

    @Test
    @DisplayName("D7 a secret that was moved to another endpoint, or changed in a single bit, does not open")
    void tampered() {
        SecretKeys keys = SecretKeys.of(PRESENT);
        String sealed = keys.seal(SECRET, "one");
        assertThatExceptionOfType(BillingException.class).isThrownBy(() -> keys.open(sealed, "another"));

        byte[] bytes = Base64.getDecoder().decode(sealed);
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertThatExceptionOfType(BillingException.class)
                    .isThrownBy(() -> keys.open(Base64.getEncoder().encodeToString(changed), "one"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "c2hvcnQ=", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB", "not base64 !"})
    @DisplayName("D7 what is no key is refused with the way to make one, and is not quoted")
    void noKey(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretKeys.of(text))
                .withMessageContaining("openssl rand -base64 32")
                .satisfies(refused -> {
                    assertThat(refused.getMessage().contains(text) && !text.isEmpty())
                            .isFalse();
                    assertThat(refused).hasNoCause();
                });
    }

    @Test
    @DisplayName("D7 keys and secrets tell nothing of themselves")
    void hidden() {
        assertThat(SecretKeys.of(PRESENT, FORMER)).hasToString("SecretKeys[2]");
        assertThat(new SigningSecret(SECRET))
                .hasToString("SigningSecret[hidden]")
                .isEqualTo(new SigningSecret(SECRET));
        assertThat(new SigningSecret(SECRET).reveal()).isEqualTo(SECRET);
    }
}
