package dev.billhook.internal;

import dev.billhook.account.AccountService;
import dev.billhook.addon.AddOnService;
import dev.billhook.addon.LineOrder;
import dev.billhook.catalog.Catalog;
import dev.billhook.conversion.PlanConverter;
import dev.billhook.internal.addon.AddOnFollowing;
import dev.billhook.internal.addon.AddOnLines;
import dev.billhook.internal.addon.AddOnSubscriptions;
import dev.billhook.internal.addon.DefaultAddOnService;
import dev.billhook.internal.event.Reaction;
import dev.billhook.internal.mirror.MirrorSync;
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
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.trial.TrialService;
import dev.billhook.unit.UnitService;
import java.time.InstantSource;
import java.util.List;

/** The part of the assembly that puts together units, trials and add-ons. */
final class SubscriptionExtras {
    private final PaymentProvider provider;
    private final BillingStores stores;
    private final Catalog catalog;
    private final PlanConverter converter;
    private final ExtraRules rules;
    private final MirrorSync sync;
    private final InstantSource clock;
    private final MainSubscriptions subscriptions;
    private final AccountTurns turns;
    private final Commands commands;
    private final PlanChanger changer;
    private final TrialMarks marks;
    private final ZeroUnitTrials zeroUnits;
    private final AddOnSubscriptions addOnSubscriptions;

    SubscriptionExtras(
            PaymentProvider provider,
            BillingStores stores,
            Assembly.Rules rules,
            MirrorSync sync,
            InstantSource clock) {
        this.provider = provider;
        this.stores = stores;
        this.catalog = rules.catalog();
        this.converter = rules.converter();
        this.rules = rules.extras();
        this.sync = sync;
        this.clock = clock;
        this.subscriptions = new MainSubscriptions(catalog, stores.subscriptions());
        this.turns = new AccountTurns(stores, clock);
        this.commands = new Commands(sync, stores.subscriptions());
        this.marks = new TrialMarks(this.rules.trials(), this.rules.domains(), stores.accounts(), provider.trials());
        this.zeroUnits = new ZeroUnitTrials(subscriptions, provider.subscriptions(), commands);
        this.addOnSubscriptions = new AddOnSubscriptions(
                provider.addOns(), provider.subscriptions(), commands, sync, this.rules.addOns());
        this.changer = new PlanChanger(catalog, converter, provider.subscriptions(), commands);
    }

    AddOnService addOns() {
        return new DefaultAddOnService(
                new DefaultAddOnService.Rules(catalog, rules.addOns()),
                subscriptions,
                turns,
                new AddOnLines(provider.subscriptions(), commands, new LineOrder(catalog)),
                addOnSubscriptions);
    }

    AccountTurns turns() {
        return turns;
    }

    TrialService trials(AccountService accounts) {
        return new DefaultTrialService(
                new DefaultTrialService.Rules(catalog, rules.trials(), marks, clock),
                accounts,
                subscriptions,
                provider.trials(),
                commands);
    }

    /** What follows from events. */
    List<Reaction> reactions(MirrorWriter mirror) {
        boolean anyAddOns = catalog.products().stream().anyMatch(product -> product.addOn());
        return List.of(
                new TrialWatch(
                        rules.trials(),
                        marks,
                        zeroUnits,
                        new TrialWatch.Parts(provider, stores, mirror, commands, subscriptions)),
                new AddOnFollowing(subscriptions, addOnSubscriptions, anyAddOns));
    }

    UnitService units() {
        UnitChanges changes = new UnitChanges(
                new UnitChanges.Decisions(catalog, converter),
                new UnitChanges.Ways(sync, provider.subscriptions(), commands, changer),
                subscriptions,
                zeroUnits,
                clock);
        return new DefaultUnitService(
                subscriptions,
                turns,
                changes,
                new UnitDriftCheck(subscriptions, stores.subscriptions()),
                rules.unitSource());
    }
}
