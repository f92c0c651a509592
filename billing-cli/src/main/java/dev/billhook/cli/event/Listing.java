package dev.billhook.cli.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.cli.shell.Shell;
import dev.billhook.cli.shell.UsageException;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** How a list is written. */
final class Listing {
    static final int MOST = 1000;

    @Option(
            names = "--limit",
            defaultValue = "50",
            paramLabel = "N",
            description = "How many at most, to " + MOST + "; ${DEFAULT-VALUE} unless told.")
    private int limit = 50;

    @Option(names = "--json", description = "Write one JSON object a line and nothing else.")
    private boolean json;

    /**
     * How many at most.
     *
     * @throws UsageException if that is out of its range
     */
    int limit() {
        if (limit < 1 || limit > MOST) {
            throw new UsageException("--limit is 1 to " + MOST);
        }
        return limit;
    }

    /** Writes a line for each, and one with the sums for people. */
    <T> void write(Shell shell, List<T> listed, Function<T, String> line, Function<T, ObjectNode> object, String sums) {
        listed.forEach(each -> shell.say(json ? object.apply(each).toString() : line.apply(each)));
        if (!json) {
            shell.say(sums);
        }
    }

    static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
