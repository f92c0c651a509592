package dev.billhook.internal.turn;

import dev.billhook.RequestKey;
import dev.billhook.subscription.Timing;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is noted of an account's turns.
 *
 * @param holder who has the turn, or null
 * @param until when the holder is taken for dead
 * @param pending the change under way, or null
 */
record TurnNote(
        @Nullable String holder, Instant until, @Nullable PendingChange pending) {
    static final TurnNote EMPTY = new TurnNote(null, Instant.EPOCH, null);

    private static final String NONE = "-";

    boolean heldAt(Instant now) {
        return holder != null && until.isAfter(now);
    }

    boolean isEmpty() {
        return holder == null && pending == null;
    }

    TurnNote heldBy(@Nullable String newHolder, Instant newUntil) {
        return new TurnNote(newHolder, newUntil, pending);
    }

    TurnNote with(@Nullable PendingChange change) {
        return new TurnNote(holder, until, change);
    }

    /** A line for the holder and one for the change. */
    String write() {
        String turn = holder == null ? NONE : holder + " " + until.toEpochMilli();
        String change = pending == null
                ? NONE
                : String.join(
                        " ",
                        pending.key().value(),
                        pending.subscriptionId(),
                        pending.itemId(),
                        Long.toString(pending.quantity()),
                        pending.timing().name(),
                        Long.toString(pending.notedAt().toEpochMilli()),
                        Objects.requireNonNullElse(pending.command(), NONE));
        return turn + "\n" + change;
    }

    static TurnNote read(String text) {
        String[] lines = text.split("\n", -1);
        String[] turn = lines[0].split(" ", -1);
        boolean held = !NONE.equals(lines[0]);
        return new TurnNote(
                held ? turn[0] : null,
                held ? Instant.ofEpochMilli(Long.parseLong(turn[1])) : Instant.EPOCH,
                NONE.equals(lines[1]) ? null : readChange(lines[1].split(" ", -1)));
    }

    private static PendingChange readChange(String[] words) {
        return new PendingChange(
                new RequestKey(words[0]),
                words[1],
                words[2],
                Long.parseLong(words[3]),
                Timing.valueOf(words[4]),
                Instant.ofEpochMilli(Long.parseLong(words[5])),
                NONE.equals(words[6]) ? null : words[6]);
    }
}
