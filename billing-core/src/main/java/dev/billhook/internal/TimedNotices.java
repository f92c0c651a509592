package dev.billhook.internal;

import dev.billhook.account.AccountRef;
import dev.billhook.enforcement.Enforcement;
import dev.billhook.entitlement.AccessRules;
import dev.billhook.internal.DueWork.Job;
import dev.billhook.internal.event.EventPublisher;
import dev.billhook.internal.notice.NoticeLooks;
import dev.billhook.internal.notice.NoticeRound;
import dev.billhook.internal.notice.NoticeTimer;
import dev.billhook.internal.notice.PolicySweep;
import dev.billhook.notice.NoticeKind;
import dev.billhook.notice.NoticePolicy;
import dev.billhook.notice.NoticeRules;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import java.time.InstantSource;

/** The part of the assembly that puts together what tells accounts what time brings. */
final class TimedNotices {
    private final PaymentProvider provider;
    private final BillingStores stores;
    private final Assembly.Rules rules;
    private final NoticePolicy policy;
    private final NoticeRules decision;
    private final InstantSource clock;

    TimedNotices(
            PaymentProvider provider,
            BillingStores stores,
            Assembly.Rules rules,
            AccessRules access,
            InstantSource clock) {
        this.provider = provider;
        this.stores = stores;
        this.rules = rules;
        this.policy = rules.access().enforcement() == Enforcement.SHADOW
                ? withoutLosses(rules.extras().notices())
                : rules.extras().notices();
        this.decision = new NoticeRules(access, rules.catalog(), policy);
        this.clock = clock;
    }

    /** Where nothing is denied nobody is told that he has lost anything. */
    private static NoticePolicy withoutLosses(NoticePolicy policy) {
        return policy.without(NoticeKind.LIMIT_APPROACHING)
                .without(NoticeKind.CLOSURE_APPROACHING)
                .without(NoticeKind.LIMITED)
                .without(NoticeKind.RESTORED)
                .without(NoticeKind.CLOSED);
    }

    /** For one call of the door. */
    NoticeLooks looks() {
        return new NoticeLooks(decision, policy, stores.notices(), clock);
    }

    /** To be called in the transaction that changes the account's access otherwise than through the door. */
    void accessChanged(AccountRef account) {
        stores.accounts().lock(account);
        NoticeLooks looks = looks();
        looks.access(account);
        stores.notices().mark(looks.marks());
    }

    /** To be called in the transaction that deletes the account. */
    void deleted(AccountRef account) {
        stores.notices().remove(account);
    }

    /** A lane of its own: it may wait for the provider. */
    Job job(EventPublisher publisher) {
        NoticeTimer timer = new NoticeTimer(
                new NoticeRound(stores, publisher, decision, provider, clock),
                new PolicySweep(stores, policy, rules.access().policy()),
                clock);
        return Job.prompt("notices", timer::runInBackground, timer::run);
    }
}
