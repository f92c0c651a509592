package dev.billhook.internal.checkout;

import dev.billhook.InvalidStateException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.error.ProviderException;
import dev.billhook.internal.checkout.VisitClaims.Wish;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.spi.provider.CheckoutGateway;
import dev.billhook.spi.provider.CheckoutGateway.Session;
import dev.billhook.spi.store.CheckoutStore.Page;
import dev.billhook.spi.store.CheckoutStore.Visit;
import java.net.URI;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The visits of accounts to the payment page: opened, followed, closed. */
public final class Visits {
    private static final int TRIES = 3;

    private final CheckoutGateway gateway;
    private final VisitClaims claims;
    private final MirrorSync sync;
    private final NewCards cards;

    /** Visits to the gateway's pages. */
    public Visits(CheckoutGateway gateway, VisitClaims claims, MirrorSync sync, NewCards cards) {
        this.gateway = gateway;
        this.claims = claims;
        this.sync = sync;
        this.cards = cards;
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

    /**
     * Opens a page, or answers the open one for the same wish; pages for other wishes are closed before.
     *
     * @param page opens it at the provider, with the key
     * @param check throws if nothing may be opened, now that all former visits are settled
     */
    Checkout open(Wish wish, Function<RequestKey, Session> page, Runnable check) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Visit> usable = closeOthers(wish);
            check.run();
            if (usable.isPresent()) {
                return told(usable.get());
            }
            Optional<Visit> claim = claims.claim(wish);
            if (claim.isPresent()) {
                return open(claim.get(), page);
            }
        }
        throw overtaken(wish.account());
    }

    private Checkout open(Visit claim, Function<RequestKey, Session> opener) {
        Session session;
        try {
            session = opener.apply(RequestKey.derived("checkout", claim.id()));
        } catch (ProviderException e) {
            if (!e.retryable()) {
                claims.giveUp(claim);
            }
            throw e;
        } catch (RuntimeException e) {
            claims.giveUp(claim);
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
            if (open && usable.isEmpty() && now.offer().equals(wish.offer())) {
                usable = Optional.of(now);
            } else if (open) {
                settle(now, gateway.expire(sessionOf(now), RequestKey.random()));
            }
        }
        return usable;
    }

    private Visit current(Visit visit) {
        return visit.status() == CheckoutStatus.OPEN ? settle(visit, gateway.fetch(sessionOf(visit))) : visit;
    }

    private Visit settle(Visit visit, Session session) {
        if (session.subscriptionId() != null) {
            sync.refreshSubscription(session.subscriptionId());
        }
        boolean left = visit.kind() == Checkout.Kind.CARD_UPDATE && session.status() == CheckoutStatus.COMPLETE;
        if (left && session.paymentMethodId() != null) {
            cards.use(visit.account(), session.paymentMethodId(), visit.id());
        }
        return claims.noted(visit, session.status());
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
