package dev.billhook.mirror;

import dev.billhook.account.AccountRef;
import java.time.Instant;
import java.util.Objects;

/**
 * What the door takes.
 *
 * @since 0.1.0
 */
public sealed interface MirrorChange {
    /** The customer it is about. */
    String customerId();

    /**
     * The provider's state of an object.
     *
     * @param basis how it was learned
     */
    record State(Snapshot snapshot, Basis basis) implements MirrorChange {
        @Override
        public String customerId() {
            return snapshot.customerId();
        }
    }

    /**
     * Something happened.
     *
     * @param notice names its customer
     * @param occurredAt the provider's time of it (UTC, whole seconds)
     */
    record Noted(Notice notice, Instant occurredAt) implements MirrorChange {
        @Override
        public String customerId() {
            return Objects.requireNonNull(notice.customerId(), "the door takes notices of known customers");
        }
    }

    /** A customer belongs to an account, as a page the account was sent to told. */
    record Linked(String customerId, AccountRef account) implements MirrorChange {}
}
