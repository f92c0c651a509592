package dev.billhook.spi.store.offer;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Plan.Returned;
import dev.billhook.catalog.PlanKey;
import dev.billhook.offer.PlaceRules.Standing;
import java.time.Instant;
import java.util.Optional;

/**
 * The places of limited plans. A place is taken by an account the mirror shows with the plan: with a subscription or a purchase
 * that takes one by {@link dev.billhook.offer.PlaceRules PlaceRules}. A place is held for an account by a visit to the payment
 * page. No account counts twice.
 *
 * @since 0.1.0
 */
public interface OfferStore {
    /**
     * Lets others wait who want to lock the plan, until the open transaction ends: places are counted and given away behind
     * it. Accounts are locked before plans.
     */
    void lock(PlanKey plan);

    /** How the places stand; as one statement sees it. */
    Standing standing(PlanKey plan, Returned returned, Instant now);

    /** Whether the account takes a place. */
    boolean taken(PlanKey plan, Returned returned, AccountRef account);

    /** What the account holds, also if its time is over. */
    Optional<Hold> find(PlanKey plan, AccountRef account);

    /** The hold whose time has been over for longest; of accounts that do not take a place. */
    Optional<Hold> overdue(PlanKey plan, Returned returned, Instant now);

    /** Notes what an account holds, in place of what it held so far. */
    void hold(Hold hold);

    /** Gives a hold another end; nothing, if it was given up or another visit holds the place now. */
    void extend(Hold hold);

    /** Gives up what the visit holds for the account; nothing, if another visit holds it now. */
    void release(PlanKey plan, AccountRef account, String visitId);

    /**
     * A place that is held.
     *
     * @param account for whom
     * @param visitId our name of the visit that holds it
     * @param until for how long (UTC); the row stays until the visit's page was seen to be closed
     */
    record Hold(PlanKey plan, AccountRef account, String visitId, Instant until) {}
}
