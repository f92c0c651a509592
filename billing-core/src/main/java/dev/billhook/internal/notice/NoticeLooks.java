package dev.billhook.internal.notice;

import dev.billhook.account.AccountRef;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.entitlement.AccessFacts;
import dev.billhook.notice.NoticeFacts;
import dev.billhook.notice.NoticePolicy;
import dev.billhook.notice.NoticeRules;
import dev.billhook.notice.Told;
import dev.billhook.spi.store.notice.NoticeStore;
import dev.billhook.spi.store.notice.NoticeStore.Mark;
import dev.billhook.subscription.Subscription;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notes, within the transaction that changes accounts, when they must be looked at because of it. Most changes bring no look
 * nearer and cost nothing. For one call of the door.
 */
public final class NoticeLooks {
    private final NoticeRules rules;
    private final NoticeStore store;
    private final Instant now;
    private final boolean off;
    private final List<Mark> marks = new ArrayList<>();
    private final Map<AccountRef, Instant> reminders = new LinkedHashMap<>();

    /** Looks by the rules. */
    public NoticeLooks(NoticeRules rules, NoticePolicy policy, NoticeStore store, InstantSource clock) {
        this.rules = rules;
        this.store = store;
        this.now = clock.instant();
        this.off = policy.equals(NoticePolicy.NONE);
    }

    /**
     * A subscription changed, or is new.
     *
     * @param customer whose card it may be charged to, or null
     * @param before how it was, or null if there was none
     */
    public void subscription(
            AccountRef account, @Nullable Customer customer, @Nullable Subscription before, Subscription after) {
        if (off || after.equals(before)) {
            return;
        }
        NoticeFacts old = before == null ? null : alone(account, customer, before);
        NoticeRules.Look look = rules.lookAfter(old, alone(account, customer, after), now);
        if (look.at() != null) {
            marks.add(new Mark(account, look.at(), look.told()));
        }
        if (look.gained()) {
            marks.add(new Mark(account, now, null));
        }
    }

    /** A customer changed, or is new; whether anything is charged to its card is known to the look only. */
    public void customer(AccountRef account, @Nullable Customer before, Customer after) {
        PaymentMethod old = before == null ? null : before.defaultPaymentMethod();
        PaymentMethod card = after.defaultPaymentMethod();
        if (!off && card != null && !card.equals(old)) {
            rules.lookForCard(card, now).ifPresent(at -> marks.add(new Mark(account, at, Told.NOTHING)));
        }
    }

    /** Something else that access follows from changed. */
    public void access(AccountRef account) {
        if (!off) {
            marks.add(new Mark(account, now, Told.NOTHING));
        }
    }

    /** The provider reminded of something. */
    public void reminded(AccountRef account, Instant providerTime) {
        if (!off) {
            reminders.put(account, providerTime);
        }
    }

    /** What is to be written with the accounts locked, besides reminders. Nobody is told of an account that was deleted. */
    public List<Mark> marks() {
        return marks.stream().filter(mark -> !mark.account().deleted()).toList();
    }

    /** Writes what the provider reminded of, with the accounts locked. */
    public void writeReminders() {
        reminders.keySet().removeIf(AccountRef::deleted);
        reminders.forEach((account, providerTime) -> store.remind(account, now, providerTime));
    }

    private static NoticeFacts alone(AccountRef account, @Nullable Customer customer, Subscription subscription) {
        return new NoticeFacts(account, customer, AccessFacts.of(List.of(subscription)));
    }
}
