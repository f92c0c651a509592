package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.Billing;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.grant.GrantRequest;
import dev.billhook.notice.NoticeKind;
import dev.billhook.notice.Told;
import dev.billhook.notice.Told.Access;
import dev.billhook.spi.store.notice.NoticeStore;
import dev.billhook.spi.store.notice.NoticeStore.Agenda;
import dev.billhook.spi.store.notice.NoticeStore.Mark;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.FakeProvider;
import dev.billhook.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When accounts are looked at and what they were told, as every store keeps it. */
abstract class NoticeStoreContract extends StoreContract {
    private static final Told TOLD =
            new Told(Access.LIMITED, 3, List.of(new Told.Key(NoticeKind.TRIAL_ENDING, "sub_1", day(9), 259_200)), NOW);

    private NoticeStore notices() {
        return stores.notices();
    }

    @Test
    @DisplayName("D3 what is known of an account comes back as it was written, and can be forgotten")
    void roundTrip() {
        Agenda whole = new Agenda(day(3), day(2), TOLD);
        Agenda least = new Agenda(null, null, Told.UNKNOWN);

        notices().save(ALICE, least);
        notices().save(ALICE, whole);
        notices().save(BOB, least);

        assertThat(notices().find(ALICE)).contains(whole);
        assertThat(notices().find(BOB)).contains(least);
        notices().remove(ALICE);
        assertThat(notices().find(ALICE)).isEmpty();
    }

    @Test
    @DisplayName("D3 a mark makes a look nearer, never later, and leaves alone what was told")
    void mark() {
        notices().mark(List.of(new Mark(ALICE, day(5), TOLD), new Mark(BOB, day(5), null)));
        assertThat(notices().find(ALICE)).contains(new Agenda(day(5), null, TOLD));
        assertThat(notices().find(BOB)).as("not to be made").isEmpty();

        notices().mark(List.of(new Mark(ALICE, day(7), Told.NOTHING), new Mark(BOB, day(1), Told.NOTHING)));
        assertThat(notices().find(ALICE)).contains(new Agenda(day(5), null, TOLD));

        notices().mark(List.of(new Mark(ALICE, day(2), null), new Mark(ALICE, day(3), Told.NOTHING)));
        assertThat(notices().find(ALICE)).contains(new Agenda(day(2), null, TOLD));

        notices().save(ALICE, new Agenda(null, null, TOLD));
        notices().mark(List.of(new Mark(ALICE, day(9), Told.NOTHING)));
        assertThat(notices().find(ALICE)).contains(new Agenda(day(9), null, TOLD));
        notices().mark(List.of());
    }

    @Test
    @DisplayName("D3 a reminder has the account looked at now, in the latest time the provider told")
    void remind() {
        notices().remind(ALICE, day(1), day(90));
        notices().remind(ALICE, day(2), day(80));

        assertThat(notices().find(ALICE)).contains(new Agenda(day(1), day(90), Told.NOTHING));
    }

    @Test
    @DisplayName("D3 who is due comes in the order of time, no more than asked for, and nobody else")
    void due() {
        AccountRef carol = AccountRef.of("team", "alice");
        notices()
                .mark(List.of(
                        new Mark(ALICE, day(2), Told.NOTHING),
                        new Mark(BOB, day(1), Told.NOTHING),
                        new Mark(carol, day(3), Told.NOTHING)));
        notices().save(AccountRef.of("user", "never"), new Agenda(null, null, TOLD));

        assertThat(notices().due(day(2), 10)).containsExactly(BOB, ALICE);
        assertThat(notices().due(day(9), 1)).containsExactly(BOB);
        assertThat(notices().due(day(0), 10)).isEmpty();
        assertThat(stores(new ProviderScope(stores.scope().account(), true))
                        .notices()
                        .due(day(9), 10))
                .isEmpty();
    }

    @Test
    @DisplayName("D3 all accounts can be gone through, a page at a time")
    void accounts() {
        AccountRef team = AccountRef.of("team", "z");
        for (AccountRef each : List.of(BOB, team, ALICE)) {
            stores.accounts().insertIfAbsent(account(each));
        }

        assertThat(stores.accounts().list(null, 2)).containsExactly(team, ALICE);
        assertThat(stores.accounts().list(ALICE, 2)).containsExactly(BOB);
        assertThat(stores.accounts().list(BOB, 2)).isEmpty();
    }

    @Test
    @DisplayName("D3 two nodes that look at the same accounts at once tell each notice once")
    void twoNodes() throws Exception {
        TestClock clock = new TestClock(day(0));
        List<BillingEvent> told = new CopyOnWriteArrayList<>();
        try (Billing one = node(stores, clock, told);
                Billing other = node(otherNode(), clock, told)) {
            List<AccountRef> accounts = IntStream.range(0, 20)
                    .mapToObj(number -> AccountRef.of("user", "u" + number))
                    .toList();
            for (AccountRef account : accounts) {
                one.accounts().register(account, AccountProfile.empty());
                one.grants()
                        .give(GrantRequest.ofPlan(account, BillingFixture.PRO, "root", "press")
                                .until(day(10)));
            }
            for (int hours = 0; hours < 60 * 24; hours += 37) {
                clock.advance(Duration.ofHours(37));
                together(one, other);
            }
            while (one.runDueWork() > 0) {
                assertThat(told).hasSizeLessThan(1000);
            }

            assertThat(told)
                    .extracting(event ->
                            event.account().id() + " " + event.getClass().getSimpleName())
                    .containsExactlyInAnyOrderElementsOf(accounts.stream()
                            .flatMap(account -> List.of(
                                            "AccessLimitApproaching",
                                            "AccessLimited",
                                            "ClosureApproaching",
                                            "AccountClosed")
                                    .stream()
                                    .map(name -> account.id() + " " + name))
                            .toList());
            assertThat(told).extracting(BillingEvent::id).doesNotHaveDuplicates();
            assertThat(stores.outbox().size()).isZero();
        }
    }

    private static Billing node(BillingStores stores, TestClock clock, List<BillingEvent> told) {
        return Billing.builder(BillingFixture.catalog(), new FakeProvider(stores.scope(), clock), stores)
                .clock(clock)
                .accessPolicy(AccessPolicy.STANDARD.withReadOnly(Duration.ofDays(30)))
                .listener(BillingListener.named("mailer", ListenerPhase.AFTER_COMMIT, told::add))
                .withoutBackgroundWork()
                .build();
    }

    private static void together(Billing... nodes) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(nodes.length);
        try {
            List<Future<Integer>> runs = new ArrayList<>();
            for (Billing node : nodes) {
                runs.add(threads.submit(node::runDueWork));
            }
            for (Future<Integer> run : runs) {
                run.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
