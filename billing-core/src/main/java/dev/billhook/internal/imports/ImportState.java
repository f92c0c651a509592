package dev.billhook.internal.imports;

import dev.billhook.imports.ImportConflict;
import dev.billhook.imports.ImportEffect;
import dev.billhook.imports.ImportStep;
import dev.billhook.imports.ImportTotals;
import dev.billhook.internal.pace.Counts;
import dev.billhook.spi.store.CursorStore;
import java.util.Optional;

/** How far an import got, kept so that one whose process died can go on. Used by one thread. */
final class ImportState {
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
                Counts.write(totals.effects()),
                Counts.write(totals.conflicts()));
    }

    private void read(String saved) {
        String[] parts = saved.split(" ", -1);
        line = Long.parseLong(parts[0]);
        totals = new ImportTotals(
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Counts.read(ImportEffect.class, parts[3]),
                Counts.read(ImportConflict.class, parts[4]));
    }
}
