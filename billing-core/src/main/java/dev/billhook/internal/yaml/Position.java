package dev.billhook.internal.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import java.util.Comparator;

/** A place in a document, counted from 1. */
record Position(int line, int column) implements Comparable<Position> {
    static final Position START = new Position(1, 1);

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
