package dev.billhook.entitlement;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Limit;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.SourceRules.Judged;
import dev.billhook.entitlement.claim.Claim;
import dev.billhook.grant.Grant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The pure decision from an account's facts, catalog, policy and time to entitlements. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AccessRules {
    private final Catalog catalog;
    private final SourceRules sources;

    /** Rules for a catalog under a policy. */
    public AccessRules(Catalog catalog, AccessPolicy policy) {
        this.catalog = catalog;
        this.sources = new SourceRules(policy);
    }

    /** What the account may do at the given instant, from everything the mirror has of it. */
    public Entitlements decide(AccountRef account, AccessFacts facts, Instant now) {
        return decide(account, facts.claims(), now);
    }

    /**
     * What the account may do at the given instant. Of several sources the best state counts. Features are joined over all
     * that give full access; of each limit the greatest of any tier counts, and what add-ons allow comes on top of it.
     *
     * @param claims all of the account's, in {@link Claim#ORDER their order}
     */
    public Entitlements decide(AccountRef account, List<Claim> claims, Instant now) {
        List<Judged> judged = sources.judge(claims, now);
        AccessState best = best(judged);
        Set<PlanKey> plans = new LinkedHashSet<>();
        List<AccessSource> giving = new ArrayList<>(judged.size());
        Allowances allowances = new Allowances();
        Instant until = null;
        for (Judged one : judged) {
            boolean full = one.state().full();
            if (one.state() != AccessState.NONE) {
                giving.add(one.source());
                if (full || one.state() == best) {
                    one.lines().forEach(line -> plans.add(line.plan()));
                }
            }
            if (full) {
                allowances.add(one);
            }
            if (one.until() != null && (until == null || one.until().isBefore(until))) {
                until = one.until();
            }
        }
        return new Entitlements(
                account,
                best,
                List.copyOf(plans),
                allowances.features,
                allowances.limits(),
                giving,
                reason(best, judged),
                nextStep(best, judged),
                until);
    }

    private static AccessState best(List<Judged> judged) {
        AccessState best = AccessState.NONE;
        for (Judged one : judged) {
            if (one.state().compareTo(best) > 0 && !ofFeature(one)) {
                best = one.state();
            }
        }
        return best;
    }

    private static AccessReason reason(AccessState best, List<Judged> judged) {
        for (Judged one : judged) {
            if (one.state() == best && !ofFeature(one)) {
                return one.reason();
            }
        }
        return AccessReason.NOTHING_BOUGHT;
    }

    private static boolean ofFeature(Judged one) {
        return one.source() instanceof AccessSource.OfGrant grant && grant.what() instanceof Grant.What.OfFeature;
    }

    private static NextStep nextStep(AccessState state, List<Judged> judged) {
        return switch (state) {
            case ACTIVE, TRIALING -> NextStep.NOTHING;
            case GRACE -> NextStep.UPDATE_PAYMENT_METHOD;
            case NONE, CLOSED, READ_ONLY ->
                judged.stream().anyMatch(Judged::payable) ? NextStep.UPDATE_PAYMENT_METHOD : NextStep.CHOOSE_PLAN;
        };
    }

    /** What full sources allow together. */
    private final class Allowances {
        final Set<String> features = new HashSet<>();
        private final Map<String, Limit> ofTiers = new HashMap<>();
        private final Map<String, Limit> ofAddOns = new HashMap<>();

        void add(Judged one) {
            if (one.source() instanceof AccessSource.OfGrant grant
                    && grant.what() instanceof Grant.What.OfFeature feature) {
                features.add(feature.feature());
            }
            one.lines().forEach(line -> catalog.findPlan(line.plan()).ifPresent(plan -> add(line, plan)));
        }

        private void add(Claim.Line line, Plan plan) {
            String version =
                    Objects.requireNonNullElse(line.version(), plan.versions().sold());
            features.addAll(plan.featuresOf(version));
            plan.limitsOf(version).forEach((key, limit) -> {
                Limit counted = limit.forUnits(line.units());
                if (plan.product().addOn()) {
                    ofAddOns.merge(key, counted, Limit::plus);
                } else {
                    ofTiers.merge(key, counted, Limit::max);
                }
            });
        }

        Map<String, Limit> limits() {
            Map<String, Limit> all = new HashMap<>(ofTiers);
            ofAddOns.forEach((key, limit) -> all.merge(key, limit, Limit::plus));
            return all;
        }
    }
}
