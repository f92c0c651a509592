package dev.billhook.entitlement;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Limit;
import dev.billhook.catalog.PlanKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an account may do at one instant. Immutable.
 *
 * @param account whose
 * @param state in one word
 * @param plans the plans that give the access, or gave it last
 * @param features keys of the features available now; empty unless the state is {@link AccessState#full() full}
 * @param limits allowances now, units already multiplied; absent means zero
 * @param sources where the access comes from; empty if there is none
 * @param reason why it is so
 * @param nextStep what the account should be asked to do
 * @param validUntil first instant (UTC) at which the answer may be another without any change at the provider, or null if
 *     there is none
 * @param onDenial what happens to what is not allowed; {@link OnDenial#DENY} where access is enforced
 * @since 0.1.0
 */
public record Entitlements(
        AccountRef account,
        AccessState state,
        List<PlanKey> plans,
        Set<String> features,
        Map<String, Limit> limits,
        List<AccessSource> sources,
        AccessReason reason,
        NextStep nextStep,
        @Nullable Instant validUntil,
        OnDenial onDenial) {
    /** What is told to be denied where an account may not change anything. */
    public static final String WRITING = "(writing)";

    /** What is told to be denied where an account may not look at anything. */
    public static final String READING = "(reading)";

    /** Copies the collections. */
    public Entitlements {
        plans = List.copyOf(plans);
        features = Set.copyOf(features);
        limits = Map.copyOf(limits);
        sources = List.copyOf(sources);
    }

    /** An answer that is enforced. */
    public Entitlements(
            AccountRef account,
            AccessState state,
            List<PlanKey> plans,
            Set<String> features,
            Map<String, Limit> limits,
            List<AccessSource> sources,
            AccessReason reason,
            NextStep nextStep,
            @Nullable Instant validUntil) {
        this(account, state, plans, features, limits, sources, reason, nextStep, validUntil, OnDenial.DENY);
    }

    /** The same answer where something else happens to what it does not allow. */
    public Entitlements with(OnDenial other) {
        return other == onDenial
                ? this
                : new Entitlements(
                        account, state, plans, features, limits, sources, reason, nextStep, validUntil, other);
    }

    /** Whether this answer counts: not so in shadow mode, and where billing is switched off. */
    public boolean enforced() {
        return onDenial == OnDenial.DENY;
    }

    /** The answer as it would be if it counted; state, plans, features, limits and reason are the same in both. */
    public Entitlements computed() {
        return with(OnDenial.DENY);
    }

    /** Whether the feature is available now. */
    public boolean allows(String feature) {
        return features.contains(feature) || onDenial.letsThrough(this, feature);
    }

    /** Whether everything of the plan works: the account may create and change. */
    public boolean writable() {
        return state.full() || onDenial.letsThrough(this, WRITING);
    }

    /** Whether the account may look at its data. */
    public boolean readable() {
        return state.readable() || onDenial.letsThrough(this, READING);
    }

    /**
     * How much of a limit is left.
     *
     * @param used how much is used already
     * @return what is left, at least 0; {@link Long#MAX_VALUE} if there is no bound, or it does not count
     */
    public long remaining(String limit, long used) {
        long left = left(limit, used);
        return enforced() || (left == 0 && !onDenial.letsThrough(this, limit)) ? left : Long.MAX_VALUE;
    }

    /**
     * Passes only if the feature is available.
     *
     * @throws AccessDeniedException otherwise
     */
    public void require(String feature) {
        requirePassed(allows(feature), feature);
    }

    /**
     * Passes only if the account may create and change.
     *
     * @throws AccessDeniedException otherwise
     */
    public void requireWritable() {
        requirePassed(writable(), WRITING);
    }

    /**
     * Passes only if the account may look at its data.
     *
     * @throws AccessDeniedException otherwise
     */
    public void requireReadable() {
        requirePassed(readable(), READING);
    }

    /**
     * Passes only if so much more stays within a limit.
     *
     * @param used how much is used already
     * @param more how much would be used in addition, not negative
     * @throws AccessDeniedException otherwise
     */
    public void requireRoom(String limit, long used, long more) {
        requirePassed(left(limit, used) >= more || onDenial.letsThrough(this, limit), limit);
    }

    private long left(String limit, long used) {
        Limit allowance = limits.get(limit);
        Long value = allowance == null ? Long.valueOf(0) : allowance.value();
        return value == null ? Long.MAX_VALUE : Math.max(0, value - used);
    }

    private void requirePassed(boolean passed, String what) {
        if (!passed) {
            throw new AccessDeniedException(this, what);
        }
    }

    /** What happens to what an answer does not allow. Thread-safe and quick. */
    @FunctionalInterface
    public interface OnDenial {
        /** It is denied. */
        OnDenial DENY = (answer, what) -> false;

        /**
         * Something is asked for that the answer does not allow.
         *
         * @param what key of the feature or limit, or {@link #WRITING} or {@link #READING}
         * @return whether it is let through all the same
         */
        boolean letsThrough(Entitlements answer, String what);
    }
}
