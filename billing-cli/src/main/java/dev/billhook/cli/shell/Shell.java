package dev.billhook.cli.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a command talks through.
 *
 * @param out results
 * @param err failures
 * @param in answers to questions
 * @param environment the environment's variables
 */
public record Shell(PrintWriter out, PrintWriter err, BufferedReader in, Map<String, String> environment) {
    private static final Set<String> YES = Set.of("y", "yes");

    /** Copies the variables. */
    public Shell {
        environment = Map.copyOf(environment);
    }

    /** Writes a line of the result. */
    public void say(String line) {
        out.println(line);
    }

    /** The value of a variable, if it is set and not blank. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Asks a question; anything but {@code y} or {@code yes}, and the end of the input, means no. */
    public boolean confirms(String question) {
        out.print(question + " [y/N] ");
        out.flush();
        try {
            String answer = in.readLine();
            return answer != null && YES.contains(answer.strip().toLowerCase(Locale.ROOT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
