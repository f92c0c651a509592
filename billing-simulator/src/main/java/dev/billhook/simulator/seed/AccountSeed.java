package dev.billhook.simulator.seed;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account is to be like; immutable, each method gives a changed copy.
 *
 * @param price what it pays for; null for a plan of 10.00 US dollars a month that is made on first use (metered: 0.05 a call,
 *     lifetime: 199.00)
 * @param units quantity of the first price; not for metered ones
 * @param addOns further prices on the same subscription
 * @param trialDays length of the trial of a trialing account
 * @param usage what a metered account has used
 * @param email null for one that is made
 */
public record AccountSeed(
        AccountState state,
        @Nullable String price,
        long units,
        List<AddOn> addOns,
        int trialDays,
        long usage,
        @Nullable String email) {
    private static final int TRIAL_DAYS = 14;
    private static final long USAGE = 100;

    /** A further price and its quantity. */
    public record AddOn(String price, long units) {}

    public AccountSeed {
        addOns = List.copyOf(addOns);
        if (units < 1 || trialDays < 1 || usage < 0 || addOns.stream().anyMatch(addOn -> addOn.units() < 1)) {
            throw new IllegalArgumentException("units and trial days begin at 1, usage at 0");
        }
    }

    /** An account in this state with one unit of the default plan. */
    public static AccountSeed of(AccountState state) {
        return new AccountSeed(state, null, 1, List.of(), TRIAL_DAYS, USAGE, null);
    }

    /** The same on this price. */
    public AccountSeed onPrice(String id) {
        return new AccountSeed(state, id, units, addOns, trialDays, usage, email);
    }

    /** The same with this quantity. */
    public AccountSeed withUnits(long quantity) {
        return new AccountSeed(state, price, quantity, addOns, trialDays, usage, email);
    }

    /** The same with a further price. */
    public AccountSeed withAddOn(String id, long quantity) {
        List<AddOn> more = new ArrayList<>(addOns);
        more.add(new AddOn(id, quantity));
        return new AccountSeed(state, price, units, more, trialDays, usage, email);
    }

    /** The same with a trial of so many days. */
    public AccountSeed withTrialDays(int days) {
        return new AccountSeed(state, price, units, addOns, days, usage, email);
    }

    /** The same with so much used. */
    public AccountSeed withUsage(long amount) {
        return new AccountSeed(state, price, units, addOns, trialDays, amount, email);
    }

    /** The same with this e-mail address. */
    public AccountSeed withEmail(String address) {
        return new AccountSeed(state, price, units, addOns, trialDays, usage, address);
    }
}
