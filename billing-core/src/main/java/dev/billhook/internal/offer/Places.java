package dev.billhook.internal.offer;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Plan.Limited;
import dev.billhook.catalog.PlanKey;
import dev.billhook.error.ProviderException;
import dev.billhook.offer.PlaceRules;
import dev.billhook.offer.PlaceRules.Standing;
import dev.billhook.offer.SoldOutException;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.CheckoutStore.Visit;
import dev.billhook.spi.store.offer.OfferStore;
import dev.billhook.spi.store.offer.OfferStore.Hold;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives places of limited plans to visits. A place is held in the transaction that writes the visit down, before its page is
 * opened, and behind the plan's lock, so that servers count one after the other. It is taken by nothing but the mirror: once that
 * shows the plan, the hold no longer counts, so there is no moment at which a place counts twice or not at all.
 */
public final class Places {
    /** A page that was completed, but whose payment takes days, is asked about as often as this if its place is wanted. */
    private static final Duration AGAIN = Duration.ofMinutes(15);

    private final Catalog catalog;
    private final BillingStores stores;
    private final OfferStore offers;
    private final InstantSource clock;
    private volatile Consumer<Hold> looking = hold -> lookedAt(hold, false);

    /** Places of the catalog's plans. */
    public Places(Catalog catalog, BillingStores stores, InstantSource clock) {
        this.catalog = catalog;
        this.stores = stores;
        this.offers = stores.offers();
        this.clock = clock;
    }

    /** How far the plan is limited, as the catalog says now. */
    public Optional<Limited> limit(@Nullable PlanKey plan) {
        return Optional.ofNullable(plan).flatMap(catalog::findPlan).map(Plan::limited);
    }

    /** When the page of a visit must stop taking payments; empty if the plan is not limited. */
    public Optional<Instant> closesAt(Visit visit) {
        return limit(visit.plan()).map(limited -> PlaceRules.pageEnd(limited, visit.createdAt()));
    }

    /** Whether the page of a visit may be paid: its plan is not limited, or it holds a place. */
    public boolean covers(Visit visit) {
        return limit(visit.plan()).isEmpty()
                || offers.find(Objects.requireNonNull(visit.plan()), visit.account())
                        .filter(hold -> hold.visitId().equals(visit.id()))
                        .filter(hold -> hold.until().isAfter(clock.instant()))
                        .isPresent();
    }

    /**
     * Asks for a place, within the open transaction, which has locked the account; if it is granted, {@link #hold} it within the
     * same transaction.
     *
     * @return empty if it is granted; else the hold that must be looked at first, because only its time is over
     * @throws SoldOutException if there is no place
     */
    public Optional<Hold> request(@Nullable PlanKey plan, AccountRef account) {
        return limit(plan).flatMap(limited -> request(limited, Objects.requireNonNull(plan), account));
    }

    private Optional<Hold> request(Limited limited, PlanKey plan, AccountRef account) {
        offers.lock(plan);
        Instant now = clock.instant();
        if (isOwn(plan, account, now) || offers.taken(plan, limited.returned(), account)) {
            return Optional.empty();
        }
        Standing standing = offers.standing(plan, limited.returned(), now);
        return switch (PlaceRules.judge(limited, standing)) {
            case FREE -> Optional.empty();
            case LOOK -> offers.overdue(plan, limited.returned(), now);
            case SOLD_OUT -> throw new SoldOutException(plan, limited.places(), nextSecond(standing.nextEnd()));
        };
    }

    /** Holds the place that was granted for the visit; of a plan that is not limited it does nothing. */
    public void hold(Visit visit) {
        limit(visit.plan())
                .ifPresent(limited -> offers.hold(new Hold(
                        Objects.requireNonNull(visit.plan()),
                        visit.account(),
                        visit.id(),
                        PlaceRules.holdEnd(limited, visit.createdAt()))));
    }

    /** Holds the place of a visit whose money is on its way for as long as that may take. */
    public void paying(Visit visit) {
        if (limit(visit.plan()).isPresent()) {
            offers.find(Objects.requireNonNull(visit.plan()), visit.account())
                    .filter(hold -> hold.visitId().equals(visit.id()))
                    .ifPresent(hold -> extend(hold, PlaceRules.LONGEST_PAYMENT));
        }
    }

    /** Gives up what the visit holds, now that nothing can be paid at its page. */
    public void release(Visit visit) {
        if (limit(visit.plan()).isPresent()) {
            offers.release(Objects.requireNonNull(visit.plan()), visit.account(), visit.id());
        }
    }

    /** Names who looks at a hold whose time is over; afterwards it is gone, or its time is longer. */
    public void lookWith(Consumer<Hold> looking) {
        this.looking = looking;
    }

    /**
     * Runs a command that gives the account plans without Checkout; of those that are limited it holds places meanwhile.
     *
     * @throws SoldOutException if there is no place; the command is not run
     */
    public <T> T during(Collection<PlanKey> plans, AccountRef account, Supplier<T> command) {
        PlanKey limited = plans.stream()
                .filter(plan -> limit(plan).isPresent())
                .findFirst()
                .orElse(null);
        return limited == null ? command.get() : during(limited, account, command);
    }

    private <T> T during(PlanKey plan, AccountRef account, Supplier<T> command) {
        String name = RequestKey.random().value();
        Optional<Hold> doubt = holdShortly(plan, account, name);
        while (doubt.isPresent()) {
            looking.accept(doubt.get());
            doubt = holdShortly(plan, account, name);
        }
        try {
            T answer = command.get();
            begun(plan, account);
            return answer;
        } catch (RuntimeException e) {
            if (!(e instanceof ProviderException provider && provider.retryable())) {
                offers.release(plan, account, name);
            }
            throw e;
        }
    }

    /** A place that is held already, or taken, is enough. */
    private Optional<Hold> holdShortly(PlanKey plan, AccountRef account, String name) {
        return stores.transactor().inTransaction(() -> {
            stores.accounts().lock(account);
            Optional<Hold> doubt = request(plan, account);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            if (doubt.isEmpty() && !isOwn(plan, account, now)) {
                offers.hold(new Hold(plan, account, name, now.plus(PlaceRules.MARGIN)));
            }
            return doubt;
        });
    }

    private boolean isOwn(PlanKey plan, AccountRef account, Instant now) {
        return offers.find(plan, account)
                .filter(hold -> hold.until().isAfter(now))
                .isPresent();
    }

    /** Gives up what the account holds of a plan it has by now; should the plan end soon, nothing is left of the hold. */
    public void begun(PlanKey plan, AccountRef account) {
        limit(plan)
                .filter(limited -> offers.taken(plan, limited.returned(), account))
                .flatMap(limited -> offers.find(plan, account))
                .ifPresent(hold -> offers.release(plan, account, hold.visitId()));
    }

    /**
     * Notes what was found out about a hold whose time is over.
     *
     * @param paying whether a payment is still on its way
     */
    public void lookedAt(Hold hold, boolean paying) {
        if (paying) {
            extend(hold, AGAIN);
        } else {
            offers.release(hold.plan(), hold.account(), hold.visitId());
        }
    }

    /** That a hold which is over counts again is safe: its place is not sold before it was looked at. */
    private void extend(Hold hold, Duration time) {
        Instant until = clock.instant().truncatedTo(ChronoUnit.MICROS).plus(time);
        offers.extend(new Hold(hold.plan(), hold.account(), hold.visitId(), until));
    }

    private static @Nullable Instant nextSecond(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    }
}
