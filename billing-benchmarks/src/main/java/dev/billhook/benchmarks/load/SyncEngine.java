package dev.billhook.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Stripe's sync engine, run by Node: {@code npm install @supabase/stripe-sync-engine stripe} in a folder, which
 * {@code -Dbillhook.load.engine} names.
 */
final class SyncEngine {
    private static final String FOLDER = System.getProperty("billhook.load.engine");

    private SyncEngine() {}

    /** Starts it, if the harness was told where it is. */
    static Optional<Child> start(String jdbcUrl) throws IOException {
        if (FOLDER == null) {
            return Optional.empty();
        }
        Path script = Files.createTempFile("sync-engine", ".cjs");
        script.toFile().deleteOnExit();
        try (InputStream source = SyncEngine.class.getResourceAsStream("sync-engine.cjs")) {
            Files.copy(Objects.requireNonNull(source), script, StandardCopyOption.REPLACE_EXISTING);
        }
        return Optional.of(new Child(List.of("node", script.toString(), FOLDER, urlForNode(jdbcUrl))));
    }

    /** The user stands before the host instead of behind the database. */
    private static String urlForNode(String jdbcUrl) {
        return jdbcUrl.replaceFirst("jdbc:postgresql://([^?]*)\\?user=(\\w+).*", "postgres://$2@$1");
    }
}
