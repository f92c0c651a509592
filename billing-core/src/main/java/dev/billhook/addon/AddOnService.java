package dev.billhook.addon;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.subscription.Timing;
import java.util.List;

/**
 * Adds, changes and removes what an account has on top of its plan. Changes of one account take turns, like those of
 * {@link dev.billhook.unit.UnitService units}. Thread-safe.
 *
 * <p>Every command throws {@link dev.billhook.error.ProviderException} if the provider refuses or cannot be reached,
 * {@link dev.billhook.InvalidStateException} if the account has no main subscription, {@link dev.billhook.NotFoundException}
 * if the catalog has no such plan, and {@link AddOnException} if the add-on cannot be had or changed so.
 *
 * @since 0.1.0
 */
public interface AddOnService {
    /** The account's add-ons, sorted by plan. Reads the mirror only. */
    List<AddOn> list(AccountRef account);

    /** Adds one as wished. */
    default List<AddOn> add(AccountRef account, AddOnRequest request) {
        return add(account, request, RequestKey.random());
    }

    /**
     * The same, repeatable with its key.
     *
     * @return all add-ons the account has then
     */
    List<AddOn> add(AccountRef account, AddOnRequest request, RequestKey key);

    /** Adds so many units of a plan, by the policy. */
    default List<AddOn> add(AccountRef account, PlanKey plan, long units) {
        return add(account, AddOnRequest.of(plan).withUnits(units));
    }

    /**
     * Sets the number of units.
     *
     * @param timing when, and how it is charged
     * @return all add-ons the account has then
     */
    List<AddOn> setUnits(AccountRef account, PlanKey plan, long units, Timing timing);

    /** Removes one when the policy says. */
    List<AddOn> remove(AccountRef account, PlanKey plan);

    /**
     * Removes one.
     *
     * @param timing when, and whether unused time is credited: of a line on the main subscription's next invoice, or on one that is
     *     made at once; of a subscription of its own to the credit balance
     * @return all add-ons the account has then
     */
    default List<AddOn> remove(AccountRef account, PlanKey plan, Timing timing) {
        return remove(account, plan, timing, RequestKey.random());
    }

    /** The same, repeatable with its key; unused time is not credited twice in any case. */
    List<AddOn> remove(AccountRef account, PlanKey plan, Timing timing, RequestKey key);

    /** Shows what removing one would lead to, and changes nothing. */
    RemovalPreview previewRemoval(AccountRef account, PlanKey plan, Timing timing);
}
