package dev.billhook.internal.offer;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.offer.Offer;
import dev.billhook.offer.OfferService;
import dev.billhook.offer.PlaceRules.Standing;
import dev.billhook.spi.store.offer.OfferStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** See {@link OfferService}. */
public final class DefaultOfferService implements OfferService {
    private final Catalog catalog;
    private final OfferStore offers;
    private final InstantSource clock;

    /** Offers of the catalog. */
    public DefaultOfferService(Catalog catalog, OfferStore offers, InstantSource clock) {
        this.catalog = catalog;
        this.offers = offers;
        this.clock = clock;
    }

    @Override
    public OptionalLong remaining(PlanKey plan) {
        return find(plan).map(offer -> OptionalLong.of(offer.remaining())).orElseGet(OptionalLong::empty);
    }

    @Override
    public Optional<Offer> find(PlanKey plan) {
        return offer(catalog.getPlan(plan));
    }

    @Override
    public List<Offer> list() {
        return catalog.plans().stream().flatMap(plan -> offer(plan).stream()).toList();
    }

    private Optional<Offer> offer(Plan plan) {
        return Optional.ofNullable(plan.limited()).map(limited -> {
            Standing standing = offers.standing(plan.key(), limited.returned(), clock.instant());
            return new Offer(plan.key(), limited.places(), standing.taken(), standing.held());
        });
    }
}
