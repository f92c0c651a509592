package dev.billhook.jdbc.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement with named parameters such as {@code :account_id}; immutable. A list of values is written {@code in (:ids)} or
 * {@code not in (:ids)}.
 *
 * @param text the statement with a question mark for each parameter
 * @param arrayText the same with an array in place of each list, so that the number of values does not change the text
 * @param names the parameters' names in the order of the question marks
 */
public record Sql(String text, String arrayText, List<String> names) {
    private static final Pattern PARAMETER = Pattern.compile(":([a-z][a-z_]*)");

    /** A query of its own hides how long the array is: PostgreSQL would plan the statement anew for each short one. */
    private static final String ARRAY = "(cast((select cast(? as text[])) as text[]))";

    /** Copies the names. */
    public Sql {
        names = List.copyOf(names);
    }

    /** A statement without lists. */
    Sql(String text, List<String> names) {
        this(text, text, names);
    }

    /** Reads a statement; it has no colon but those of its parameters. */
    public static Sql of(String statement) {
        List<String> names = new ArrayList<>();
        Matcher matcher = PARAMETER.matcher(statement);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        String text = matcher.replaceAll("?");
        String arrayText = text.replace(" not in (?)", " <> all" + ARRAY).replace(" in (?)", " = any" + ARRAY);
        return new Sql(text, arrayText, names);
    }

    /** This statement followed by a clause without parameters. */
    public Sql and(String clause) {
        return new Sql(text + clause, arrayText + clause, names);
    }

    /** This statement followed by another part. */
    public Sql and(Sql part) {
        List<String> all = new ArrayList<>(names);
        all.addAll(part.names);
        return new Sql(text + part.text, arrayText + part.arrayText, all);
    }

    /**
     * The text with as many question marks for a list as are asked for.
     *
     * @param sizes number of values by name; 1 for names that are not there
     */
    String expanded(Map<String, Integer> sizes) {
        if (sizes.isEmpty()) {
            return text;
        }
        String[] parts = text.split("\\?", -1);
        StringBuilder longer = new StringBuilder(parts[0]);
        for (int i = 0; i < names.size(); i++) {
            int count = sizes.getOrDefault(names.get(i), 1);
            longer.append(String.join(", ", Collections.nCopies(count, "?"))).append(parts[i + 1]);
        }
        return longer.toString();
    }
}
