package dev.billhook.internal.pace;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts by kind as a word, to be kept with how far a job got. */
public final class Counts {
    private static final String NONE = "-";

    private Counts() {}

    /** The counts as a word without blanks. */
    public static <E extends Enum<E>> String write(Map<E, Long> counts) {
        return counts.isEmpty()
                ? NONE
                : counts.entrySet().stream()
                        .map(each -> each.getKey().name() + ":" + each.getValue())
                        .collect(Collectors.joining(","));
    }

    /** Reads what {@link #write} wrote. */
    public static <E extends Enum<E>> Map<E, Long> read(Class<E> type, String written) {
        Map<E, Long> counts = new EnumMap<>(type);
        if (!NONE.equals(written)) {
            for (String each : written.split(",", -1)) {
                int colon = each.indexOf(':');
                counts.put(Enum.valueOf(type, each.substring(0, colon)), Long.parseLong(each.substring(colon + 1)));
            }
        }
        return counts;
    }
}
