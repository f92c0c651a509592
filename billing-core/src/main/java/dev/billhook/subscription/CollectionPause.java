package dev.billhook.subscription;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * That invoices are made but not collected. The subscription goes on meanwhile; what its account may do is for the access
 * policy to say. Source: Stripe, "Pause payment collection".
 *
 * @param behavior what happens to the invoices that are made meanwhile
 * @param resumesAt when collection goes on by itself (UTC, whole seconds), or null if somebody has to resume it
 * @since 0.1.0
 */
public record CollectionPause(Behavior behavior, @Nullable Instant resumesAt) {
    /** With this behaviour until somebody resumes it. */
    public static CollectionPause with(Behavior behavior) {
        return new CollectionPause(behavior, null);
    }

    /** The same until then. */
    public CollectionPause until(Instant end) {
        return new CollectionPause(behavior, Objects.requireNonNull(end));
    }

    /** What happens to invoices that are made meanwhile. */
    public enum Behavior {
        /** They stay drafts, to be collected later: for services that are paid for afterwards. */
        KEEP_AS_DRAFT,
        /** They are final, and given up: for services that go on for free, as a bad debt. */
        MARK_UNCOLLECTIBLE,
        /** They are taken back: for services that are not given meanwhile. */
        VOID;

        /** Reads the provider's spelling, e.g. {@code keep_as_draft}; anything else counts as {@link #KEEP_AS_DRAFT}. */
        public static Behavior ofWire(@Nullable String wire) {
            for (Behavior behavior : values()) {
                if (behavior.name().toLowerCase(Locale.ROOT).equals(wire)) {
                    return behavior;
                }
            }
            return KEEP_AS_DRAFT;
        }
    }
}
