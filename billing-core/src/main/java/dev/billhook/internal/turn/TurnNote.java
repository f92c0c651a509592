package dev.billhook.internal.turn;

import dev.billhook.RequestKey;
import dev.billhook.subscription.Timing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is noted of an account's turns.
 *
 * @param holder who has the turn, or null
 * @param until when the holder is taken for dead
 * @param pending the change under way, or null
 * @param done names of the commands that were carried out last, newest first
 */
record TurnNote(
        @Nullable String holder, Instant until, @Nullable PendingChange pending, List<String> done) {
    /** How many commands are remembered: what is repeated is repeated soon. */
    static final int REMEMBERED = 4;

    static final TurnNote EMPTY = new TurnNote(null, Instant.EPOCH, null, List.of());

    private static final String NONE = "-";

    TurnNote {
        done = List.copyOf(done);
    }

    boolean heldAt(Instant now) {
        return holder != null && until.isAfter(now);
    }

    boolean isEmpty() {
        return holder == null && pending == null && done.isEmpty();
    }

    TurnNote heldBy(@Nullable String newHolder, Instant newUntil) {
        return new TurnNote(newHolder, newUntil, pending, done);
    }

    TurnNote with(@Nullable PendingChange change) {
        return new TurnNote(holder, until, change, done);
    }

    TurnNote having(String command) {
        List<String> newest = new ArrayList<>(List.of(command));
        done.stream()
                .filter(other -> !other.equals(command))
                .limit(REMEMBERED - 1L)
                .forEach(newest::add);
        return new TurnNote(holder, until, pending, newest);
    }

    /** One line each for holder, change and commands. */
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
        return turn + "\n" + change + "\n" + String.join(" ", done);
    }

    static TurnNote read(String text) {
        String[] lines = text.split("\n", -1);
        String[] turn = lines[0].split(" ");
        return new TurnNote(
                NONE.equals(lines[0]) ? null : turn[0],
                NONE.equals(lines[0]) ? Instant.EPOCH : Instant.ofEpochMilli(Long.parseLong(turn[1])),
                NONE.equals(lines[1]) ? null : readChange(lines[1].split(" ")),
                lines[2].isEmpty() ? List.of() : List.of(lines[2].split(" ")));
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
