package dev.billhook.cli.shell;

import picocli.CommandLine.Option;

/** Why something is given up. */
public final class ReasonOption {
    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "For whoever asks later; no personal data.")
    private String reason = "";

    /** Why. */
    public String reason() {
        return reason;
    }
}
