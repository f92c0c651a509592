package dev.billhook.notice;

import dev.billhook.entitlement.AccessReason;
import dev.billhook.entitlement.AccessRules;
import dev.billhook.entitlement.AccessState;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.notice.Told.Access;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How an account's access is, and how it was and will be as its facts stand. What does not follow from time has no beginning here.
 *
 * @param present what it may do now
 * @param changes each time it was or will be limited, closed or full again, in order
 * @param now when that is
 */
record AccessOutlook(Entitlements present, List<Change> changes, Instant now) {
    /** Whoever never had access has lost none. */
    private static final Set<AccessReason> NEVER_HAD =
            Set.of(AccessReason.NOTHING_BOUGHT, AccessReason.FIRST_PAYMENT_OPEN, AccessReason.FIRST_PAYMENT_FAILED);

    /** Answers change no oftener than an account has things that begin and end; this only guards against endless ones. */
    private static final int MOST_ANSWERS = 1000;

    /**
     * A time from which on access is another.
     *
     * @param since when access became as it is before, or the epoch if that does not follow from time
     * @param before what it may do right before
     * @param after what it may do then
     */
    record Change(Instant at, Instant since, Entitlements before, Entitlements after) {
        boolean losesAccess() {
            return before.state().full() && of(after) == Access.LIMITED;
        }

        boolean closes() {
            return of(before) == Access.LIMITED && of(after) == Access.CLOSED;
        }
    }

    static AccessOutlook of(AccessRules rules, NoticeFacts facts, Instant now) {
        List<Change> changes = new ArrayList<>();
        Entitlements answer = rules.decide(facts.account(), facts.access(), Instant.EPOCH);
        Instant since = Instant.EPOCH;
        for (int i = 0; i < MOST_ANSWERS && answer.validUntil() != null; i++) {
            Instant at = answer.validUntil();
            Entitlements next = rules.decide(facts.account(), facts.access(), at);
            if (of(next) != of(answer)) {
                changes.add(new Change(at, since, answer, next));
                since = at;
            }
            answer = next;
        }
        return new AccessOutlook(rules.decide(facts.account(), facts.access(), now), List.copyOf(changes), now);
    }

    /** How access is in the words of notices. */
    static Access of(Entitlements answer) {
        if (answer.state() == AccessState.CLOSED) {
            return Access.CLOSED;
        }
        return answer.state().full() || NEVER_HAD.contains(answer.reason()) ? Access.FULL : Access.LIMITED;
    }

    Access access() {
        return of(present);
    }

    /** When it will be closed, if it is limited now. */
    Optional<Instant> closure() {
        return next().filter(change -> access() == Access.LIMITED && change.closes())
                .map(Change::at);
    }

    /** The first change that is still to come. */
    Optional<Instant> nextChange() {
        return next().map(Change::at);
    }

    private Optional<Change> next() {
        return changes.stream().filter(change -> change.at().isAfter(now)).findFirst();
    }
}
