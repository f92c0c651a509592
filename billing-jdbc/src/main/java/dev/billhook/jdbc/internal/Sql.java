package dev.billhook.jdbc.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement with named parameters such as {@code :account_id}; immutable.
 *
 * @param text the statement with a question mark for each parameter
 * @param names the parameters' names in the order of the question marks
 */
public record Sql(String text, List<String> names) {
    private static final Pattern PARAMETER = Pattern.compile(":([a-z][a-z_]*)");

    /** Copies the names. */
    public Sql {
        names = List.copyOf(names);
    }

    /** Reads a statement; it has no colon but those of its parameters. */
    public static Sql of(String statement) {
        List<String> names = new ArrayList<>();
        Matcher matcher = PARAMETER.matcher(statement);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return new Sql(matcher.replaceAll("?"), names);
    }

    /** This statement followed by a clause without parameters. */
    public Sql and(String clause) {
        return new Sql(text + clause, names);
    }
}
