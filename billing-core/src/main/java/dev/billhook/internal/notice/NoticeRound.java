package dev.billhook.internal.notice;

import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.error.ProviderException;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.OpenBill;
import dev.billhook.internal.event.EventIds;
import dev.billhook.internal.event.EventPublisher;
import dev.billhook.notice.DueNotice;
import dev.billhook.notice.NoticeDecision;
import dev.billhook.notice.NoticeFacts;
import dev.billhook.notice.NoticeRules;
import dev.billhook.notice.Question;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.notice.NoticeStore.Agenda;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at accounts whose time has come. An account is decided on, told and noted in one transaction that has its row locked:
 * of several nodes that look at it the second finds nothing to tell, and a node that dies has told nothing.
 */
public final class NoticeRound {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeRound.class);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);
    /** What is asked may change while it is asked; then it is asked again. */
    private static final int MOST_ATTEMPTS = 5;

    private final BillingStores stores;
    private final EventPublisher publisher;
    private final NoticeRules rules;
    private final Bills bills;
    private final InstantSource clock;

    /** A round by the rules. */
    public NoticeRound(
            BillingStores stores,
            EventPublisher publisher,
            NoticeRules rules,
            PaymentProvider provider,
            InstantSource clock) {
        this.stores = stores;
        this.publisher = publisher;
        this.rules = rules;
        this.bills = new Bills(provider);
        this.clock = clock;
    }

    /**
     * Looks at accounts that are due.
     *
     * @return how many those were
     */
    public int run(int max) {
        List<AccountRef> due = stores.notices().due(clock.instant(), max);
        due.forEach(this::lookOrPostpone);
        return due.size();
    }

    /** One account that cannot be looked at holds up no other. */
    private void lookOrPostpone(AccountRef account) {
        try {
            look(account);
        } catch (ProviderException unavailable) {
            LOG.warn("What {} is to be told waits: {}", account, unavailable.getMessage());
            stores.transactor().run(() -> postpone(account));
        } catch (RuntimeException failure) {
            LOG.warn("What {} is to be told waits; it is tried again in some minutes", account, failure);
            stores.transactor().run(() -> postpone(account));
        }
    }

    private void postpone(AccountRef account) {
        if (stores.accounts().lock(account).isPresent()) {
            stores.notices()
                    .find(account)
                    .ifPresent(agenda -> stores.notices()
                            .save(
                                    account,
                                    new Agenda(
                                            clock.instant().plus(AFTER_FAILURE), agenda.remindedAt(), agenda.told())));
        }
    }

    /** The provider is asked outside of the transaction. */
    private void look(AccountRef account) {
        Map<Question, Optional<OpenBill>> answers = new HashMap<>();
        for (int i = 0; i < MOST_ATTEMPTS; i++) {
            Set<Question> open = stores.transactor().inTransaction(() -> tellUnlessOpen(account, answers));
            if (open.isEmpty()) {
                return;
            }
            open.forEach(question -> answers.put(question, bills.ask(question)));
        }
    }

    /** Tells what is due, if all that must be asked before has been asked; else answers what has not. */
    private Set<Question> tellUnlessOpen(AccountRef account, Map<Question, Optional<OpenBill>> answers) {
        BillingAccount locked = stores.accounts().lock(account).orElse(null);
        Agenda agenda = stores.notices().find(account).orElse(Agenda.NOTHING);
        Instant now = clock.instant();
        if (locked == null) {
            stores.notices().remove(account);
            return Set.of();
        }
        if (agenda.lookAt() == null || agenda.lookAt().isAfter(now)) {
            return Set.of();
        }
        NoticeFacts facts =
                new NoticeFacts(account, locked.customer(), stores.access().facts(account));
        NoticeDecision decision = rules.decide(facts, agenda.told(), now, agenda.remindedAt());
        Set<Question> open = decision.due().stream()
                .flatMap(notice -> notice.question().stream())
                .filter(question -> !answers.containsKey(question))
                .collect(Collectors.toSet());
        if (open.isEmpty()) {
            note(account, new Agenda(decision.lookAt(), agenda.remindedAt(), decision.told()), decision);
            tell(account, decision.due(), answers, now);
        }
        return open;
    }

    private void note(AccountRef account, Agenda agenda, NoticeDecision decision) {
        if (decision.forgettable()) {
            stores.notices().remove(account);
        } else {
            stores.notices().save(account, agenda);
        }
    }

    private void tell(AccountRef account, List<DueNotice> due, Map<Question, Optional<OpenBill>> answers, Instant now) {
        List<BillingEvent> events = due.stream()
                .map(notice -> {
                    EventIds ids = new EventIds(
                            stores.scope(),
                            account + "|" + notice.occasion(),
                            0,
                            account,
                            now.truncatedTo(ChronoUnit.SECONDS));
                    return notice.event(
                            ids::meta,
                            notice.question()
                                    .flatMap(question -> answers.getOrDefault(question, Optional.empty()))
                                    .orElse(null));
                })
                .toList();
        publisher.publish(events);
    }
}
