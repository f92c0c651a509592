package dev.billhook.internal.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a document, so that one reading tells everything. Not thread-safe. */
public final class Problems {
    private final List<Problem> problems = new ArrayList<>();

    /** Notes a problem of the value at the path; an empty path is the document itself. */
    void add(Position position, String path, String message) {
        problems.add(new Problem(position, path.isEmpty() ? message : path + ": " + message));
    }

    /** Whether there is none. */
    public boolean none() {
        return problems.isEmpty();
    }

    /** The problems in the document's order. */
    public List<Problem> all() {
        return problems.stream().sorted(Comparator.comparing(Problem::position)).toList();
    }

    /** What is wrong with a value, and where it stands. */
    public record Problem(Position position, String text) {
        /** With the line in front, but for problems of the whole document and those that tell it themselves. */
        public String withLine() {
            return position.equals(Position.NOWHERE) ? text : "line " + position.line() + ": " + text;
        }
    }
}
