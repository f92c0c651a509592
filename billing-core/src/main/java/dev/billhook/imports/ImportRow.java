package dev.billhook.imports;

import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user the host had before. Immutable.
 *
 * @param line where it stands, counted from 1
 * @param account the host's own key
 * @param profile e-mail and name; taken only for an account that is not registered yet
 * @param emailVerified whether the host has proof that the address belongs to this user. Only then is a customer looked for by it:
 *     whoever could put another one's address into the host's table would get his subscription
 * @param customerId the customer it has at the provider, or null if it has none or the address is to tell
 * @param grant access it is given, or null
 * @since 0.1.0
 */
public record ImportRow(
        long line,
        AccountRef account,
        AccountProfile profile,
        boolean emailVerified,
        @Nullable String customerId,
        @Nullable Given grant)
        implements ImportLine {
    /** A user of whom nothing else is known. */
    public static ImportRow of(long line, AccountRef account) {
        return new ImportRow(line, account, AccountProfile.empty(), false, null, null);
    }

    /** With what the host knows of the user; the address proves nothing. */
    public ImportRow profile(AccountProfile newProfile) {
        return new ImportRow(line, account, newProfile, emailVerified, customerId, grant);
    }

    /** With an address that belongs to the user for certain. */
    public ImportRow verifiedEmail(String email) {
        return new ImportRow(line, account, new AccountProfile(email, profile.name()), true, customerId, grant);
    }

    /** With the customer it has at the provider. */
    public ImportRow customer(@Nullable String id) {
        return new ImportRow(line, account, profile, emailVerified, id, grant);
    }

    /** With access it is given. */
    public ImportRow grant(@Nullable Given given) {
        return new ImportRow(line, account, profile, emailVerified, customerId, given);
    }

    /**
     * Access a user is given.
     *
     * @param plan the plan whose features and limits it gets
     * @param units how many of it
     * @param until when it ends (UTC), or null for never
     * @param reason why, or null for the import's own name
     */
    public record Given(
            PlanKey plan,
            long units,
            @Nullable Instant until,
            @Nullable String reason) {
        /** One unit of the plan, for ever. */
        public static Given of(PlanKey plan) {
            return new Given(plan, 1, null, null);
        }

        /** The same up to an instant. */
        public Given until(Instant end) {
            return new Given(plan, units, end, reason);
        }
    }
}
