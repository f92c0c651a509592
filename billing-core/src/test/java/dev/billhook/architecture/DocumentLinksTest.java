package dev.billhook.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Every relative link of the documents leads somewhere")
class DocumentLinksTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules");
    private static final Pattern FENCE = Pattern.compile("(?s)```.*?```");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    @DisplayName("A file is there, and an anchor is a heading of it")
    void linksResolve(Path document) throws IOException {
        assertThat(links(document).filter(link -> !resolves(document, link)).toList())
                .as("links of %s that lead nowhere", document)
                .isEmpty();
    }

    @Test
    @DisplayName("Headings are found as a browser finds them, also where two are the same")
    void anchors() {
        assertThat(anchors("# Who's `first`?\n## Notes\n```\n# no heading\n```\n## Notes"))
                .containsExactlyInAnyOrder("whos-first", "notes", "notes-1");
    }

    static List<Path> documents() throws IOException {
        try (Stream<Path> all = Files.walk(ROOT)) {
            List<Path> documents = all.filter(file -> file.toString().endsWith(".md"))
                    .map(ROOT::relativize)
                    .filter(DocumentLinksTest::ours)
                    .sorted()
                    .toList();
            assertThat(documents).contains(Path.of("README.md")).hasSizeGreaterThan(30);
            return documents;
        }
    }

    private static boolean ours(Path document) {
        for (Path part : document) {
            if (NOT_OURS.contains(part.toString()) || part.toString().startsWith(".")) {
                return false;
            }
        }
        return true;
    }

    private static Stream<String> links(Path document) throws IOException {
        String prose =
                CODE.matcher(prose(Files.readString(ROOT.resolve(document)))).replaceAll("");
        return LINK.matcher(prose).results().map(found -> found.group(1)).filter(link -> !link.matches("[a-z]+:.*"));
    }

    private static boolean resolves(Path document, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? ROOT.resolve(document)
                : ROOT.resolve(document).resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        try {
            return parts.length == 1 || anchors(Files.readString(target)).contains(parts[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The anchors of a document's headings: lower case, no punctuation, numbered where one comes again. */
    private static Set<String> anchors(String text) {
        Map<String, Integer> times = new HashMap<>();
        return HEADING.matcher(prose(text))
                .results()
                .map(DocumentLinksTest::anchor)
                .map(anchor -> {
                    int before = times.merge(anchor, 1, Integer::sum) - 1;
                    return before == 0 ? anchor : anchor + "-" + before;
                })
                .collect(Collectors.toSet());
    }

    private static String anchor(MatchResult heading) {
        return heading.group(1)
                .strip()
                .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                .replace(' ', '-');
    }

    private static String prose(String text) {
        return FENCE.matcher(text).replaceAll("");
    }
}
