package dev.billhook.examples.podcast.pricing;

import dev.billhook.Billing;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import java.util.List;
import org.springframework.stereotype.Component;

/** Lays out the plans that are paid once. How many places are left is asked each time: it changes by the minute. */
@Component
public class LifetimeCards {
    private final Catalog catalog;
    private final PlanCards cards;
    private final Billing billing;

    LifetimeCards(Catalog catalog, PlanCards cards, Billing billing) {
        this.catalog = catalog;
        this.cards = cards;
        this.billing = billing;
    }

    /** All of them, in the catalog's order. */
    public List<LifetimeCard> cards() {
        return catalog.plans().stream()
                .filter(plan -> !plan.interval().recurring())
                .map(this::card)
                .toList();
    }

    private LifetimeCard card(Plan plan) {
        return new LifetimeCard(
                cards.card(plan), billing.offers().find(plan.key()).orElse(null));
    }
}
