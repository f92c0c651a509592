package dev.billhook.simulator.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The colours of the pages")
final class PaletteTest {
    private static final Pattern ROOT = Pattern.compile(":root \\{(.*?)}", Pattern.DOTALL);
    private static final Pattern COLOUR = Pattern.compile("--([a-z-]+): (#[0-9a-f]{6});");

    private final String styles = read();
    private final Map<String, String> light = new HashMap<>();
    private final Map<String, String> dark = new HashMap<>();

    PaletteTest() {
        Matcher roots = ROOT.matcher(styles);
        assertThat(roots.find()).isTrue();
        fill(light, roots.group(1));
        dark.putAll(light);
        assertThat(roots.find()).isTrue();
        fill(dark, roots.group(1));
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        "ink, paper, 4.5",
        "ink, soft, 4.5",
        "ink, raised, 4.5",
        "ink, accent-soft, 4.5",
        "muted, paper, 4.5",
        "muted, soft, 4.5",
        "accent, paper, 4.5",
        "accent, soft, 4.5",
        "accent-strong, paper, 4.5",
        "accent-strong, soft, 4.5",
        "on-accent, accent, 4.5",
        "on-accent, accent-strong, 4.5",
        "on-danger, danger, 4.5",
        "on-danger, danger-strong, 4.5",
        "bad, paper, 4.5",
        "bad, bad-soft, 4.5",
        "good, good-soft, 4.5",
        "warn, warn-soft, 4.5",
        "info, info-soft, 4.5",
        "plain, plain-soft, 4.5",
        "on-deep, deep, 4.5",
        "deep-muted, deep, 4.5",
        "on-banner, banner, 4.5",
        "on-code, code, 4.5",
        "edge, paper, 3",
        "focus, paper, 3",
        "focus, soft, 3",
        "deep-focus, deep, 3",
        "deep-mark, deep, 3"
    })
    @DisplayName("text is told from its ground by 4.5 to 1, the edge of a field by 3 to 1, by day and by night")
    void contrasts(String text, String ground, double least) {
        assertThat(contrast(light, text, ground)).as("by day").isGreaterThanOrEqualTo(least);
        assertThat(contrast(dark, text, ground)).as("by night").isGreaterThanOrEqualTo(least);
    }

    @Test
    @DisplayName("there are no others than those of the palette")
    void isComplete() {
        assertThat(ROOT.matcher(styles).replaceAll("")).doesNotContainPattern("#[0-9a-fA-F]{3,8}\\b");
        Matcher used = Pattern.compile("var\\(--([a-z-]+)\\)").matcher(styles);
        while (used.find()) {
            assertThat(light.containsKey(used.group(1)) || used.group(1).matches("radius|shadow"))
                    .as(used.group())
                    .isTrue();
        }
    }

    private static void fill(Map<String, String> colours, String block) {
        Matcher matcher = COLOUR.matcher(block);
        while (matcher.find()) {
            colours.put(matcher.group(1), matcher.group(2));
        }
    }

    /** The ratio of WCAG 2.2. */
    private static double contrast(Map<String, String> colours, String one, String other) {
        double first = luminance(Objects.requireNonNull(colours.get(one), one));
        double second = luminance(Objects.requireNonNull(colours.get(other), other));
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int channel) {
        double share = (channel & 0xff) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static String read() {
        try (InputStream in = Objects.requireNonNull(AssetPage.class.getResourceAsStream("page.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
