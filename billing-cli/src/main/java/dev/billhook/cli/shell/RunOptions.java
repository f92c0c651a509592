package dev.billhook.cli.shell;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to go through many: told or done, and under which name, so that a run that failed can be gone on with. */
public final class RunOptions {
    @Mixin
    private ApplyOptions how = new ApplyOptions();

    @Option(
            names = "--name",
            defaultValue = "shell",
            paramLabel = "NAME",
            description = "Names the run, so that it can be gone on with; ${DEFAULT-VALUE} unless told.")
    private String name = "shell";

    /** The run's name. */
    public String name() {
        return name;
    }

    /** Whether it is done, and for whom it is written. */
    public ApplyOptions how() {
        return how;
    }
}
