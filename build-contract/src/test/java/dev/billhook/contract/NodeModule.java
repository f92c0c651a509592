package dev.billhook.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

/** This module with its npm packages installed; tests that need them are skipped, with the reason, where that is impossible. */
final class NodeModule {
    static final Path FOLDER = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    private NodeModule() {}

    static NodeTools tools() throws IOException {
        NodeTools tools = new NodeTools(FOLDER);
        String missing = tools.missing();
        assumeTrue(missing == null, () -> "skipped: " + missing);
        return tools;
    }
}
