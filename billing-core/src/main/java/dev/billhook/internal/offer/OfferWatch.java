package dev.billhook.internal.offer;

import dev.billhook.account.BillingAccount;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.event.BillingEvent;
import dev.billhook.internal.event.Reaction;
import dev.billhook.mirror.MirrorChange;
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.mirror.Notice;
import dev.billhook.offer.Offer;
import dev.billhook.offer.OfferService;
import dev.billhook.spi.store.AccountStore;
import java.util.List;

/**
 * Watches limited plans begin: who has one holds no place any more, and if more accounts have it than there are places, that is
 * told. A payment that comes when its place is somebody else's is not refused, because it is made.
 */
public final class OfferWatch implements Reaction {
    private final OfferService offers;
    private final Places places;
    private final AccountStore accounts;
    private final MirrorWriter mirror;
    private final List<PlanKey> limited;

    /** A watch on the catalog's limited plans. */
    public OfferWatch(Catalog catalog, OfferService offers, Places places, AccountStore accounts, MirrorWriter mirror) {
        this.offers = offers;
        this.places = places;
        this.accounts = accounts;
        this.mirror = mirror;
        this.limited = catalog.plans().stream()
                .filter(plan -> plan.limited() != null)
                .map(plan -> plan.key())
                .toList();
    }

    @Override
    public boolean concerns(BillingEvent event) {
        return begun(event).plans().stream().anyMatch(limited::contains);
    }

    @Override
    public void on(BillingEvent event) {
        Begun begun = begun(event);
        List<PlanKey> plans = begun.plans().stream().filter(limited::contains).toList();
        plans.forEach(plan -> places.begun(plan, event.account()));
        plans.stream()
                .flatMap(plan -> offers.find(plan).stream())
                .filter(offer -> offer.taken() > offer.places())
                .forEach(offer -> tell(event, begun.id(), offer));
    }

    private void tell(BillingEvent event, String cause, Offer offer) {
        accounts.find(event.account())
                .flatMap(BillingAccount::customerId)
                .ifPresent(customer -> mirror.apply(new MirrorChange.Noted(
                        new Notice.Oversold(customer, offer.plan(), offer.places(), offer.taken(), cause),
                        event.meta().occurredAt())));
    }

    /**
     * What an account has from now on.
     *
     * @param id of the subscription or purchase
     */
    private record Begun(String id, List<PlanKey> plans) {}

    private static Begun begun(BillingEvent event) {
        if (event instanceof BillingEvent.SubscriptionActivated activated) {
            return new Begun(activated.subscriptionId(), activated.plans());
        }
        if (event instanceof BillingEvent.TrialStarted started) {
            return new Begun(started.subscriptionId(), started.plans());
        }
        if (event instanceof BillingEvent.PlanChanged changed) {
            return new Begun(
                    changed.subscriptionId(),
                    changed.after().stream()
                            .filter(plan -> !changed.before().contains(plan))
                            .toList());
        }
        if (event instanceof BillingEvent.PurchaseMade made) {
            return new Begun(made.purchaseId(), List.of(made.plan()));
        }
        if (event instanceof BillingEvent.PurchaseRestored restored) {
            return new Begun(restored.purchaseId(), List.of(restored.plan()));
        }
        return new Begun("", List.of());
    }
}
