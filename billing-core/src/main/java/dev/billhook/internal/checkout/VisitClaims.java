package dev.billhook.internal.checkout;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.internal.offer.Places;
import dev.billhook.offer.PlaceRules;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.CheckoutStore;
import dev.billhook.spi.store.CheckoutStore.Page;
import dev.billhook.spi.store.CheckoutStore.Visit;
import dev.billhook.spi.store.offer.OfferStore.Hold;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may open a page. A visit is claimed in a short transaction under the account's lock before the provider is called, so
 * servers that want the same open it under one key, and of servers that want different ones the last keeps its page.
 */
public final class VisitClaims {
    /** The provider repeats a failed answer for its key; after this long another key is tried. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    /** Of a page that holds a place the key is repeated only while it can still be opened with the same end. */
    private static final Duration FRESH_WITH_PLACE = PlaceRules.OPENING.dividedBy(2);

    private static final int MOST_OPEN = 10;

    private final BillingStores stores;
    private final CheckoutStore visits;
    private final Places places;
    private final InstantSource clock;

    /** Claims in the stores. */
    public VisitClaims(BillingStores stores, Places places, InstantSource clock) {
        this.stores = stores;
        this.places = places;
        this.visits = stores.checkouts();
        this.clock = clock;
    }

    /**
     * What somebody wants to open.
     *
     * @param offer equal for wishes one page can serve
     */
    record Wish(
            Checkout.Kind kind,
            AccountRef account,
            @Nullable PlanKey plan,
            long units,
            String offer) {}

    /** What becomes of a wish. */
    sealed interface Claim {
        /** The visit to open now: a new one, or the one another server is opening for the same. */
        record Mine(Visit visit) implements Claim {}

        /** A page is open; it must be closed first. */
        record PageOpen() implements Claim {}

        /** There is only a place whose hold is over; whether it was paid must be looked at first. */
        record InDoubt(Hold hold) implements Claim {}
    }

    /** The account's open pages of a kind. */
    List<Visit> open(AccountRef account, Checkout.Kind kind) {
        return latest(account, kind, VisitClaims::isOpen);
    }

    /** The account's visits of a kind whose money is on its way. */
    List<Visit> pending(AccountRef account, Checkout.Kind kind) {
        return latest(account, kind, visit -> visit.status() == CheckoutStatus.PENDING);
    }

    /** The account's visits that have had a page, newest first. */
    List<Visit> opened(AccountRef account, Checkout.Kind kind) {
        return latest(account, kind, visit -> visit.page() != null);
    }

    private List<Visit> latest(AccountRef account, Checkout.Kind kind, Predicate<Visit> which) {
        return visits.newest(account, kind, MOST_OPEN).stream().filter(which).toList();
    }

    Optional<Visit> find(String visitId) {
        return visits.find(visitId);
    }

    Optional<Visit> findBySession(String sessionId) {
        return visits.findBySession(sessionId);
    }

    /**
     * Claims the visit somebody wishes.
     *
     * @throws dev.billhook.offer.SoldOutException if the plan is limited and there is no place
     */
    Claim claim(Wish wish) {
        Duration freshness = places.limit(wish.plan()).isPresent() ? FRESH_WITH_PLACE : FRESH;
        return locked(wish.account(), () -> {
            List<Visit> latest = visits.newest(wish.account(), wish.kind(), MOST_OPEN);
            if (latest.stream().anyMatch(VisitClaims::isOpen)) {
                return new Claim.PageOpen();
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            for (Visit pending : latest) {
                if (pending.status() == CheckoutStatus.OPEN) {
                    boolean fresh = pending.createdAt().plus(freshness).isAfter(now);
                    if (fresh && pending.offer().equals(wish.offer())) {
                        return new Claim.Mine(pending);
                    }
                    visits.save(pending.withStatus(CheckoutStatus.EXPIRED));
                }
            }
            return places.request(wish.plan(), wish.account())
                    .<Claim>map(Claim.InDoubt::new)
                    .orElseGet(() -> new Claim.Mine(insert(wish, now)));
        });
    }

    /** Notes the page of a claim; false if the account went on to open another one meanwhile. */
    boolean opened(Visit claim, Page page, CheckoutStatus status) {
        return locked(claim.account(), () -> {
            Visit now = visits.find(claim.id()).orElseThrow();
            boolean valid = now.status() == CheckoutStatus.OPEN || now.page() != null;
            if (valid && now.page() == null) {
                visits.save(now.opened(page, status));
            }
            return valid;
        });
    }

    /** Gives a claim up whose page was not opened. */
    void giveUp(Visit claim) {
        locked(claim.account(), () -> {
            visits.find(claim.id()).filter(now -> now.page() == null).ifPresent(now -> {
                visits.save(now.withStatus(CheckoutStatus.EXPIRED));
                places.release(now);
            });
            return Boolean.TRUE;
        });
    }

    /** Notes how far a visit got; one that ran out gives up its place, and one whose money is on its way keeps it. */
    Visit noted(Visit visit, CheckoutStatus status) {
        if (status == CheckoutStatus.EXPIRED) {
            places.release(visit);
        } else if (status == CheckoutStatus.PENDING && status != visit.status()) {
            places.paying(visit);
        }
        return saved(visit, status);
    }

    /** Notes that a page was closed for another one; the place is kept for that if it is of the same plan. */
    Visit replaced(Visit visit, CheckoutStatus status, Wish wish) {
        return Objects.equals(visit.plan(), wish.plan()) ? saved(visit, status) : noted(visit, status);
    }

    private Visit saved(Visit visit, CheckoutStatus status) {
        Visit now = visit.withStatus(status);
        if (status != visit.status()) {
            visits.save(now);
        }
        return now;
    }

    private Visit insert(Wish wish, Instant now) {
        Instant after = afterAll(wish.account());
        Visit visit = new Visit(
                RequestKey.random().value(),
                wish.kind(),
                wish.account(),
                wish.plan(),
                wish.units(),
                wish.offer(),
                CheckoutStatus.OPEN,
                null,
                now.isBefore(after) ? after : now);
        visits.save(visit);
        places.hold(visit);
        return visit;
    }

    /** Clocks of servers differ, and the newest is the one claimed last. */
    private Instant afterAll(AccountRef account) {
        return Stream.of(Checkout.Kind.values())
                .flatMap(kind -> visits.newest(account, kind, 1).stream())
                .map(last -> last.createdAt().plus(1, ChronoUnit.MICROS))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    private <T> T locked(AccountRef account, Supplier<T> work) {
        return stores.transactor().inTransaction(() -> {
            stores.accounts().lock(account);
            return work.get();
        });
    }

    private static boolean isOpen(Visit visit) {
        return visit.status() == CheckoutStatus.OPEN && visit.page() != null;
    }
}
