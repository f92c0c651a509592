package dev.billhook.spi.store.notice;

import dev.billhook.account.AccountRef;
import dev.billhook.notice.Told;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When accounts are to be looked at next, and what they were told. Accounts nothing is to be told of in time have no row.
 *
 * @since 0.1.0
 */
public interface NoticeStore {
    /** Has accounts looked at no later than given: a look that is earlier stays, and what was told stays. */
    void mark(List<Mark> marks);

    /** Notes that the provider reminded of something: the account is looked at now, in no earlier time than the provider's. */
    void remind(AccountRef account, Instant now, Instant providerTime);

    /** Accounts whose look is due, the longest due first. */
    List<AccountRef> due(Instant now, int max);

    /** What is known of the account. */
    Optional<Agenda> find(AccountRef account);

    /** Writes what is known of the account. Call it only with the account's row locked. */
    void save(AccountRef account, Agenda agenda);

    /** Forgets the account. Call it only with the account's row locked. */
    void remove(AccountRef account);

    /**
     * An account to look at.
     *
     * @param lookAt when (UTC)
     * @param told what it counts as having been told if nothing is known of it yet; null to leave it alone then
     */
    record Mark(
            AccountRef account, Instant lookAt, @Nullable Told told) {}

    /**
     * What is known of an account.
     *
     * @param lookAt when it is to be looked at next (UTC), or null if never
     * @param remindedAt the provider's time of its last reminder (UTC), or null if there was none
     * @param told what it was told
     */
    record Agenda(@Nullable Instant lookAt, @Nullable Instant remindedAt, Told told) {
        /** Of an account nothing is known of. */
        public static final Agenda NOTHING = new Agenda(null, null, Told.NOTHING);
    }
}
