package dev.billhook.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file whose only line is a secret; unlike an argument, other users of the machine do not see it. */
public final class SecretFile {
    private SecretFile() {}

    /**
     * Reads the secret.
     *
     * @param option names the file in the error
     * @throws UsageException if there is no such file or it does not hold exactly one line
     */
    public static String read(Path file, String option) {
        try {
            List<String> lines = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (lines.size() != 1) {
                throw new UsageException(option + " " + file + " must hold exactly one line, not " + lines.size());
            }
            return lines.get(0);
        } catch (IOException e) {
            throw new UsageException(option + " " + file + " cannot be read", e);
        }
    }
}
