package dev.billhook.testing;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessFacts;
import dev.billhook.grant.Grant;
import dev.billhook.purchase.Purchase;
import dev.billhook.subscription.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What an account has, as the documents' tables say it.
 *
 * @param start when everything began
 * @param end when what was given ends, if it does
 */
public record FactsInWords(AccountRef account, Instant start, Instant end) {
    /** Makes a subscription of its words; others came before it. */
    public interface Subscribed {
        Subscription read(String words, int others);
    }

    /** Reads words that are divided by ", and ". */
    public AccessFacts read(String has, Subscribed subscribed) {
        List<Subscription> subscriptions = new ArrayList<>();
        List<Purchase> purchases = new ArrayList<>();
        List<Grant> grants = new ArrayList<>();
        for (String one : has.split(", and ")) {
            if (one.startsWith("bought")) {
                purchases.add(purchase(one));
            } else if (one.startsWith("given")) {
                grants.add(grant(one));
            } else if (!one.equals("nothing")) {
                subscriptions.add(subscribed.read(one, subscriptions.size()));
            }
        }
        return new AccessFacts(subscriptions, purchases, grants);
    }

    private Purchase purchase(String words) {
        Purchase.Revocation revocation = words.contains("paid back")
                ? new Purchase.Revocation(Purchase.Reason.REFUNDED, start.plusSeconds(1))
                : null;
        return new Purchase("cs_1", account, PlanKey.of("pro-lifetime"), 1, "pi_1", start, revocation);
    }

    private Grant grant(String words) {
        Grant.What what = words.contains("feature")
                ? new Grant.What.OfFeature("beta")
                : new Grant.What.OfPlan(PlanKey.of("pro-monthly"), 1);
        Instant until = words.contains("end") ? end : null;
        return new Grant("g", account, what, start, until, new Grant.Audit("root", "press", start), null);
    }
}
