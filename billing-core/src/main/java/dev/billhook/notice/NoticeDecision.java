package dev.billhook.notice;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a look at an account.
 *
 * @param due what is to be told now, in order
 * @param told what it will have been told then
 * @param lookAt when it is to be looked at again unless it changes before (UTC), or null if never
 * @since 0.1.0
 */
public record NoticeDecision(
        List<DueNotice> due, Told told, @Nullable Instant lookAt) {
    /** Copies the list. */
    public NoticeDecision {
        due = List.copyOf(due);
    }

    /** Whether nothing needs to be remembered. */
    public boolean forgettable() {
        return lookAt == null && told.equals(Told.NOTHING);
    }
}
