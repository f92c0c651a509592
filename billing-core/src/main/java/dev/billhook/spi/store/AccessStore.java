package dev.billhook.spi.store;

import dev.billhook.account.AccountRef;
import dev.billhook.entitlement.AccessFacts;
import dev.billhook.entitlement.claim.Claim;
import dev.billhook.grant.Grant;
import java.util.List;
import java.util.Optional;

/**
 * What access follows from.
 *
 * @since 0.1.0
 */
public interface AccessStore {
    /**
     * What a question about access reads: the claims of everything the account has or had, in {@link Claim#ORDER their order};
     * one round trip, no transaction needed. They are always those of the {@link #facts facts}.
     */
    List<Claim> claims(AccountRef account);

    /** Everything of the account, newest first; one round trip, no transaction needed. */
    AccessFacts facts(AccountRef account);

    /**
     * Adds a grant.
     *
     * @return false if there is one of its id already; then nothing changes
     */
    boolean insertIfAbsent(Grant grant);

    /** A grant of the account. */
    Optional<Grant> findGrant(AccountRef account, String grantId);

    /**
     * Writes that a grant was taken back.
     *
     * @param grant as it shall be
     * @return false if it was taken back already; then nothing changes
     */
    boolean revoke(Grant grant);
}
