package dev.billhook.internal.trial;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.account.AccountService;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.internal.subscription.Commands;
import dev.billhook.internal.subscription.MainSubscriptions;
import dev.billhook.spi.provider.trial.TrialGateway;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.trial.TrialDecision;
import dev.billhook.trial.TrialException;
import dev.billhook.trial.TrialException.Reason;
import dev.billhook.trial.TrialFacts;
import dev.billhook.trial.TrialPolicy;
import dev.billhook.trial.TrialRules;
import dev.billhook.trial.TrialService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** See {@link TrialService}. */
public final class DefaultTrialService implements TrialService {
    private static final Duration LONGEST = Duration.ofDays(730);

    private final Rules rules;
    private final AccountService accounts;
    private final MainSubscriptions subscriptions;
    private final TrialGateway gateway;
    private final Commands commands;

    /** A service that decides by the rules and commands the gateway. */
    public DefaultTrialService(
            Rules rules,
            AccountService accounts,
            MainSubscriptions subscriptions,
            TrialGateway gateway,
            Commands commands) {
        this.rules = rules;
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.gateway = gateway;
        this.commands = commands;
    }

    /** What is sold, who gets a trial, what had one, and what time it is. */
    public record Rules(Catalog catalog, TrialPolicy policy, TrialMarks marks, InstantSource clock) {}

    @Override
    public TrialDecision check(AccountRef account, PlanKey key) {
        return decide(account, rules.catalog().getPlan(key).trial());
    }

    @Override
    public TrialDecision check(AccountRef account, TrialTerms offered) {
        return decide(account, offered);
    }

    /** The provider is asked only if the mirror says nothing against it. */
    private TrialDecision decide(AccountRef account, @Nullable TrialTerms terms) {
        accounts.get(account);
        TrialDecision byMirror = TrialRules.decide(terms, facts(account, Set.of()), rules.policy());
        return byMirror.granted()
                ? TrialRules.decide(terms, facts(account, rules.marks().hadElsewhere(account)), rules.policy())
                : byMirror;
    }

    @Override
    public Subscription extend(AccountRef account, Instant until, RequestKey key) {
        Subscription trial = trialOf(account);
        Instant end = until.truncatedTo(ChronoUnit.SECONDS);
        if (trial.trialEnd() != null && !end.isAfter(trial.trialEnd())) {
            throw new TrialException(
                    Reason.NOT_LATER,
                    "The trial of account " + account + " lasts until " + trial.trialEnd() + " already",
                    "name a later end, or end it with endNow(…)");
        }
        if (end.isAfter(rules.clock().instant().plus(LONGEST))) {
            throw new TrialException(
                    Reason.TOO_LATE,
                    "A trial cannot last until " + end + ", more than two years from now",
                    "name an earlier end; the trial can be extended again later");
        }
        if (trial.scheduledChange().isPresent()) {
            throw new TrialException(
                    Reason.CHANGE_SCHEDULED,
                    "A change of plan is scheduled for the end of the trial of account " + account,
                    "withdraw it first with subscriptions().withdrawScheduledChange(…)");
        }
        return commands.run(trial.id(), () -> gateway.extend(trial.id(), end, key));
    }

    @Override
    public Subscription endNow(AccountRef account, RequestKey key) {
        Subscription trial = trialOf(account);
        if (withoutUnits(trial)) {
            throw new TrialException(
                    Reason.NO_UNITS,
                    "The trial of account " + account + " has no units to charge for",
                    "add one with units().add(…), or cancel the subscription");
        }
        if (!gateway.chargeable(trial.id())) {
            throw new TrialException(
                    Reason.NO_PAYMENT_METHOD,
                    "Account " + account + " has no payment method to charge when its trial ends",
                    "let it add one in the portal first");
        }
        return commands.run(trial.id(), () -> gateway.end(trial.id(), key));
    }

    private boolean withoutUnits(Subscription trial) {
        return subscriptions
                .findPlan(trial)
                .filter(plan -> plan.pricing().takesUnits())
                .flatMap(plan -> trial.itemOf(plan.key()))
                .map(SubscriptionItem::quantity)
                .filter(units -> units == 0)
                .isPresent();
    }

    private Subscription trialOf(AccountRef account) {
        Subscription current = subscriptions.require(account);
        if (current.status() != SubscriptionStatus.TRIALING) {
            throw new TrialException(
                    Reason.NOT_IN_TRIAL,
                    "The subscription of account " + account + " is not in a trial but " + current.status(),
                    "nothing can be extended or ended");
        }
        return current;
    }

    private TrialFacts facts(AccountRef account, Set<TrialPolicy.Per> elsewhere) {
        List<Subscription> all = subscriptions.list(account);
        return new TrialFacts(
                all.stream().anyMatch(each -> each.trialEnd() != null),
                all.stream().anyMatch(DefaultTrialService::beganAtAll),
                elsewhere);
    }

    private static boolean beganAtAll(Subscription subscription) {
        return switch (subscription.status()) {
            case INCOMPLETE, INCOMPLETE_EXPIRED -> false;
            case TRIALING, ACTIVE, PAST_DUE, UNPAID, PAUSED, CANCELED, UNKNOWN -> true;
        };
    }
}
