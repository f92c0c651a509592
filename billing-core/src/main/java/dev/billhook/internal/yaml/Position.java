package dev.billhook.internal.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import java.util.Comparator;

/** A place in a document, counted from 1. */
public record Position(int line, int column) implements Comparable<Position> {
    /** The place of what is wrong with the document as a whole. */
    static final Position NOWHERE = new Position(0, 0);

    static Position of(JsonLocation location) {
        return new Position(location.getLineNr(), location.getColumnNr());
    }

    @Override
    public int compareTo(Position other) {
        return Comparator.comparingInt(Position::line)
                .thenComparingInt(Position::column)
                .compare(this, other);
    }
}
