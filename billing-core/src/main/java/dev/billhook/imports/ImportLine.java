package dev.billhook.imports;

/**
 * A line of what is imported.
 *
 * @since 0.1.0
 */
public sealed interface ImportLine permits ImportRow, ImportLine.Unreadable {
    /** Where it stands, counted from 1; grows from line to line. */
    long line();

    /**
     * One that cannot be understood.
     *
     * @param problem what is wrong with it, without personal data
     */
    record Unreadable(long line, String problem) implements ImportLine {}
}
