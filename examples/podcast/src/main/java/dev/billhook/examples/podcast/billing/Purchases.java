package dev.billhook.examples.podcast.billing;

import dev.billhook.Billing;
import dev.billhook.examples.podcast.member.Member;
import dev.billhook.examples.podcast.pricing.PlanCards;
import dev.billhook.purchase.Purchase;
import java.util.Comparator;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads what a member bought for ever; from the mirror alone. */
@Component
public class Purchases {
    private final Billing billing;
    private final PlanCards cards;

    Purchases(Billing billing, PlanCards cards) {
        this.billing = billing;
        this.cards = cards;
    }

    /** The best of what the member owns; what was paid back counts no more. */
    public Optional<PurchaseView> owned(Member member) {
        return billing.purchases().list(member.account()).stream()
                .filter(Purchase::valid)
                .flatMap(purchase -> cards
                        .find(purchase.plan().value())
                        .map(plan -> new PurchaseView(cards.card(plan), purchase.boughtAt()))
                        .stream())
                .max(Comparator.comparingInt(owned -> owned.plan().tier()));
    }
}
