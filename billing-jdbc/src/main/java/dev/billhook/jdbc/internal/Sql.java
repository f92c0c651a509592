package dev.billhook.jdbc.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

    /** This statement followed by another part. */
    public Sql and(Sql part) {
        List<String> all = new ArrayList<>(names);
        all.addAll(part.names);
        return new Sql(text + part.text, all);
    }

    /**
     * This statement with as many question marks for a parameter as are asked for, as in {@code in (:ids)}.
     *
     * @param counts number of values by name; 1 for names that are not there
     */
    Sql expanded(Map<String, Integer> counts) {
        if (counts.isEmpty()) {
            return this;
        }
        String[] parts = text.split("\\?", -1);
        StringBuilder longer = new StringBuilder(parts[0]);
        for (int i = 0; i < names.size(); i++) {
            int count = counts.getOrDefault(names.get(i), 1);
            longer.append(String.join(", ", Collections.nCopies(count, "?"))).append(parts[i + 1]);
        }
        return new Sql(longer.toString(), names);
    }
}
