package dev.billhook.simulator.event.version;

import java.util.List;

/**
 * What a version of the API changed of one type of object, and how to undo it.
 *
 * @param version that made the change
 */
record Change(String version, String object, List<Step> steps) {
    static Change of(String version, String object, Step... steps) {
        return new Change(version, object, List.of(steps));
    }

    /** Whether clients of this version do not know the change yet; versions begin with their date. */
    boolean isUnknownTo(String earlier) {
        return earlier.substring(0, 10).compareTo(version.substring(0, 10)) < 0;
    }
}
