package dev.billhook.internal.migration;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.conversion.ItemChange;
import dev.billhook.migration.MigrationStep;
import dev.billhook.migration.MigrationStep.Line;
import dev.billhook.migration.SkipReason;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.price.PriceGateway.Price;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.Timing;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a subscription. Pure, but for older prices that are asked for. */
final class MigrationRules {
    private final PriceBook prices;
    private final Timing timing;

    MigrationRules(PriceBook prices, Timing timing) {
        this.prices = prices;
        this.timing = timing;
    }

    /**
     * What is decided.
     *
     * @param changes what moves it; empty if it stays
     */
    record Decision(MigrationStep step, List<ItemChange> changes) {}

    /** A line on an older price. */
    private record Old(
            SubscriptionItem item,
            PlanKey plan,
            Price present,
            @Nullable Price older) {}

    /** The decision; empty if no line is on an older price. */
    Optional<Decision> decide(AccountRef account, Subscription subscription) {
        List<Old> old = old(subscription);
        if (subscription.status().ended() || old.isEmpty()) {
            return Optional.empty();
        }
        Currency currency = subscription.terms().currency();
        MigrationStep step = new MigrationStep(
                account,
                subscription.id(),
                old.stream().map(line -> told(line, currency)).toList(),
                null);
        Optional<SkipReason> stays = stays(subscription)
                .or(() -> old.stream()
                        .flatMap(line -> stays(line, currency).stream())
                        .findFirst());
        return Optional.of(stays.map(why -> new Decision(step.skipped(why), List.of()))
                .orElseGet(() -> new Decision(step, changes(old))));
    }

    /** Whether a run that died had moved it: nothing is left to move now, or it is scheduled. */
    boolean done(Subscription subscription) {
        return !subscription.status().ended()
                && (old(subscription).isEmpty()
                        || subscription.scheduledChange().isPresent());
    }

    private List<Old> old(Subscription subscription) {
        List<Old> old = new ArrayList<>();
        for (SubscriptionItem item : subscription.items()) {
            PlanKey plan = item.plan();
            Price present = plan == null ? null : prices.present(plan).orElse(null);
            if (plan != null && present != null && !present.id().equals(item.priceId())) {
                old.add(new Old(
                        item, plan, present, prices.older(item.priceId()).orElse(null)));
            }
        }
        return old;
    }

    private Optional<SkipReason> stays(Subscription subscription) {
        switch (subscription.status()) {
            case ACTIVE, TRIALING, PAST_DUE -> {
                if (subscription.schedule() != null) {
                    return Optional.of(SkipReason.SCHEDULED);
                }
                boolean ends = subscription.pendingEnd().isPresent();
                return ends && !timing.now() ? Optional.of(SkipReason.ENDING) : Optional.empty();
            }
            default -> {
                return Optional.of(SkipReason.NOT_RUNNING);
            }
        }
    }

    private static Optional<SkipReason> stays(Old line, @Nullable Currency currency) {
        Price older = line.older();
        Price present = line.present();
        if (older == null || older.pricing() == null || present.pricing() == null) {
            return Optional.of(SkipReason.UNKNOWN_PRICE);
        }
        if (!older.interval().equals(present.interval())) {
            return Optional.of(SkipReason.OTHER_INTERVAL);
        }
        if (metered(older) != metered(present)) {
            return Optional.of(SkipReason.OTHER_KIND);
        }
        return currency == null || !present.pricing().currencies().contains(currency)
                ? Optional.of(SkipReason.CURRENCY)
                : Optional.empty();
    }

    private static boolean metered(Price price) {
        return price.pricing() instanceof Pricing.Metered;
    }

    private static List<ItemChange> changes(List<Old> old) {
        return old.stream()
                .<ItemChange>map(line -> new ItemChange.Replace(
                        line.item().id(), line.plan(), line.item().quantity()))
                .toList();
    }

    private static Line told(Old line, @Nullable Currency currency) {
        long units = line.item().quantity();
        return new Line(
                line.plan(), units, amount(line.older(), currency, units), amount(line.present(), currency, units));
    }

    private static @Nullable Money amount(@Nullable Price price, @Nullable Currency currency, long units) {
        return price == null || currency == null
                ? null
                : PeriodAmount.of(price.pricing(), currency, units).orElse(null);
    }
}
