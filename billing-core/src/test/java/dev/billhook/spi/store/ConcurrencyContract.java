package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.StoreException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.event.OutboxEntry;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store keeps when several threads and nodes use it at once. */
abstract class ConcurrencyContract extends StoreContract {
    private static final int THREADS = 6;
    private static final Duration LEASE = Duration.ofHours(1);

    @Test
    @DisplayName("B9 Of many nodes that register the same account at once, one does")
    void insertIfAbsent() throws Exception {
        for (int round = 0; round < 10; round++) {
            AccountRef account = AccountRef.of("team", "t" + round);
            AtomicInteger inserted = new AtomicInteger();

            race(thread -> {
                if (otherNode().accounts().insertIfAbsent(account(account))) {
                    inserted.incrementAndGet();
                }
            });

            assertThat(inserted).hasValue(1);
        }
    }

    @Test
    @DisplayName("C6 Of many nodes that receive the same event at once, one stores it")
    void insertEvent() throws Exception {
        for (int round = 0; round < 10; round++) {
            InboxEvent event = pending("evt_" + round);
            AtomicInteger inserted = new AtomicInteger();

            race(thread -> stores.transactor().run(() -> {
                if (stores.inbox().insert(event)) {
                    stores.inbox().update(event.finished(InboxStatus.DONE));
                    stores.transactor().afterCommit(inserted::incrementAndGet);
                }
            }));

            assertThat(inserted).hasValue(1);
            assertThat(stores.inbox().find(event.id()))
                    .get()
                    .extracting(InboxEvent::status)
                    .isEqualTo(InboxStatus.DONE);
        }
    }

    @Test
    @DisplayName("C7 No update of an account is lost when many threads lock and change it")
    void lockAndUpdate() throws Exception {
        int updates = 20;
        stores.accounts().insertIfAbsent(account(ALICE).withProfile(new AccountProfile(null, "0")));

        race(thread -> {
            BillingStores node = thread % 2 == 0 ? stores : otherNode();
            for (int i = 0; i < updates; i++) {
                node.transactor().run(() -> increment(node));
            }
        });

        assertThat(stores.accounts().find(ALICE))
                .get()
                .satisfies(account -> assertThat(account.profile().name()).isEqualTo("" + THREADS * updates))
                .satisfies(account -> assertThat(account.version()).isEqualTo(1 + THREADS * updates));
    }

    @Test
    @DisplayName("C7 Of several writers of the same version one wins")
    void optimisticUpdate() throws Exception {
        insert(row(ALICE, "sub_1", day(0)));
        AtomicInteger won = new AtomicInteger();
        int versions = 20;

        race(thread -> {
            for (int version = 2; version < 2 + versions; version++) {
                MirroredSubscription row = stores.subscriptions().find("sub_1").orElseThrow();
                try {
                    replace(row, version(row, row.version() + 1));
                    won.incrementAndGet();
                } catch (StoreException lost) {
                    assertThat(lost.retryable()).isTrue();
                }
            }
        });

        assertThat(stores.subscriptions().find("sub_1"))
                .get()
                .extracting(MirroredSubscription::version)
                .isEqualTo(1L + won.get());
    }

    @Test
    @DisplayName("An inbox event is handed out once, however many nodes ask")
    void claimInbox() throws Exception {
        int events = 120;
        for (int i = 0; i < events; i++) {
            stores.inbox().insert(pending("evt_" + i));
        }
        List<String> claimed = new CopyOnWriteArrayList<>();

        race(thread -> {
            BillingStores node = otherNode();
            while (claimed.size() < events) {
                node.transactor().run(() -> {
                    List<InboxEvent> due = node.inbox().lockDue(NOW, 7);
                    node.inbox()
                            .updateAll(due.stream()
                                    .map(event -> event.finished(InboxStatus.DONE))
                                    .toList());
                    due.forEach(event -> node.transactor().afterCommit(() -> claimed.add(event.id())));
                });
            }
        });

        assertThat(claimed).hasSize(events).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("D3 Each account's events reach a listener once and in order, whichever nodes deliver them")
    void claimOutbox() throws Exception {
        int accounts = 5;
        int events = 12;
        Map<AccountRef, List<String>> delivered = new ConcurrentHashMap<>();
        AtomicInteger left = new AtomicInteger(accounts * events);
        appendInterleaved(accounts, events);

        race(thread -> {
            BillingStores node = otherNode();
            while (left.get() > 0) {
                for (OutboxEntry entry : node.outbox().claimDue(NOW, LEASE, 3)) {
                    delivered
                            .computeIfAbsent(
                                    entry.event().account(), key -> Collections.synchronizedList(new ArrayList<>()))
                            .add(entry.event().id());
                    node.outbox().delivered(entry);
                    left.decrementAndGet();
                }
            }
        });

        assertThat(stores.outbox().size()).isZero();
        assertThat(delivered).hasSize(accounts);
        assertThat(delivered.values())
                .allSatisfy(ids -> assertThat(ids).hasSize(events).isSorted());
    }

    @Test
    @DisplayName("D3 Order holds while events are appended by some nodes and delivered by others")
    void appendWhileClaiming() throws Exception {
        int perWriter = 15;
        stores.accounts().insertIfAbsent(account(ALICE).withProfile(new AccountProfile(null, "0")));
        List<String> delivered = new CopyOnWriteArrayList<>();
        int writers = THREADS / 2;

        race(thread -> {
            BillingStores node = otherNode();
            if (thread < writers) {
                for (int i = 0; i < perWriter; i++) {
                    node.transactor().run(() -> {
                        int number = increment(node);
                        node.outbox().append(List.of(entry("e%05d".formatted(number), ALICE, "mail")));
                    });
                }
            } else {
                while (delivered.size() < writers * perWriter) {
                    for (OutboxEntry entry : node.outbox().claimDue(NOW, LEASE, 5)) {
                        delivered.add(entry.event().id());
                        node.outbox().delivered(entry);
                    }
                }
            }
        });

        assertThat(delivered).hasSize(writers * perWriter).isSorted().doesNotHaveDuplicates();
    }

    private static int increment(BillingStores node) {
        BillingAccount locked = node.accounts().lock(ALICE).orElseThrow();
        int next = Integer.parseInt(Optional.ofNullable(locked.profile().name()).orElseThrow()) + 1;
        node.accounts().update(locked.withProfile(new AccountProfile(null, "" + next)));
        return next;
    }

    private void appendInterleaved(int accounts, int events) {
        for (int event = 0; event < events; event++) {
            for (int account = 0; account < accounts; account++) {
                AccountRef ref = AccountRef.of("user", "u" + account);
                stores.outbox().append(List.of(entry("%s-%03d".formatted(ref, event), ref, "mail")));
            }
        }
    }

    private static InboxEvent pending(String id) {
        return pending(id, day(0), NOW, "{}");
    }

    /** Runs the task on several threads that start together; fails with what any of them throws. */
    private static void race(IntConsumer task) throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch start = new CountDownLatch(THREADS);
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                runs.add(threads.submit(() -> {
                    start.countDown();
                    start.await();
                    task.accept(number);
                    return number;
                }));
            }
            for (Future<?> run : runs) {
                run.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
