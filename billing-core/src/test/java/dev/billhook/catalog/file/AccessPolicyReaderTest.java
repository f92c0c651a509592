package dev.billhook.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.billhook.catalog.CatalogException;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.AccessPolicy.Meaning;
import dev.billhook.entitlement.AccessPolicy.Situation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("D2 the access policy stands in the catalog file")
class AccessPolicyReaderTest {
    private static final String CATALOG = """
            products:
              pro: {name: Pro, tier: 20}
            plans:
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29.00}}}
              pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 290.00}}}
            """;

    @Test
    @DisplayName("D2 everything a policy says can be written, on top of a preset")
    void whole() {
        AccessPolicy policy = read("""
                access:
                  preset: lenient
                  grace: 7d
                  grace_of: {pro-yearly: 45d, pro-monthly: 36h}
                  read_only: 60d
                  meanings: {first_payment_open: full, unpaid: nothing, grace_over: grace, collection_paused: read_only}
                """);

        assertThat(policy.grace()).isEqualTo(Duration.ofDays(7));
        assertThat(policy.graceOf())
                .isEqualTo(Map.of(
                        PlanKey.of("pro-yearly"),
                        Duration.ofDays(45),
                        PlanKey.of("pro-monthly"),
                        Duration.ofHours(36)));
        assertThat(policy.readOnly()).isEqualTo(Duration.ofDays(60));
        assertThat(policy.meanings())
                .isEqualTo(Map.of(
                        Situation.FIRST_PAYMENT_OPEN, Meaning.FULL,
                        Situation.UNPAID, Meaning.NOTHING,
                        Situation.GRACE_OVER, Meaning.GRACE,
                        Situation.TRIAL_WITHOUT_PAYMENT_METHOD, Meaning.READ_ONLY,
                        Situation.COLLECTION_PAUSED, Meaning.READ_ONLY));
    }

    @Test
    @DisplayName("D2 what is not said is as in the preset, and the preset is the standard one if none is named")
    void presets() {
        assertThat(AccessPolicyReader.readYaml(CATALOG)).isEqualTo(AccessPolicy.STANDARD);
        assertThat(read("access: {}")).isEqualTo(AccessPolicy.STANDARD);
        assertThat(read("access: {preset: standard}")).isEqualTo(AccessPolicy.STANDARD);
        assertThat(read("access: {preset: strict}")).isEqualTo(AccessPolicy.STRICT);
        assertThat(read("access: {preset: lenient}")).isEqualTo(AccessPolicy.LENIENT);
        assertThat(read("access: {preset: strict, read_only: forever}"))
                .isEqualTo(AccessPolicy.STRICT.withReadOnly(null));
        assertThat(read("access: {grace: 0d}")).isEqualTo(AccessPolicy.STANDARD.withGrace(Duration.ZERO));
    }

    @Test
    @DisplayName("D2 it is read from a file, and the catalog of the same file is none the wiser")
    void file(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("billhook.yaml"), CATALOG + "access: {grace: 3d}\n");

        assertThat(AccessPolicyReader.read(file).grace()).isEqualTo(Duration.ofDays(3));
        assertThat(CatalogReader.read(file).plans()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            grace: 14                    | access.grace: '14' is no time; write days like 14d or hours like 36h
            grace: two weeks             | access.grace: 'two weeks' is no time; write days like 14d or hours like 36h
            grace: -1d                   | access.grace: '-1d' is no time; write days like 14d or hours like 36h
            grace: [14d]                 | access.grace: expected a text, found a list
            graec: 14d                   | access.graec: unknown key; did you mean 'grace'?
            grace_of: {pro: 14d}         | "access.grace_of.pro: is not known; there is pro-monthly, pro-yearly"
            grace_of: {pro-yearly: soon} | access.grace_of.pro-yearly: 'soon' is no time; write days like 14d or hours like 36h
            read_only: never             | access.read_only: 'never' is no time; write days like 14d or hours like 36h
            preset: strickt              | access.preset: 'strickt' is not known; did you mean 'strict'?
            meanings: {unpaid: free}     | "access.meanings.unpaid: 'free' is not known; there is nothing, read_only, grace, full"
            meanings: {late: full}       | "access.meanings.late: is not known; there is first_payment_open, grace_over, unpaid, trial_without_payment_method, collection_paused"
            """)
    @DisplayName("D2 each error names its path and what to write, also to whoever reads the catalog only")
    void errors(String entry, String error) {
        String broken = CATALOG + "access:\n  " + entry + "\n";

        assertThat(catchThrowableOfType(CatalogException.class, () -> AccessPolicyReader.readYaml(broken))
                        .errors())
                .containsExactly(error);
        assertThat(catchThrowableOfType(CatalogException.class, () -> CatalogReader.readYaml(broken))
                        .errors())
                .containsExactly(error);
    }

    @Test
    @DisplayName("D2 each error also names its line, in the order of the file, as every error of a catalog does")
    void lines() {
        String broken = CATALOG.replace("29.00", "29.001") + """
                access:
                  grace_of:
                    pro-yearly: 45d
                    pro-weekly: 45d
                  meanings: {unpaid: free}
                  read_only: 60
                """;

        CatalogException e = catchThrowableOfType(CatalogException.class, () -> AccessPolicyReader.readYaml(broken));

        assertThat(e.errorsWithLines())
                .satisfiesExactly(
                        price -> assertThat(price).startsWith("line 4: plans.pro-monthly.pricing.flat.usd: "),
                        plan -> assertThat(plan).startsWith("line 9: access.grace_of.pro-weekly: is not known"),
                        meaning -> assertThat(meaning).startsWith("line 10: access.meanings.unpaid: 'free'"),
                        time -> assertThat(time).startsWith("line 11: access.read_only: '60' is no time"));
        assertThat(e).hasMessageContaining("\n  line 11: access.read_only: ");
    }

    @Test
    @DisplayName("C1 what is wrong with the file as a whole is told without a line, and a broken syntax once")
    void noLine() {
        assertThat(linesOf("")).containsExactly("is empty");
        assertThat(linesOf("a: b: c")).containsExactly("line 1, column 5: mapping values are not allowed here");
        assertThat(linesOf(CATALOG + "access: {grace: 14d}\naccess: {}\n"))
                .containsExactly("line 7: access: stands here twice");
        assertThat(linesOf(CATALOG + "---\n")).singleElement().asString().startsWith("line 7: a second document");
    }

    private static List<String> linesOf(String broken) {
        return catchThrowableOfType(CatalogException.class, () -> AccessPolicyReader.readYaml(broken))
                .errorsWithLines();
    }

    private static AccessPolicy read(String section) {
        return AccessPolicyReader.readYaml(CATALOG + section);
    }
}
