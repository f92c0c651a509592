package dev.billhook.internal.checkout;

import dev.billhook.InvalidStateException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderObjectMissingException;
import dev.billhook.internal.checkout.VisitClaims.Claim;
import dev.billhook.internal.checkout.VisitClaims.Wish;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.internal.offer.Places;
import dev.billhook.internal.purchase.PurchaseSync;
import dev.billhook.spi.provider.CheckoutGateway;
import dev.billhook.spi.provider.CheckoutGateway.Session;
import dev.billhook.spi.store.CheckoutStore.Page;
import dev.billhook.spi.store.CheckoutStore.Visit;
import dev.billhook.spi.store.offer.OfferStore.Hold;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The visits of accounts to the payment page: opened, followed, closed. */
public final class Visits {
    private static final Logger LOG = LoggerFactory.getLogger(Visits.class);
    private static final int TRIES = 3;

    private final CheckoutGateway gateway;
    private final VisitClaims claims;
    private final Places places;
    private final MirrorSync sync;
    private final NewCards cards;
    private final PurchaseSync purchases;

    /** Visits to the gateway's pages. */
    public Visits(
            CheckoutGateway gateway,
            VisitClaims claims,
            Places places,
            MirrorSync sync,
            NewCards cards,
            PurchaseSync purchases) {
        this.gateway = gateway;
        this.claims = claims;
        this.places = places;
        this.sync = sync;
        this.cards = cards;
        this.purchases = purchases;
    }

    /** Opens a page at the provider. */
    interface Opener {
        /**
         * Opens it.
         *
         * @param closesAt when it must stop taking payments, or null if that is not known
         */
        Session open(RequestKey key, @Nullable Instant closesAt);
    }

    /** The account's latest visit of any kind as it stands now; the webhook may have been faster or slower. */
    Optional<Checkout> latest(AccountRef account) {
        return Stream.of(Checkout.Kind.values())
                .flatMap(kind -> claims.opened(account, kind).stream().map(this::current))
                .max(Comparator.comparing(Visit::createdAt))
                .map(Visits::told);
    }

    /** Uses the card that was left in the visit of a session; nothing happens if it is none of ours. */
    public void useCard(String sessionId) {
        claims.findBySession(sessionId).ifPresent(this::current);
    }

    /** Notes that the buyer finished the visit of a session; nothing happens if it is none of ours. */
    public void finished(String sessionId) {
        claims.findBySession(sessionId).ifPresent(visit -> noted(visit, CheckoutStatus.COMPLETE));
    }

    /** Notes how far a visit got. */
    public Visit noted(Visit visit, CheckoutStatus status) {
        return claims.noted(visit, status);
    }

    /**
     * Opens a page, or answers the open one for the same wish; pages for other wishes are closed before.
     *
     * @param page opens it at the provider
     * @param check throws if nothing may be opened, now that all former visits are settled
     * @throws dev.billhook.offer.SoldOutException if the plan is limited and there is no place
     */
    Checkout open(Wish wish, Opener page, Runnable check) {
        for (int i = 0; i < TRIES; i++) {
            claims.pending(wish.account(), wish.kind()).forEach(this::current);
            Optional<Visit> usable = closeOthers(wish);
            check.run();
            if (usable.isPresent()) {
                return told(usable.get());
            }
            Claim claim = claims.claim(wish);
            while (claim instanceof Claim.InDoubt doubt) {
                lookAt(doubt.hold());
                claim = claims.claim(wish);
            }
            if (claim instanceof Claim.Mine mine) {
                return open(mine.visit(), page);
            }
        }
        throw overtaken(wish.account());
    }

    private Checkout open(Visit claim, Opener opener) {
        Session session;
        try {
            RequestKey key = RequestKey.derived("checkout", claim.id());
            session = opener.open(key, places.closesAt(claim).orElse(null));
        } catch (RuntimeException e) {
            if (!(e instanceof ProviderException provider && provider.retryable())) {
                claims.giveUp(claim);
            }
            throw e;
        }
        URI url = session.url();
        if (url == null) {
            claims.giveUp(claim);
            throw new InvalidStateException("Checkout " + session.id() + " was not opened; start again");
        }
        Page page = new Page(session.id(), url, session.expiresAt());
        if (!claims.opened(claim, page, session.status())) {
            gateway.expire(session.id(), RequestKey.derived("overtaken", claim.id()));
            throw overtaken(claim.account());
        }
        return told(claim.opened(page, session.status()));
    }

    private static InvalidStateException overtaken(AccountRef account) {
        return new InvalidStateException("Another Checkout of account " + account
                + " was opened at the same moment and is the open one now; start again to have this one instead");
    }

    /** An account has one open page of a kind; one that was paid meanwhile shows when it is closed. */
    private Optional<Visit> closeOthers(Wish wish) {
        Optional<Visit> usable = Optional.empty();
        for (Visit visit : claims.open(wish.account(), wish.kind())) {
            Visit now = current(visit);
            boolean open = now.status() == CheckoutStatus.OPEN;
            if (open && usable.isEmpty() && now.offer().equals(wish.offer()) && places.covers(now)) {
                usable = Optional.of(now);
            } else if (open) {
                Session closed = gateway.expire(sessionOf(now), RequestKey.random());
                bringIn(now, closed);
                claims.replaced(now, closed.status(), wish);
            }
        }
        return usable;
    }

    private Visit current(Visit visit) {
        boolean underWay = visit.status() == CheckoutStatus.OPEN || visit.status() == CheckoutStatus.PENDING;
        return underWay ? settle(visit, gateway.fetch(sessionOf(visit))) : visit;
    }

    /** Finds out whether a place is free whose time is over: its page may have been paid without our hearing of it. */
    public void lookAt(Hold hold) {
        Visit visit = claims.find(hold.visitId()).orElse(null);
        if (visit != null && visit.page() == null) {
            claims.giveUp(visit);
            return;
        }
        boolean paying = false;
        try {
            paying = visit != null && settle(visit, closed(sessionOf(visit))).status() == CheckoutStatus.PENDING;
        } catch (ProviderObjectMissingException gone) {
            LOG.debug("The page of visit {} is gone, so nothing can be paid there", hold.visitId());
        }
        places.lookedAt(hold, paying);
    }

    private Session closed(String sessionId) {
        Session session = gateway.fetch(sessionId);
        return session.status() == CheckoutStatus.OPEN ? gateway.expire(sessionId, RequestKey.random()) : session;
    }

    private Visit settle(Visit visit, Session session) {
        bringIn(visit, session);
        return claims.noted(visit, session.status());
    }

    private void bringIn(Visit visit, Session session) {
        if (session.subscriptionId() != null) {
            sync.refreshSubscription(session.subscriptionId());
        }
        boolean complete = session.status() == CheckoutStatus.COMPLETE;
        if (complete && visit.kind() == Checkout.Kind.PLAN && session.subscriptionId() == null) {
            purchases.refresh(session.id());
        }
        boolean left = complete && visit.kind() == Checkout.Kind.CARD_UPDATE;
        if (left && session.paymentMethodId() != null) {
            cards.use(visit.account(), session.paymentMethodId(), visit.id());
        }
    }

    private static String sessionOf(Visit visit) {
        return Objects.requireNonNull(visit.page(), "the visit has a page").sessionId();
    }

    private static Checkout told(Visit visit) {
        Page page = Objects.requireNonNull(visit.page(), "the visit has a page");
        return new Checkout(
                page.sessionId(),
                visit.kind(),
                visit.account(),
                visit.plan(),
                visit.units(),
                visit.status(),
                page.url(),
                visit.createdAt(),
                page.expiresAt());
    }
}
