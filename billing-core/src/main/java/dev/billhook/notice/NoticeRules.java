package dev.billhook.notice;

import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.Catalog;
import dev.billhook.entitlement.AccessRules;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.entitlement.NextStep;
import dev.billhook.event.BillingEvent;
import dev.billhook.notice.Told.Access;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pure decision from an account's facts, what it was told, policy and time to what it is to be told. Whether a notice was
 * told depends on what it is about and not on when anybody looked, so that the same facts tell the same notices, each once,
 * however the looks are spread and wherever the clock jumps. Thread-safe.
 *
 * @since 0.1.0
 */
public final class NoticeRules {
    private final AccessRules access;
    private final AheadRules ahead;
    private final NoticePolicy policy;

    /** Rules by a policy, on access as the given rules decide it. */
    public NoticeRules(AccessRules access, Catalog catalog, NoticePolicy policy) {
        this.access = access;
        this.ahead = new AheadRules(catalog, policy);
        this.policy = policy;
    }

    /**
     * What is to be told now.
     *
     * @param told what was told before
     * @param now what the host's clock says
     * @param heard the provider's time when it last reminded of something, which is later where the account's objects live in a
     *     time of their own; or null
     */
    public NoticeDecision decide(NoticeFacts facts, Told told, Instant now, @Nullable Instant heard) {
        Instant time = heard != null && heard.isAfter(now) ? heard : now;
        AccessOutlook outlook = AccessOutlook.of(access, facts, now);
        List<Occasion> occasions = ahead.occasions(facts, outlook);
        List<Occasion> open =
                occasions.stream().filter(Occasion.openAt(time, told)).toList();
        List<DueNotice> due = new ArrayList<>();
        Told after = accessNow(facts, outlook, told, due);
        open.forEach(occasion -> due.add(occasion.due()));
        Told remembered = after.with(keys(open.stream()), keys(occasions.stream()), now);
        Instant look = Stream.concat(
                        outlook.nextChange().stream(),
                        occasions.stream()
                                .filter(occasion -> !remembered.ahead().contains(occasion.key()))
                                .map(Occasion::from)
                                .filter(from -> from.isAfter(now)))
                .min(Comparator.naturalOrder())
                .orElse(null);
        return new NoticeDecision(due, remembered, look);
    }

    /**
     * When an account must be looked at because something of it changed. For a door that knows only what changed: what else the
     * account has can make a look needless, but never a nearer one necessary.
     *
     * @param before what changed as it was, with nothing else of the account, or null if it is new
     * @param after the same as it is
     */
    public Look lookAfter(@Nullable NoticeFacts before, NoticeFacts after, Instant now) {
        Outline old = before == null ? Outline.NOTHING : outline(before, now);
        Outline fresh = outline(after, now);
        Set<Told.Key> known = keys(old.occasions.stream());
        Instant at = old.access != fresh.access
                ? now
                : Stream.concat(
                                fresh.occasions.stream()
                                        .filter(occasion -> now.isBefore(occasion.until()))
                                        .filter(occasion -> !known.contains(occasion.key()))
                                        .map(Occasion::from),
                                fresh.change.filter(change -> !old.change.equals(fresh.change)).stream())
                        .map(from -> from.isBefore(now) ? now : from)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
        boolean newcomer = before == null && fresh.access != Access.FULL;
        return new Look(at, newcomer ? Told.UNKNOWN : Told.NOTHING, fresh.full && !old.full);
    }

    /** When an account must be looked at because a card is new to it; empty if that brings no look nearer. */
    public Optional<Instant> lookForCard(PaymentMethod card, Instant now) {
        return policy.leadsOf(NoticeKind.CARD_EXPIRING).stream()
                .findFirst()
                .flatMap(lead -> AheadRules.expiry(card).filter(now::isBefore).map(expiry -> expiry.minus(lead)))
                .map(at -> at.isBefore(now) ? now : at);
    }

