package dev.billhook.examples.podcast.pricing;

import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.TrialTerms;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Lays the catalog out as cards: one per product, for one billing interval at a time. */
@Component
public class PlanCards {
    private final Catalog catalog;
    private final Wording wording;
    private final String recommendedProduct;

    PlanCards(Catalog catalog, Wording wording, @Value("${podcast.recommended:}") String recommendedProduct) {
        this.catalog = catalog;
        this.wording = wording;
        this.recommendedProduct = recommendedProduct;
    }

    /** The intervals at which plans renew, in the catalog's order. */
    public List<BillingInterval> intervals() {
        return catalog.plans().stream()
                .map(Plan::interval)
                .filter(BillingInterval::recurring)
                .distinct()
                .toList();
    }

    /**
     * The interval to show.
     *
     * @param planKey a plan the browser named, or null
     * @param asked name of an interval's unit the browser named, or null
     */
    public BillingInterval interval(@Nullable String planKey, @Nullable String asked) {
        Optional<BillingInterval> ofPlan = find(planKey).map(Plan::interval).filter(BillingInterval::recurring);
        Optional<BillingInterval> named = intervals().stream()
                .filter(interval -> interval.unit().name().equalsIgnoreCase(asked))
                .findFirst();
        return named.or(() -> ofPlan).orElseGet(() -> intervals().get(0));
    }

    /** The cards of an interval, cheapest tier first. */
    public List<PlanCard> cards(BillingInterval interval) {
        return catalog.plans().stream()
                .filter(plan -> plan.interval().equals(interval))
                .sorted(Comparator.comparingInt(plan -> plan.product().tierRank()))
                .map(this::card)
                .toList();
    }

    /** The plan a browser named, if there is one. */
    public Optional<Plan> find(@Nullable String planKey) {
        return Optional.ofNullable(planKey).filter(PlanKey::isValid).flatMap(key -> catalog.findPlan(PlanKey.of(key)));
    }

    /** One plan as a card. */
    public PlanCard card(Plan plan) {
        boolean takesUnits = plan.pricing().takesUnits();
        return new PlanCard(
                plan.key().value(),
                plan.product().name(),
                plan.product().tierRank(),
                plan.product().description(),
                wording.amount(wording.price(plan)),
                takesUnits,
                wording.period(plan.interval()),
                Optional.ofNullable(plan.trial()).map(TrialTerms::days).orElse(null),
                takesUnits
                        ? new PlanCard.UnitRange(
                                plan.units().minimum(), plan.units().maximum())
                        : null,
                wording.benefits(plan.product()),
                plan.product().key().equals(recommendedProduct));
    }
}
