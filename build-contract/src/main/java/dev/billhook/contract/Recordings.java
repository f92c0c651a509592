package dev.billhook.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * What the tests of one build recorded.
 *
 * @param files one for each JVM that ran tests
 */
record Recordings(List<Path> files) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The recordings in a folder; older ones belong to an earlier build. */
    static Recordings since(Instant since, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return new Recordings(List.of());
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new Recordings(files.filter(file -> file.toString().endsWith(".jsonl"))
                    .filter(file -> !modified(file).isBefore(since))
                    .sorted()
                    .toList());
        }
    }

    /** Hands over each recorded line with the module it comes from. */
    void forEach(BiConsumer<String, JsonNode> action) throws IOException {
        for (Path file : files) {
            String module = file.getFileName().toString().replaceAll("(-\\d+)*\\.jsonl$", "");
            for (String line : Files.readAllLines(file)) {
                action.accept(module, JSON.readTree(line));
            }
        }
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
