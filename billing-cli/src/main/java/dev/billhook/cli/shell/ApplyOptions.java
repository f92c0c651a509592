package dev.billhook.cli.shell;

import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Whether something is done or only told, and whom the outcome is written for. */
public final class ApplyOptions {
    @Option(names = "--apply", description = "Do it; without it is only told what would be done.")
    private boolean apply;

    @Option(names = "--json", description = "Write the outcome as one JSON object.")
    private boolean json;

    /** Whether it is done. */
    public boolean apply() {
        return apply;
    }

    /** Whether a program reads it. */
    public boolean json() {
        return json;
    }

    /** Writes the outcome for whoever reads it. */
    public void write(Shell shell, Supplier<?> object, Supplier<String> text) {
        shell.say(json ? object.get().toString() : text.get());
    }
}
