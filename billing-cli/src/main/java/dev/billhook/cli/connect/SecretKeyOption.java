package dev.billhook.cli.connect;

import dev.billhook.cli.shell.SecretFile;
import dev.billhook.cli.shell.Shell;
import dev.billhook.cli.shell.UsageException;
import dev.billhook.webhook.endpoint.SecretKeys;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What secrets in the database are kept under. Never an argument: every user of the machine can read those. */
public final class SecretKeyOption {
    private static final String VARIABLE = "BILLHOOK_SECRET_KEYS";

    @Option(
            names = "--secret-keys-file",
            paramLabel = "FILE",
            description =
                    "File whose only line is the key secrets are kept under, 32 bytes in base64; several with commas"
                            + " between, the present one first. Without it: variable " + VARIABLE + ", or no key.")
    private @Nullable Path file;

    /**
     * The keys; none if nobody tells one.
     *
     * @throws UsageException if one is no key
     */
    public SecretKeys read(Shell shell) {
        Optional<String> keys =
                file == null ? shell.variable(VARIABLE) : Optional.of(SecretFile.read(file, "--secret-keys-file"));
        try {
            return keys.map(text -> SecretKeys.of(text.split(",", -1))).orElseGet(SecretKeys::none);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }
}
