package dev.billhook.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.file.CatalogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The samples of README and docs")
class DocumentSamplesTest {
    /** What a sample of a catalog leaves out because it is about something else. */
    private static final String PRO = "products: {pro: {name: Pro, tier: 20}}\n";

    private static final String PRO_AND_TEAM = """
            products: {pro: {name: Pro, tier: 20}, team: {name: Team, tier: 30}}
            plans:
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}}
              pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 290}}}
              team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: 12}}}
              team-yearly: {product: team, interval: year, pricing: {per_unit: {usd: 120}}}
            """;

    @TempDir
    private static Path classes;

    @Test
    @DisplayName("in Java compile, as a host would write them")
    void javaSamples() throws IOException {
        List<Sample> samples = Sample.all("java").stream()
                // Spring Security is the host's, and none of this module's libraries.
                .filter(sample -> !sample.text().contains("HttpSecurity"))
                .toList();

        assertThat(samples).hasSizeGreaterThan(30);
        assertThat(SampleCompiler.complaints(samples, classes)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @DisplayName("of catalogs are read without an error")
    void catalogs(Sample sample) {
        List<String> sections = sample.text().lines().toList();
        String left = sections.contains("products:") ? "" : sections.contains("plans:") ? PRO : PRO_AND_TEAM;

        Catalog catalog = CatalogReader.readYaml(left + sample.text());

        assertThat(catalog.plans()).isNotEmpty();
    }

    static Stream<Sample> catalogs() throws IOException {
        return Sample.all("yaml").stream();
    }
}