    /**
     * What a change asks for.
     *
     * @param at when the account is to be looked at, or null if the change brings no look nearer
     * @param told what it counts as having been told if nothing is known of it: whoever had lost access before anybody knew of
     *     him need not be told
     * @param gained whether something gives full access that did not, which is news to those who had lost it
     */
    public record Look(@Nullable Instant at, Told told, boolean gained) {}

    private record Outline(Access access, boolean full, Optional<Instant> change, List<Occasion> occasions) {
        static final Outline NOTHING = new Outline(Access.FULL, false, Optional.empty(), List.of());
    }

    private Outline outline(NoticeFacts facts, Instant now) {
        AccessOutlook outlook = AccessOutlook.of(access, facts, now);
        return new Outline(
                outlook.access(),
                outlook.present().state().full(),
                outlook.nextChange(),
                ahead.occasions(facts, outlook));
    }

    private Told accessNow(NoticeFacts facts, AccessOutlook outlook, Told told, List<DueNotice> due) {
        Access now = believable(facts, outlook, told);
        Optional<DueNotice> notice = now == told.access() || told.access() == Access.UNKNOWN
                ? Optional.empty()
                : changed(facts, outlook, told).filter(each -> policy.tells(kind(now)));
        notice.ifPresent(due::add);
        return told.with(now, notice.isPresent(), outlook.now());
    }

    /** A clock that went back changes nobody's access; what changed meanwhile holds at both times. */
    private Access believable(NoticeFacts facts, AccessOutlook outlook, Told told) {
        Instant seen = told.seen();
        if (seen == null || !outlook.now().isBefore(seen)) {
            return outlook.access();
        }
        Access then = AccessOutlook.of(access.decide(facts.account(), facts.access(), seen));
        return then == outlook.access() ? then : told.access();
    }

    private static NoticeKind kind(Access now) {
        return switch (now) {
            case CLOSED -> NoticeKind.CLOSED;
            case LIMITED -> NoticeKind.LIMITED;
            case FULL, UNKNOWN -> NoticeKind.RESTORED;
        };
    }

    /** A longer time for reading can open a closed account again, which is not worth a mail; neither is losing what never was. */
    private static Optional<DueNotice> changed(NoticeFacts facts, AccessOutlook outlook, Told told) {
        Entitlements present = outlook.present();
        String occasion = "ACCESS|" + (told.changes() + 1);
        return switch (outlook.access()) {
            case CLOSED ->
                Optional.of(new DueNotice(
                        occasion,
                        "AccountClosed",
                        null,
                        (meta, bill) -> new BillingEvent.AccountClosed(meta, present.reason(), present.nextStep())));
            case LIMITED ->
                told.access() == Access.CLOSED
                        ? Optional.empty()
                        : Optional.of(new DueNotice(
                                occasion,
                                "AccessLimited",
                                whatToPay(facts, present),
                                (meta, bill) -> new BillingEvent.AccessLimited(
                                        meta,
                                        present.reason(),
                                        present.nextStep(),
                                        present.plans(),
                                        outlook.closure().orElse(null),
                                        bill)));
            case FULL, UNKNOWN ->
                present.state().full()
                        ? Optional.of(new DueNotice(
                                occasion,
                                "AccessRestored",
                                null,
                                (meta, bill) -> new BillingEvent.AccessRestored(meta, present.plans())))
                        : Optional.empty();
        };
    }

    static @Nullable Question whatToPay(NoticeFacts facts, Entitlements then) {
        Customer customer = facts.customer();
        return customer == null || customer.deleted() || then.nextStep() != NextStep.UPDATE_PAYMENT_METHOD
                ? null
                : new Question.OpenInvoice(customer.id());
    }

    private static Set<Told.Key> keys(Stream<Occasion> occasions) {
        return occasions.map(Occasion::key).collect(Collectors.toCollection(HashSet::new));
    }
}
