package dev.billhook.internal.failure;

import java.util.Arrays;

/** Puts failures into words that can be stored. */
public final class Failures {
    private static final int LONGEST = 500;
    private static final int LONGEST_TRIMMED = 2000;
    private static final int DEEPEST = 4;
    private static final int FRAMES = 4;

    private Failures() {}

    /** Type and message in one line of at most 500 characters. */
    public static String oneLine(Throwable failure) {
        String line = failure.toString().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }

    /**
     * Type and message of a failure and its causes, each with the first frames of its stack, in at most 2000 characters.
     */
    public static String trimmed(Throwable failure) {
        StringBuilder text = new StringBuilder();
        Throwable each = failure;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            text.append(depth == 0 ? "" : "caused by ").append(oneLine(each)).append('\n');
            Arrays.stream(each.getStackTrace())
                    .limit(FRAMES)
                    .forEach(frame -> text.append("  at ").append(frame).append('\n'));
            each = each.getCause();
        }
        return text.length() <= LONGEST_TRIMMED ? text.toString().strip() : text.substring(0, LONGEST_TRIMMED);
    }
}
