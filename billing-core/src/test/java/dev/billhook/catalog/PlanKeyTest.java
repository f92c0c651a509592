package dev.billhook.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form stands twice, as a pattern for people and by hand for speed. */
@DisplayName("B4 a plan key is what the pattern says that people are told")
class PlanKeyTest {
    private static final Pattern TOLD = told();
    private static final String ALLOWED = "abcmxyz0189._-";
    private static final String NEAR = "`{/:^,AZ\n\u0000 é٣\ud835";

    private static Pattern told() {
        String message = catchThrowableOfType(IllegalArgumentException.class, () -> PlanKey.of("No key"))
                .getMessage();
        Matcher form = Pattern.compile("it must match (\\S+)$").matcher(message);
        assertThat(form.find()).as(message).isTrue();
        return Pattern.compile(form.group(1));
    }

    @Test
    @DisplayName("B4 at each place, whatever the character")
    void everyCharacter() {
        for (int each = 0; each <= Character.MAX_VALUE; each++) {
            assertAsTold(Character.toString((char) each));
            assertAsTold("a" + (char) each);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    @DisplayName("B4 at any length, most of all near the longest")
    void anyLength(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            assertAsTold(key(random, random.nextInt(random.nextBoolean() ? 5 : 67)));
            assertAsTold(key(random, 62 + random.nextInt(5)));
        }
    }

    /** Every other has a character that may not stand where it stands, if any. */
    private static String key(Random random, int length) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < length; i++) {
            key.append(ALLOWED.charAt(random.nextInt(ALLOWED.length())));
        }
        if (length > 0 && random.nextBoolean()) {
            key.setCharAt(random.nextInt(length), NEAR.charAt(random.nextInt(NEAR.length())));
        }
        return key.toString();
    }

    private static void assertAsTold(String key) {
        assertThat(PlanKey.isValid(key))
                .as("'%s'", key)
                .isEqualTo(TOLD.matcher(key).matches());
    }
}
