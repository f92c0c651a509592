package dev.billhook.internal.lifecycle;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Pricing;
import dev.billhook.conversion.Conversion;
import dev.billhook.conversion.Conversion.ScheduleStep;
import dev.billhook.internal.seal.TokenSeal;
import dev.billhook.internal.seal.TokenSeal.Sealed;
import dev.billhook.internal.subscription.Commands;
import dev.billhook.internal.subscription.Order;
import dev.billhook.internal.subscription.PlanChanger;
import dev.billhook.invoice.InvoiceLine;
import dev.billhook.lifecycle.ChangePreview;
import dev.billhook.lifecycle.PreviewExpiredException;
import dev.billhook.lifecycle.PreviewExpiredException.Reason;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.spi.provider.SubscriptionGateway.Confirmation;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Schedule;
import dev.billhook.subscription.Subscription;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Shows what a change would cost, and makes it for exactly that. Nothing is stored in between: the token carries what was
 * promised, and the change leaves its mark on the subscription at the provider, so that it is recognised when it is confirmed
 * again.
 */
public final class Previews {
    private final Catalog catalog;
    private final PlanChanger changer;
    private final Commands commands;
    private final InstantSource clock;
    private final SubscriptionGateway gateway;
    private final Forecasts forecasts;
    private final TokenSeal seal;

    /** Of changes the changer carries out. */
    public Previews(
            Catalog catalog, PlanChanger changer, Commands commands, PaymentProvider provider, InstantSource clock) {
        this.catalog = catalog;
        this.changer = changer;
        this.commands = commands;
        this.clock = clock;
        this.gateway = provider.subscriptions();
        this.forecasts = new Forecasts(provider.estimates(), changer);
        this.seal = new TokenSeal(provider, "preview");
    }

    /** See {@link SubscriptionService#preview}. The mirror may be behind, so the provider is asked for the present state. */
    ChangePreview preview(AccountRef account, String subscriptionId, PlanChange wish) {
        Fetched<SubscriptionSnapshot> fetched = gateway.fetch(subscriptionId);
        Subscription current = fetched.value().subscription();
        Conversion conversion = changer.decide(current, wish);
        Instant prorationDate = current.withinPeriod(fetched.asOf().latest());
        Forecast forecast = forecasts.of(current, conversion, prorationDate);
        Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(SubscriptionService.PREVIEW_TIME);
        PreviewToken token = new PreviewToken(
                subscriptionId,
                wish,
                prorationDate,
                expiresAt,
                conversion.changes().isEmpty(),
                amended(current, conversion),
                Fingerprint.of(current),
                Fingerprint.of(forecast, this::metered));
        return new ChangePreview(
                conversion.timing(),
                conversion.timing().now() ? prorationDate : current.periodEnd().orElse(prorationDate),
                forecast.now(),
                forecast.next(),
                forecast.dueNow(current),
                expiresAt,
                seal.seal(account, token.text()));
    }

    /** See {@link SubscriptionService#confirm}. */
    Subscription confirm(AccountRef account, String text) {
        Sealed sealed = seal.open(account, text).orElseThrow(() -> new PreviewExpiredException(Reason.NOT_OURS));
        PreviewToken token =
                PreviewToken.parse(sealed.text()).orElseThrow(() -> new PreviewExpiredException(Reason.NOT_OURS));
        SubscriptionSnapshot told = gateway.fetch(token.subscriptionId()).value();
        if (sealed.mark().equals(told.confirmed())) {
            return completed(token, sealed.mark());
        }
        if (!clock.instant().isBefore(token.expiresAt())) {
            throw new PreviewExpiredException(Reason.TOO_OLD);
        }
        Subscription current = told.subscription();
        Conversion conversion = changer.decide(current, token.wish());
        if (conversion.nothingToDo() && token.free()) {
            return commands.refresh(token.subscriptionId());
        }
        if (!token.state().equals(Fingerprint.of(current))) {
            throw new PreviewExpiredException(Reason.SUBSCRIPTION_CHANGED);
        }
        Forecast forecast = forecasts.of(current, conversion, token.prorationDate());
        if (!token.money().equals(Fingerprint.of(forecast, this::metered))) {
            return unlessConfirmedMeanwhile(token, sealed.mark());
        }
        return changer.carryOut(current, conversion, order(token, sealed.mark()));
    }

    private static Order order(PreviewToken token, String mark) {
        return new Order(RequestKey.derived("confirm", mark), new Confirmation(token.prorationDate(), mark));
    }

    /** The change was made; what was scheduled is put in step with it if that failed then. */
    private Subscription completed(PreviewToken token, String mark) {
        Subscription changed = commands.refresh(token.subscriptionId());
        Schedule schedule = changed.schedule();
        return schedule != null && schedule.id().equals(token.amends())
                ? changer.amend(changed, order(token, mark))
                : changed;
    }

    private static String amended(Subscription current, Conversion conversion) {
        Schedule schedule = current.schedule();
        return conversion.schedule() == ScheduleStep.AMEND && schedule != null ? schedule.id() : "";
    }

    /** Another click may have made the change while this one asked what it would cost. */
    private Subscription unlessConfirmedMeanwhile(PreviewToken token, String mark) {
        if (mark.equals(gateway.fetch(token.subscriptionId()).value().confirmed())) {
            return commands.refresh(token.subscriptionId());
        }
        throw new PreviewExpiredException(Reason.AMOUNTS_CHANGED);
    }

    private boolean metered(InvoiceLine line) {
        return line.plan() != null
                && catalog.findPlan(line.plan())
                        .filter(plan -> plan.pricing() instanceof Pricing.Metered)
                        .isPresent();
    }
}
