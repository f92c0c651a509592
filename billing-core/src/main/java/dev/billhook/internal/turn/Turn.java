package dev.billhook.internal.turn;

import dev.billhook.RequestKey;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A turn that was taken: only its holder notes changes, and who lost it notes nothing any more. */
public final class Turn {
    private final Notes notes;
    private final String holder;
    private final TurnNote begun;

    Turn(Notes notes, String holder, TurnNote begun) {
        this.notes = notes;
        this.holder = holder;
        this.begun = begun;
    }

    /** The account's notes, as they are changed under its row lock. */
    @FunctionalInterface
    interface Notes {
        /** Replaces the note if it is the holder's; false, and no change, if it is somebody else's. */
        boolean replace(String holder, UnaryOperator<TurnNote> change);
    }

    /** What the former holder left under way, if it is not so old that no request of it can be on its way any more. */
    public Optional<PendingChange> leftBehind(Instant oldest) {
        return Optional.ofNullable(begun.pending())
                .filter(change -> change.notedAt().isAfter(oldest));
    }

    /** Whether the command of the key was carried out lately. */
    public boolean carriedOut(@Nullable RequestKey key) {
        return key != null && begun.done().contains(commandOf(key));
    }

    /**
     * Notes a change before it is sent.
     *
     * @throws TurnLost if somebody else has taken the turn meanwhile; nothing was sent, so all can begin again
     */
    public void begin(PendingChange change) {
        if (!notes.replace(holder, note -> note.with(change))) {
            throw new TurnLost();
        }
    }

    /**
     * Makes sure that the turn was not lost, before something is sent that cannot be noted.
     *
     * @throws TurnLost if somebody else has it
     */
    public void confirm() {
        if (!notes.replace(holder, note -> note)) {
            throw new TurnLost();
        }
    }

    /** Notes that the outcome of the change under way is known. Who has taken the turn meanwhile finds that out himself. */
    public void settle(PendingChange change, boolean made) {
        String command = change.command();
        notes.replace(holder, note -> {
            TurnNote settled = note.with(null);
            return made && command != null ? settled.having(command) : settled;
        });
    }

    /** Notes that the command of the key was carried out. */
    public void done(@Nullable RequestKey key) {
        if (key != null) {
            notes.replace(holder, note -> note.having(commandOf(key)));
        }
    }

    /** The name a command is remembered by. */
    public static @Nullable String command(@Nullable RequestKey key) {
        return key == null ? null : commandOf(key);
    }

    void end() {
        notes.replace(holder, note -> note.heldBy(null, Instant.EPOCH));
    }

    private static String commandOf(RequestKey key) {
        return RequestKey.derived("c", key.value()).value();
    }
}
