package dev.billhook.internal.imports;

import dev.billhook.imports.ImportConflict;
import dev.billhook.imports.ImportEffect;
import dev.billhook.imports.ImportStep;
import dev.billhook.imports.ImportTotals;
import dev.billhook.spi.store.CursorStore;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How far an import got, kept so that one whose process died can go on. Used by one thread. */
final class ImportState {
    private static final String NOTHING = "-";
    private static final int ROWS_BETWEEN_SAVES = 100;

    private final CursorStore cursors;
    private final String cursor;
    private final boolean resumed;
    private long line;
    private int unsaved;
    private ImportTotals totals = ImportTotals.NONE;

    ImportState(CursorStore cursors, String name) {
        this.cursors = cursors;
        this.cursor = cursor(name);
        Optional<String> saved = cursors.find(cursor);
        this.resumed = saved.isPresent();
        saved.ifPresent(this::read);
    }

    static String cursor(String name) {
        return "import." + name;
    }

    boolean resumed() {
        return resumed;
    }

    /** Whether a run before has done the line. */
    boolean past(long other) {
        return other <= line;
    }

    ImportTotals totals() {
        return totals;
    }

    /** A line is done; what had an effect is noted at once, so that it is counted as done and not as unchanged. */
    void done(ImportStep step) {
        line = step.line();
        totals = totals.plus(step);
        unsaved++;
        if (!step.effects().isEmpty() || unsaved >= ROWS_BETWEEN_SAVES) {
            cursors.save(cursor, write());
            unsaved = 0;
        }
    }

    void finished() {
        cursors.remove(cursor);
    }

    private String write() {
        return String.join(
                " ",
                Long.toString(line),
                Long.toString(totals.rows()),
                Long.toString(totals.unchanged()),
                write(totals.effects()),
                write(totals.conflicts()));
    }

    private void read(String saved) {
        String[] parts = saved.split(" ", -1);
        line = Long.parseLong(parts[0]);
        totals = new ImportTotals(
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                read(ImportEffect.class, parts[3]),
                read(ImportConflict.class, parts[4]));
    }

    private static <E extends Enum<E>> String write(Map<E, Long> counts) {
        return counts.isEmpty()
                ? NOTHING
                : counts.entrySet().stream()
                        .map(each -> each.getKey().name() + ":" + each.getValue())
                        .collect(Collectors.joining(","));
    }

    private static <E extends Enum<E>> Map<E, Long> read(Class<E> type, String written) {
        Map<E, Long> counts = new EnumMap<>(type);
        if (!NOTHING.equals(written)) {
            for (String each : written.split(",", -1)) {
                int colon = each.indexOf(':');
                counts.put(Enum.valueOf(type, each.substring(0, colon)), Long.parseLong(each.substring(colon + 1)));
            }
        }
        return counts;
    }
}
