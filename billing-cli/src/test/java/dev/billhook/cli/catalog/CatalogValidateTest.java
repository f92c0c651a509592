package dev.billhook.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("catalog validate")
class CatalogValidateTest {
    private Path file;

    @BeforeEach
    void file(@TempDir Path folder) {
        file = folder.resolve("catalog.yaml");
    }

    @Test
    @DisplayName("D6 counts products and plans of a valid file and exits with 0")
    void valid() throws IOException {
        Files.writeString(file, CatalogFile.PRO_AND_TEAM);
        CliRun run = CliRun.of("catalog", "validate", file.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(file + ": valid, 2 products, 3 plans\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    @DisplayName("D6 tells every error with its line and path, and exits with 1")
    void invalid() throws IOException {
        Files.writeString(file, """
                products:
                  pro: {name: Pro, tier: 20}
                plans:
                  pro-monthly: {product: prO, interval: month, pricing: {flat: {usd: 29.005}}}
                  pro-yearly: {product: pro, interval: fortnight, pricing: {flat: {usd: 290.00}}}
                """);
        CliRun run = CliRun.of("catalog", "validate", file.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .hasSizeGreaterThanOrEqualTo(4)
                .anySatisfy(line -> assertThat(line).startsWith("line 4: plans.pro-monthly.product:"))
                .anySatisfy(line -> assertThat(line).startsWith("line 4: plans.pro-monthly.pricing.flat.usd:"))
                .anySatisfy(line -> assertThat(line).startsWith("line 5: plans.pro-yearly.interval:"))
                .last()
                .asString()
                .startsWith(file + ": ")
                .endsWith(" errors");
    }
}
