package dev.billhook.internal.migration;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.internal.pace.Patience;
import dev.billhook.spi.provider.price.PriceGateway;
import dev.billhook.spi.provider.price.PriceGateway.Price;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The present prices of plans, and older ones as they are met. For one run, used by one thread. */
final class PriceBook {
    private final Map<PlanKey, Price> present = new HashMap<>();
    private final Map<String, Optional<Price>> older = new HashMap<>();
    private final PriceGateway gateway;
    private final Patience patience;

    /**
     * @param plans whose present prices are read; a plan without one is left alone
     */
    PriceBook(PriceGateway gateway, Patience patience, Collection<PlanKey> plans) {
        this.gateway = gateway;
        this.patience = patience;
        plans.forEach(plan -> ask(() -> gateway.current(plan)).ifPresent(price -> present.put(plan, price)));
    }

    /** The plans a request is about: those it names, or all that are charged again and again. */
    static Collection<PlanKey> plans(Catalog catalog, Collection<PlanKey> named) {
        named.forEach(catalog::getPlan);
        return catalog.plans().stream()
                .filter(plan -> plan.interval().recurring())
                .map(Plan::key)
                .filter(plan -> named.isEmpty() || named.contains(plan))
                .toList();
    }

    /** The plan's present price; empty if the run is not about the plan. */
    Optional<Price> present(PlanKey plan) {
        return Optional.ofNullable(present.get(plan));
    }

    /** An older price. */
    Optional<Price> older(String priceId) {
        return older.computeIfAbsent(priceId, id -> ask(() -> gateway.find(id)));
    }

    private <T> T ask(Supplier<T> question) {
        return patience.call(question);
    }
}
