package dev.billhook.unit;

import dev.billhook.account.AccountRef;
import dev.billhook.subscription.Subscription;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Buys and gives back units of an account's plan, e.g. seats. Changes of one account come one after the other, from however
 * many threads and servers they are asked for, and each starts from what the provider has: none is lost, none counts twice.
 * Thread-safe.
 *
 * <p>What is counted are the units that are <em>bought</em>. A plan's included units are bought with it in any case, so a host
 * that sells them in advance asks for its own number with {@link #set} or {@link #sync}: up to the included number nothing
 * changes and nothing is charged; beyond it the plan's {@link dev.billhook.catalog.UnitTerms.Beyond} terms decide.
 *
 * <p>Every command throws {@link dev.billhook.ProviderException} if the provider refuses or cannot be reached,
 * {@link dev.billhook.InvalidStateException} if the account has no subscription to a plan of the catalog,
 * {@link IllegalArgumentException} if the plan does not allow the number, and
 * {@link dev.billhook.conversion.ConversionException} if it cannot change now. Call them outside database transactions.
 *
 * @since 0.1.0
 */
public interface UnitService {
    /** What the account's main subscription has, if its plan is sold by the unit. Reads the mirror only. */
    Optional<Units> find(AccountRef account);

    /** Changes the units as wished and returns the subscription's new state. */
    Subscription change(AccountRef account, UnitChange change);

    /** Buys so many units more, charged as the plan's terms say. */
    default Subscription add(AccountRef account, long units) {
        return change(account, UnitChange.add(units));
    }

    /** Gives so many units back, credited as the conversion policy says. */
    default Subscription remove(AccountRef account, long units) {
        return change(account, UnitChange.remove(units));
    }

    /** Sets the number of units. */
    default Subscription set(AccountRef account, long units) {
        return change(account, UnitChange.set(units));
    }

    /**
     * Sets the number of units to what the {@link UnitSource} counts now; fewer than the plan's minimum count as that. Safe to
     * call from a listener for every member who comes or goes.
     *
     * @return the subscription's state; unchanged if the source does not count the account or its plan takes no units
     * @throws dev.billhook.InvalidStateException if there is no unit source
     */
    Subscription sync(AccountRef account);

    /**
     * Compares the mirror with the {@link UnitSource}: a part of the running subscriptions at a time, newest first.
     *
     * @param after {@link UnitDrifts#next()} of the part before, or null to begin
     * @param max how many subscriptions to look at, 1 to 1000
     * @throws dev.billhook.InvalidStateException if there is no unit source
     */
    UnitDrifts drift(@Nullable String after, int max);
}
