package dev.billhook.internal.failure;

/** Puts failures into words that can be stored. */
public final class Failures {
    private static final int LONGEST = 500;

    private Failures() {}

    /** Type and message in one line of at most 500 characters. */
    public static String oneLine(Throwable failure) {
        String line = failure.toString().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }
}
