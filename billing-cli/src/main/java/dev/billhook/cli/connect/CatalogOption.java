package dev.billhook.cli.connect;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.file.CatalogReader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is for sale, where that matters. */
public final class CatalogOption {
    @Option(
            names = "--catalog",
            paramLabel = "FILE",
            description =
                    "The catalog, YAML or JSON; needed where plans or features are given, or paid plans looked for.")
    private @Nullable Path file;

    /** Whether none is named. */
    public boolean isMissing() {
        return file == null;
    }

    /** The catalog; an empty one if none is named. */
    public Catalog read() {
        return file == null ? Catalog.of(List.of()) : CatalogReader.read(file);
    }
}
