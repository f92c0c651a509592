package dev.billhook.imports;

import dev.billhook.account.AccountRef;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a row: effects, or a conflict, or neither if all was so already. Tells no address and no name.
 *
 * @param line where the row stands
 * @param account whose it is, or null if the line cannot be read
 * @param customerId the customer it is linked to or cannot be linked to, or null
 * @param effects what is done
 * @param conflict why nothing is done, or null
 * @param detail what is wrong with a line that cannot be read, or null
 * @since 0.1.0
 */
public record ImportStep(
        long line,
        @Nullable AccountRef account,
        @Nullable String customerId,
        Set<ImportEffect> effects,
        @Nullable ImportConflict conflict,
        @Nullable String detail) {
    /** Copies the effects; they are in the order in which they happen. */
    public ImportStep {
        Set<ImportEffect> ordered = EnumSet.noneOf(ImportEffect.class);
        ordered.addAll(effects);
        effects = Collections.unmodifiableSet(ordered);
    }

    /** One for which something is done, or nothing is left to do. */
    public static ImportStep done(ImportRow row, @Nullable String customerId, Set<ImportEffect> effects) {
        return new ImportStep(row.line(), row.account(), customerId, effects, null, null);
    }

    /** One for which nothing can be done. */
    public static ImportStep conflict(ImportRow row, @Nullable String customerId, ImportConflict why) {
        return new ImportStep(row.line(), row.account(), customerId, Set.of(), why, null);
    }

    /** One that cannot be read. */
    public static ImportStep unreadable(ImportLine.Unreadable line) {
        return new ImportStep(line.line(), null, null, Set.of(), ImportConflict.UNREADABLE, line.problem());
    }

    /** Whether there is anything to tell. */
    public boolean concerned() {
        return conflict != null || !effects.isEmpty();
    }

    /** The step for people, on one line. */
    @Override
    public String toString() {
        String who = "line " + line + "  " + (account == null ? "-" : account)
                + (customerId == null ? "" : "  " + customerId);
        if (conflict == null) {
            return who + "  " + (effects.isEmpty() ? "unchanged" : effects);
        }
        return who + "  " + conflict + ": " + (detail == null ? conflict.remedy() : detail);
    }
}
