package dev.billhook.internal;

import dev.billhook.account.AccountService;
import dev.billhook.addon.AddOnService;
import dev.billhook.addon.LineOrder;
import dev.billhook.internal.addon.AddOnFollowing;
import dev.billhook.internal.addon.AddOnLines;
import dev.billhook.internal.addon.AddOnSubscriptions;
import dev.billhook.internal.addon.DefaultAddOnService;
import dev.billhook.internal.ending.Endings;
import dev.billhook.internal.event.Reaction;
import dev.billhook.internal.lifecycle.Collecting;
import dev.billhook.internal.lifecycle.DefaultSubscriptionService;
import dev.billhook.internal.lifecycle.PlanChanges;
import dev.billhook.internal.lifecycle.Previews;
import dev.billhook.internal.lifecycle.Reactivator;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.internal.offer.DefaultOfferService;
import dev.billhook.internal.offer.OfferWatch;
import dev.billhook.internal.offer.Places;
import dev.billhook.internal.subscription.Commands;
import dev.billhook.internal.subscription.MainSubscriptions;
import dev.billhook.internal.subscription.PlanChanger;
import dev.billhook.internal.trial.DefaultTrialService;
import dev.billhook.internal.trial.TrialMarks;
import dev.billhook.internal.trial.TrialWatch;
import dev.billhook.internal.trial.ZeroUnitTrials;
import dev.billhook.internal.turn.AccountTurns;
import dev.billhook.internal.unit.DefaultUnitService;
import dev.billhook.internal.unit.UnitChanges;
import dev.billhook.internal.unit.UnitDriftCheck;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.trial.TrialService;
import dev.billhook.unit.UnitService;
import java.time.InstantSource;
import java.util.List;

/**
 * The part of the assembly that puts together what changes subscriptions. Every capability works with the same ways: which
 * subscription is meant, whose turn it is, how commands and conversions are carried out.
 */
final class SubscriptionAssembly {
    private final PaymentProvider provider;
    private final BillingStores stores;
    private final Assembly.Rules rules;
    private final MirrorSync sync;
    private final Places places;
    private final InstantSource clock;
    private final Ways ways;
    private final Endings endings;
    private final ZeroUnitTrials zeroUnits;

    SubscriptionAssembly(
            PaymentProvider provider,
            BillingStores stores,
            Assembly.Rules rules,
            MirrorSync sync,
            Places places,
            InstantSource clock) {
        this.provider = provider;
        this.stores = stores;
        this.rules = rules;
        this.sync = sync;
        this.places = places;
        this.clock = clock;
        Commands commands = new Commands(sync, stores.subscriptions());
        this.ways = new Ways(
                new MainSubscriptions(rules.catalog(), stores.subscriptions()),
                new AccountTurns(stores, clock),
                commands,
                new PlanChanger(rules.catalog(), rules.converter(), provider.subscriptions(), commands, places));
        this.endings = new Endings(provider, commands, ways.changer(), clock);
        this.zeroUnits = new ZeroUnitTrials(ways.subscriptions(), provider.subscriptions(), commands);
    }

    /** What every capability works with. */
    private record Ways(MainSubscriptions subscriptions, AccountTurns turns, Commands commands, PlanChanger changer) {}

    AccountTurns turns() {
        return ways.turns();
    }

    SubscriptionService subscriptions(UnitService units) {
        Previews previews = new Previews(rules.catalog(), ways.changer(), ways.commands(), provider, clock);
        PlanChanges plans =
                new PlanChanges(ways.subscriptions(), ways.turns(), ways.commands(), ways.changer(), previews);
        Reactivator reactivator = new Reactivator(
                rules.catalog(), ways.subscriptions(), provider.subscriptions(), ways.commands(), ways.turns(), places);
        Collecting collecting = new Collecting(provider.subscriptions(), ways.commands());
        return new DefaultSubscriptionService(
                ways.subscriptions(),
                new DefaultSubscriptionService.Parts(plans, units, endings, reactivator, collecting),
                ways.turns(),
                clock);
    }

    AddOnService addOns() {
        return new DefaultAddOnService(
                new DefaultAddOnService.Rules(rules.catalog(), rules.extras().addOns()),
                ways.subscriptions(),
                ways.turns(),
                new AddOnLines(provider, ways.commands(), new LineOrder(rules.catalog()), clock),
                addOnSubscriptions());
    }

    TrialService trials(AccountService accounts) {
        return new DefaultTrialService(
                new DefaultTrialService.Rules(rules.catalog(), rules.extras().trials(), marks(), clock),
                accounts,
                ways.subscriptions(),
                provider.trials(),
                ways.commands());
    }

    /** What follows from events. */
    List<Reaction> reactions(MirrorWriter mirror) {
        boolean anyAddOns = rules.catalog().products().stream().anyMatch(product -> product.addOn());
        return List.of(
                new TrialWatch(
                        rules.extras().trials(),
                        marks(),
                        zeroUnits,
                        new TrialWatch.Parts(provider, stores, mirror, ways.commands(), ways.subscriptions())),
                new AddOnFollowing(ways.subscriptions(), addOnSubscriptions(), anyAddOns),
                new OfferWatch(
                        rules.catalog(),
                        new DefaultOfferService(rules.catalog(), stores.offers(), clock),
                        places,
                        stores.accounts(),
                        mirror));
    }

    UnitService units() {
        UnitChanges changes = new UnitChanges(
                new UnitChanges.Decisions(rules.catalog(), rules.converter()),
                new UnitChanges.Ways(sync, provider.subscriptions(), ways.commands(), ways.changer()),
                ways.subscriptions(),
                zeroUnits,
                clock);
        return new DefaultUnitService(
                ways.subscriptions(),
                ways.turns(),
                changes,
                new UnitDriftCheck(ways.subscriptions(), stores.subscriptions()),
                rules.extras().unitSource());
    }

    private TrialMarks marks() {
        return new TrialMarks(rules.extras().trials(), rules.extras().domains(), stores.accounts(), provider.trials());
    }

    private AddOnSubscriptions addOnSubscriptions() {
        return new AddOnSubscriptions(
                provider.addOns(), endings, sync, rules.extras().addOns());
    }
}
