package dev.billhook.offer;

import dev.billhook.catalog.PlanKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells how many places limited plans have left. Whoever is sent to Checkout for one holds a place while he pays. Thread-safe;
 * answers from the database, one statement a plan, as it is at this moment for all servers.
 *
 * @since 0.1.0
 */
public interface OfferService {
    /**
     * How many more accounts can have the plan; empty if it is not limited.
     *
     * @throws dev.billhook.NotFoundException if the catalog has no such plan
     */
    OptionalLong remaining(PlanKey plan);

    /**
     * How far the plan is sold; empty if it is not limited.
     *
     * @throws dev.billhook.NotFoundException if the catalog has no such plan
     */
    Optional<Offer> find(PlanKey plan);

    /** All limited plans, in the catalog's order. */
    List<Offer> list();
}
