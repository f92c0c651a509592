package dev.billhook.conversion;

import dev.billhook.catalog.Plan;
import dev.billhook.conversion.ConversionException.Reason;
import dev.billhook.subscription.Subscription;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses what cannot become a running subscription of the target. */
final class Admission {
    private Admission() {}

    static void check(Subscription current, Plan target) {
        checkTarget(target);
        checkStatus(current, target);
        if (!soldIn(target, current.terms().currency())) {
            throw new ConversionException(
                    Reason.CURRENCY,
                    "Plan '" + target.key() + "' is not sold in "
                            + current.terms().currency() + ", in which subscription " + current.id() + " is charged",
                    "add the currency to the plan's prices, or let the account cancel and subscribe anew");
        }
    }

    /** Whether the plan has a price in the currency, as far as the currency is known. */
    static boolean soldIn(Plan plan, @Nullable Currency currency) {
        return currency == null || plan.pricing().currencies().contains(currency);
    }

    /** One subscription has one interval: a line nobody can move forbids another one. */
    static void checkForeignLines(Subscription current, Lines lines, Plan target) {
        Lines.Line main = lines.tiers().get(0);
        if (main.plan().interval().equals(target.interval())) {
            return;
        }
        List<String> bound = lines.foreign().stream()
                .filter(item -> item.periodStart().equals(main.item().periodStart())
                        && item.periodEnd().equals(main.item().periodEnd()))
                .map(item -> item.priceId())
                .toList();
        if (!bound.isEmpty()) {
            throw new ConversionException(
                    Reason.FOREIGN_LINE,
                    "Subscription " + current.id() + " has lines of prices " + bound
                            + " that are not the catalog's and keep the interval of '"
                            + main.plan().key() + "'",
                    "add them to the catalog as an add-on with a plan of the interval of '" + target.key()
                            + "', or remove them");
        }
    }

    private static void checkTarget(Plan target) {
        if (!target.interval().recurring()) {
            throw new ConversionException(
                    Reason.ONE_TIME_TARGET,
                    "Plan '" + target.key() + "' is a one-time purchase",
                    "send the account to Checkout for it with billing.checkout().start(…); the subscription ends once it is paid");
        }
        if (target.product().addOn()) {
            throw new ConversionException(
                    Reason.ADD_ON_TARGET,
                    "Plan '" + target.key() + "' is an add-on",
                    "change to a plan of a tier; an add-on is a further line besides it");
        }
    }

    private static void checkStatus(Subscription current, Plan target) {
        String subject = "Subscription " + current.id() + " ";
        switch (current.status()) {
            case TRIALING, ACTIVE, PAST_DUE -> {}
            case CANCELED, INCOMPLETE_EXPIRED ->
                throw new ConversionException(
                        Reason.ENDED,
                        subject + "has ended",
                        "send the account to Checkout for plan '" + target.key() + "'");
            case INCOMPLETE ->
                throw new ConversionException(
                        Reason.FIRST_PAYMENT_OPEN,
                        subject + "waits for its first payment",
                        "let the account pay its open invoice, or cancel the subscription and send it to Checkout");
            case UNPAID ->
                throw new ConversionException(
                        Reason.UNPAID,
                        subject + "has unpaid invoices",
                        "let the account pay them first, e.g. in the portal");
            case PAUSED ->
                throw new ConversionException(
                        Reason.PAUSED,
                        subject + "is paused since its trial ended without a payment method",
                        "let the account add one in the portal and resume the subscription first");
            case UNKNOWN ->
                throw new ConversionException(
                        Reason.UNKNOWN_STATUS,
                        subject + "is in a state this version does not know",
                        "change it in the provider's dashboard");
        }
    }
}
