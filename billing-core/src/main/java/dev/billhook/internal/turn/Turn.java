package dev.billhook.internal.turn;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A turn that was taken: only its holder notes changes, and who lost it notes nothing any more. */
public final class Turn {
    private final TurnNotes notes;
    private final AccountRef account;
    private final String holder;
    private final @Nullable PendingChange leftBehind;

    Turn(TurnNotes notes, AccountRef account, String holder, @Nullable PendingChange leftBehind) {
        this.notes = notes;
        this.account = account;
        this.holder = holder;
        this.leftBehind = leftBehind;
    }

    /** What the former holder left under way, if it is not so old that no request of it can be on its way any more. */
    public Optional<PendingChange> leftBehind(Instant oldest) {
        return Optional.ofNullable(leftBehind).filter(change -> change.notedAt().isAfter(oldest));
    }

    /** Whether the command of the key was carried out. */
    public boolean carriedOut(@Nullable RequestKey key) {
        return key != null && notes.carriedOut(command(key));
    }

    /**
     * Notes a change before it is sent.
     *
     * @throws TurnLost if somebody else has taken the turn meanwhile; nothing was sent, so all can begin again
     */
    public void begin(PendingChange change) {
        if (!notes.replace(account, holder, note -> note.with(change))) {
            throw new TurnLost();
        }
    }

    /**
     * Makes sure that the turn was not lost, before something is sent that cannot be noted.
     *
     * @throws TurnLost if somebody else has it
     */
    public void confirm() {
        if (!notes.replace(account, holder, note -> note.with(null))) {
            throw new TurnLost();
        }
    }

    /**
     * Makes sure that the turn was not lost, before something is sent that has nothing to do with a change that was left behind:
     * whoever comes next makes up for that.
     *
     * @throws TurnLost if somebody else has it
     */
    public void keep() {
        if (!notes.replace(account, holder, UnaryOperator.identity())) {
            throw new TurnLost();
        }
    }

    /** Notes that the outcome of the change under way is known. Who has taken the turn meanwhile finds that out himself. */
    public void settle(PendingChange change, boolean made) {
        if (made && change.command() != null) {
            notes.remember(change.command());
        }
        notes.replace(account, holder, note -> note.with(null));
    }

    /** Notes, before anything is sent, that the command of the key is tried: whether it was carried out may never be told. */
    public void attempt(RequestKey key) {
        notes.remember(attempted(key));
    }

    /** Whether the command of the key was tried before. */
    public boolean wasAttempted(RequestKey key) {
        return notes.carriedOut(attempted(key));
    }

    private String attempted(RequestKey key) {
        return RequestKey.derived("attempt", account, key.value()).value();
    }

    /** Notes that the command of the key was carried out. */
    public void done(@Nullable RequestKey key) {
        if (key != null) {
            notes.remember(command(key));
        }
    }

    /** The name the command of the key is remembered by. */
    public String command(RequestKey key) {
        return RequestKey.derived("command", account, key.value()).value();
    }

    void end() {
        notes.replace(account, holder, note -> note.heldBy(null, Instant.EPOCH));
    }
}
