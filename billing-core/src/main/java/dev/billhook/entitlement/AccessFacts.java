package dev.billhook.entitlement;

import dev.billhook.entitlement.claim.Claim;
import dev.billhook.grant.Grant;
import dev.billhook.purchase.Purchase;
import dev.billhook.subscription.Subscription;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything of an account that its access follows from, as the mirror has it.
 *
 * @param subscriptions all of them, ended ones too
 * @param purchases all of them, revoked ones too
 * @param grants all of them, ended and future ones too
 * @since 0.1.0
 */
public record AccessFacts(List<Subscription> subscriptions, List<Purchase> purchases, List<Grant> grants) {
    /** Of an account that has nothing. */
    public static final AccessFacts NONE = new AccessFacts(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public AccessFacts {
        subscriptions = List.copyOf(subscriptions);
        purchases = List.copyOf(purchases);
        grants = List.copyOf(grants);
    }

    /** Of an account that has subscriptions only. */
    public static AccessFacts of(List<Subscription> subscriptions) {
        return new AccessFacts(subscriptions, List.of(), List.of());
    }

    /** What these say about access, in {@link Claim#ORDER their order}. */
    public List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        subscriptions.forEach(one -> claims.add(Claim.of(one)));
        purchases.forEach(one -> claims.add(Claim.of(one)));
        grants.forEach(one -> claims.add(Claim.of(one)));
        claims.sort(Claim.ORDER);
        return claims;
    }
}
