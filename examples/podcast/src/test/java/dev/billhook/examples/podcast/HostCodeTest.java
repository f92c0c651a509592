package dev.billhook.examples.podcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.file.CatalogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The host's code")
class HostCodeTest {
    private static final Path SOURCES = Path.of("src", "main");

    @Test
    @DisplayName("C21 names no plan and no product: it asks for features and limits")
    void namesNoPlan() throws IOException {
        Catalog catalog = CatalogReader.read(SOURCES.resolve(Path.of("resources", "billhook.yaml")));
        List<String> names = Stream.concat(
                        catalog.plans().stream().map(Plan::key).map(Object::toString),
                        catalog.products().stream().map(product -> product.key()))
                .map(name -> '"' + name + '"')
                .toList();
        try (Stream<Path> files = Files.walk(SOURCES.resolve("java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(names);
            }
        }
    }

    @Test
    @DisplayName("pages hold no script and load nothing from elsewhere")
    void noScript() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES.resolve(Path.of("resources", "templates")))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file).replace("http://www.thymeleaf.org", ""))
                        .as(file.toString())
                        .doesNotContain("<script", "http://", "https://", "style=", "onclick");
            }
        }
    }
}
