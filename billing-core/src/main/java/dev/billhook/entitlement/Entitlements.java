package dev.billhook.entitlement;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Limit;
import dev.billhook.catalog.PlanKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        @Nullable Instant validUntil) {

    /** Copies the collections. */
    public Entitlements {
        plans = List.copyOf(plans);
        features = Set.copyOf(features);
        limits = Map.copyOf(limits);
        sources = List.copyOf(sources);
    }

    /** Whether the feature is available now. */
    public boolean allows(String feature) {
        return features.contains(feature);
    }

    /** Whether everything of the plan works: the account may create and change. */
    public boolean writable() {
        return state.full();
    }

    /** Whether the account may look at its data. */
    public boolean readable() {
        return state.readable();
    }

    /**
     * How much of a limit is left.
     *
     * @param used how much is used already
     * @return what is left, at least 0; {@link Long#MAX_VALUE} if there is no bound
     */
    public long remaining(String limit, long used) {
        Limit allowance = limits.getOrDefault(limit, Limit.of(0));
        return Optional.ofNullable(allowance.value())
                .map(value -> Math.max(0, value - used))
                .orElse(Long.MAX_VALUE);
    }

    /**
     * Passes only if the feature is available.
     *
     * @throws AccessDeniedException otherwise
     */
    public void require(String feature) {
        if (!allows(feature)) {
            throw new AccessDeniedException(this, feature);
        }
    }
}
