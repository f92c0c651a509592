package dev.billhook.grant;

import dev.billhook.account.AccountRef;
import java.util.List;

/**
 * Gives access that is not bought, and takes it back. Nothing of it is told to the provider. Thread-safe.
 *
 * @since 0.1.0
 */
public interface GrantService {
    /**
     * Gives. Repeating a request with the same key answers the first one's grant.
     *
     * @throws dev.billhook.NotFoundException if the account was not registered or the catalog has no such plan
     * @throws IllegalArgumentException if it ends before it begins, the plan does not come in that many units, no product of the
     *     catalog has the feature, or nobody or no reason is named
     */
    Grant give(GrantRequest request);

    /**
     * Takes a grant back, from now on. One that was taken back stays as it is.
     *
     * @param grantId the grant's own id
     * @param by whoever does it, in the host's terms
     * @param reason why
     * @throws dev.billhook.NotFoundException if the account has no such grant
     */
    Grant revoke(AccountRef account, String grantId, String by, String reason);

    /** All grants of an account, also those that ended or were taken back, newest first. */
    List<Grant> list(AccountRef account);
}
