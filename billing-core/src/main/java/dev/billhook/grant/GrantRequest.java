package dev.billhook.grant;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gives access to an account. Immutable.
 *
 * @param account who gets it
 * @param what what it gives
 * @param from when it begins (UTC), or null for now
 * @param until when it ends (UTC), or null for never
 * @param by whoever gives it, in the host's terms
 * @param reason why
 * @param key the same key gives once, however often it is asked for
 * @since 0.1.0
 */
public record GrantRequest(
        AccountRef account,
        Grant.What what,
        @Nullable Instant from,
        @Nullable Instant until,
        String by,
        String reason,
        RequestKey key) {
    /** Everything a plan gives, one unit, from now on and for ever. */
    public static GrantRequest ofPlan(AccountRef account, PlanKey plan, String by, String reason) {
        return of(account, new Grant.What.OfPlan(plan, 1), by, reason);
    }

    /** One feature, from now on and for ever. */
    public static GrantRequest ofFeature(AccountRef account, String feature, String by, String reason) {
        return of(account, new Grant.What.OfFeature(feature), by, reason);
    }

    private static GrantRequest of(AccountRef account, Grant.What what, String by, String reason) {
        return new GrantRequest(account, what, null, null, by, reason, RequestKey.random());
    }

    /**
     * The same with another number of units.
     *
     * @throws IllegalStateException if it gives no plan
     */
    public GrantRequest units(long units) {
        if (!(what instanceof Grant.What.OfPlan plan)) {
            throw new IllegalStateException("Only a plan is given in units");
        }
        return new GrantRequest(account, new Grant.What.OfPlan(plan.plan(), units), from, until, by, reason, key);
    }

    /** The same from an instant on. */
    public GrantRequest from(Instant begin) {
        return new GrantRequest(account, what, begin, until, by, reason, key);
    }

    /** The same up to an instant. */
    public GrantRequest until(Instant end) {
        return new GrantRequest(account, what, from, end, by, reason, key);
    }

    /** The same under a key of the host's. */
    public GrantRequest key(RequestKey newKey) {
        return new GrantRequest(account, what, from, until, by, reason, newKey);
    }
}
