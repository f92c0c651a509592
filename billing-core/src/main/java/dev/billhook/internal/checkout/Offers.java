package dev.billhook.internal.checkout;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.checkout.CheckoutOptions;
import dev.billhook.checkout.CheckoutOptions.AdjustableUnits;
import dev.billhook.checkout.CheckoutOptions.Trial;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.spi.provider.CheckoutGateway.Line;
import dev.billhook.spi.provider.CheckoutGateway.Order;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Decides what a request buys, and refuses what cannot be bought together. Pure. */
public final class Offers {
    private final Catalog catalog;
    private final BiPredicate<AccountRef, TrialTerms> granted;

    /**
     * Offers of the catalog.
     *
     * @param granted whether an account gets a trial that is offered
     */
    public Offers(Catalog catalog, BiPredicate<AccountRef, TrialTerms> granted) {
        this.catalog = catalog;
        this.granted = granted;
    }

    /**
     * What the request buys.
     *
     * @throws dev.billhook.NotFoundException if the catalog has no such plan
     * @throws IllegalArgumentException if it cannot be bought
     */
    Order of(CheckoutRequest request) {
        Plan plan = catalog.getPlan(request.plan());
        checkMain(plan, request);
        List<Line> addOns = new ArrayList<>();
        request.options().addOns().forEach((key, units) -> addOns.add(addOn(plan, catalog.getPlan(key), units)));
        List<Plan> together = new ArrayList<>(addOns.stream().map(Line::plan).toList());
        Optional.ofNullable(plan.setUpFee()).map(catalog::getPlan).ifPresent(together::add);
        checkCurrency(plan, together, request.options().currency());
        Line main = new Line(plan, plan.units().billed(request.units()));
        Order order =
                new Order(request, main, addOns, trial(plan, request.options().trial()));
        TrialTerms offered = order.trial();
        return offered == null || granted.test(request.account(), offered) ? order : order.withoutTrial();
    }

    /** The currency of the first plan: what is charged where nothing else is known. */
    Currency currency() {
        return catalog.plans().stream()
                .map(plan -> plan.pricing().currencies().iterator().next())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The catalog has no plans"));
    }

    private static void checkMain(Plan plan, CheckoutRequest request) {
        if (plan.product().addOn()) {
            throw new IllegalArgumentException("Plan '" + plan.key()
                    + "' is an add-on and is not sold by itself; start Checkout for a plan of a tier");
        }
        checkUnits(plan, request.units());
        AdjustableUnits bounds = request.options().adjustable();
        if (bounds != null) {
            if (!plan.pricing().takesUnits()) {
                throw new IllegalArgumentException(
                        "Plan '" + plan.key() + "' is not sold by the unit, so there is nothing to adjust");
            }
            checkUnits(plan, bounds.minimum());
            checkUnits(plan, bounds.maximum());
        }
    }

    private static void checkUnits(Plan plan, long units) {
        if (!plan.units().allows(units)) {
            throw new IllegalArgumentException(
                    "Plan '" + plan.key() + "' cannot be bought with " + units + " units; " + plan.units());
        }
    }

    private static Line addOn(Plan main, Plan addOn, long units) {
        if (!addOn.product().goesWith(main.product())) {
            throw new IllegalArgumentException("Plan '" + addOn.key() + "' is no add-on that goes with '"
                    + main.product().key() + "'; leave it out, or name the tier under its 'on' in the catalog");
        }
        if (!addOn.interval().equals(main.interval())) {
            throw new IllegalArgumentException("Plan '" + addOn.key() + "' is not charged at the interval of '"
                    + main.key() + "'; choose the add-on's plan of the same interval");
        }
        checkUnits(addOn, units);
        return new Line(addOn, addOn.units().billed(units));
    }

    /** All lines are on one invoice, and an invoice has one currency. */
    private static void checkCurrency(Plan main, List<Plan> together, @Nullable Currency asked) {
        if (asked != null && !main.pricing().currencies().contains(asked)) {
            throw new IllegalArgumentException("Plan '" + main.key() + "' is not sold in " + asked + "; choose one of "
                    + main.pricing().currencies());
        }
        for (Plan other : together) {
            Optional<Currency> missing = asked == null
                    ? main.currencyNotOf(other)
                    : Optional.of(asked)
                            .filter(currency -> !other.pricing().currencies().contains(currency));
            missing.ifPresent(currency -> {
                throw new IllegalArgumentException("Plan '" + other.key() + "' is not sold in " + currency
                        + " and cannot be bought together with '" + main.key()
                        + "'; ask for a currency both are sold in");
            });
        }
    }

    private static @Nullable TrialTerms trial(Plan plan, Trial asked) {
        if (asked instanceof CheckoutOptions.Trial.Of other) {
            if (!plan.interval().recurring()) {
                throw new IllegalArgumentException(
                        "Plan '" + plan.key() + "' is paid once and cannot be tried; leave the trial out");
            }
            return other.terms();
        }
        return asked instanceof CheckoutOptions.Trial.None ? null : plan.trial();
    }
}
