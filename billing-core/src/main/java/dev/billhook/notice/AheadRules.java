package dev.billhook.notice;

import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.Catalog;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.OpenBill;
import dev.billhook.money.Money;
import dev.billhook.notice.Occasion.Reading;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be told ahead of an account as it is, whether its time has come or not; pure. */
final class AheadRules {
    private final Catalog catalog;
    private final NoticePolicy policy;

    AheadRules(Catalog catalog, NoticePolicy policy) {
        this.catalog = catalog;
        this.policy = policy;
    }

    List<Occasion> occasions(NoticeFacts facts, AccessOutlook outlook) {
        List<Occasion> all = new ArrayList<>();
        for (Subscription subscription : facts.access().subscriptions()) {
            trial(facts, subscription, all);
            renewal(facts, subscription, all);
        }
        cards(facts, all);
        access(facts, outlook, all);
        return all;
    }

    private void trial(NoticeFacts facts, Subscription subscription, List<Occasion> all) {
        Instant end = subscription.trialEnd();
        if (!subscription.trialing() || end == null) {
            return;
        }
        boolean goesOn =
                subscription.pendingEnd().filter(ends -> !ends.isAfter(end)).isEmpty();
        Question question = goesOn ? new Question.NextInvoice(subscription.id()) : null;
        add(
                all,
                NoticeKind.TRIAL_ENDING,
                subscription.id(),
                end,
                "TrialEnding",
                question,
                (meta, bill) -> new BillingEvent.TrialEnding(
                        meta,
                        subscription.id(),
                        end,
                        subscription.plans(),
                        goesOn,
                        amount(bill),
                        facts.chargedTo(subscription).orElse(null)));
    }

    private void renewal(NoticeFacts facts, Subscription subscription, List<Occasion> all) {
        Instant due = subscription.periodEnd().orElse(null);
        boolean renews = subscription.status() == SubscriptionStatus.ACTIVE
                && !subscription.collectionPaused()
                && !subscription.expiring();
        if (!renews || due == null) {
            return;
        }
        add(
                all,
                subscription.annual(catalog) ? NoticeKind.YEARLY_RENEWAL : NoticeKind.SHORTER_RENEWAL,
                subscription.id(),
                due,
                "RenewalUpcoming",
                new Question.NextInvoice(subscription.id()),
                (meta, bill) -> new BillingEvent.RenewalUpcoming(
                        meta,
                        subscription.id(),
                        amount(bill),
                        due,
                        subscription.plans(),
                        facts.chargedTo(subscription).orElse(null)));
    }

    /** A card matters as long as something will still be charged to it when it has expired. */
    private void cards(NoticeFacts facts, List<Occasion> all) {
        Set<PaymentMethod> charged = facts.access().subscriptions().stream()
                .filter(subscription -> subscription.status().running())
                .flatMap(subscription -> facts
                        .chargedTo(subscription)
                        .filter(card -> expiry(card)
                                .filter(expiry -> subscription
                                        .pendingEnd()
                                        .filter(end -> !end.isAfter(expiry))
                                        .isEmpty())
                                .isPresent())
                        .stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (PaymentMethod card : charged) {
            expiry(card)
                    .ifPresent(expiry -> add(
                            all,
                            NoticeKind.CARD_EXPIRING,
                            card.id(),
                            expiry,
                            "CardExpiring",
                            null,
                            (meta, bill) -> new BillingEvent.CardExpiring(meta, card, expiry)));
        }
    }

    private void access(NoticeFacts facts, AccessOutlook outlook, List<Occasion> all) {
        for (AccessOutlook.Change change : outlook.changes()) {
            if (change.losesAccess() && !toldByTrial(facts, change.at())) {
                add(
                        all,
                        NoticeKind.LIMIT_APPROACHING,
                        "",
                        change.at(),
                        "AccessLimitApproaching",
                        NoticeRules.whatToPay(facts, change.after()),
                        (meta, bill) -> new BillingEvent.AccessLimitApproaching(
                                meta,
                                change.at(),
                                change.after().reason(),
                                change.after().nextStep(),
                                change.before().plans(),
                                bill));
            } else if (change.closes()) {
                add(
                        all,
                        new Subject(NoticeKind.CLOSURE_APPROACHING, "", change.since(), change.at()),
                        "ClosureApproaching",
                        null,
                        (meta, bill) -> new BillingEvent.ClosureApproaching(
                                meta,
                                change.at(),
                                change.before().reason(),
                                change.before().nextStep()));
            }
        }
    }

    /** Access that ends with a trial is told once, by the trial. */
    private boolean toldByTrial(NoticeFacts facts, Instant limit) {
        return policy.tells(NoticeKind.TRIAL_ENDING)
                && facts.access().subscriptions().stream()
                        .anyMatch(subscription -> subscription.trialing() && limit.equals(subscription.trialEnd()));
    }

    /**
     * What is told.
     *
     * @param id the subscription or payment method it is about, or empty
     * @param earliest when it can be told first
     * @param at when it happens
     */
    private record Subject(NoticeKind kind, String id, Instant earliest, Instant at) {}

    private void add(
            List<Occasion> all,
            NoticeKind kind,
            String id,
            Instant at,
            String event,
            @Nullable Question question,
            Reading reading) {
        add(all, new Subject(kind, id, Instant.EPOCH, at), event, question, reading);
    }

    /** One for each lead; each is pointless as soon as the next one's time has come. */
    private void add(List<Occasion> all, Subject subject, String event, @Nullable Question question, Reading reading) {
        List<Duration> leads = policy.leadsOf(subject.kind());
        for (int i = 0; i < leads.size(); i++) {
            Told.Key key = Told.Key.of(subject.kind(), subject.id(), subject.at(), leads.get(i));
            Instant from = subject.at().minus(leads.get(i));
            Instant until = i + 1 < leads.size() ? subject.at().minus(leads.get(i + 1)) : subject.at();
            all.add(new Occasion(
                    key,
                    from.isBefore(subject.earliest()) ? subject.earliest() : from,
                    until,
                    new DueNotice(Occasion.name(key), event, question, reading)));
        }
    }

    /** From when on a card cannot be charged. */
    static Optional<Instant> expiry(PaymentMethod card) {
        return card.lastMonth()
                .map(month -> month.plusMonths(1)
                        .atDay(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant());
    }

    private static @Nullable Money amount(@Nullable OpenBill bill) {
        return bill == null ? null : bill.amount();
    }
}
