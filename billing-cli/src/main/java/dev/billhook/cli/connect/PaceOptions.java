package dev.billhook.cli.connect;

import dev.billhook.cli.shell.UsageException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How fast to go through everything, and how much of it to tell. */
public final class PaceOptions {
    private static final int DEFAULT_SHOWN = 1000;

    @Option(
            names = "--pause",
            defaultValue = "100",
            paramLabel = "MS",
            description = "Milliseconds between two calls to Stripe; ${DEFAULT-VALUE} unless told.")
    private long pause = 100;

    @Option(
            names = "--show",
            defaultValue = "" + DEFAULT_SHOWN,
            paramLabel = "N",
            description = "How many to tell one by one; all are counted.")
    private int show = DEFAULT_SHOWN;

    /**
     * Time between two calls.
     *
     * @throws UsageException if an option is negative
     */
    public Duration pause() {
        check();
        return Duration.ofMillis(pause);
    }

    /**
     * How many to tell.
     *
     * @throws UsageException if an option is negative
     */
    public int show() {
        check();
        return show;
    }

    private void check() {
        if (pause < 0 || show < 0) {
            throw new UsageException("--pause and --show are not negative");
        }
    }
}
