package dev.billhook.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.billhook.ProviderScope;
import dev.billhook.StoreException;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.spi.store.InboxStore;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.webhook.InboxEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("C6 Requests that share a commit share its failure")
class SharedCommitTest {
    private static final int REQUESTS = 8;

    private final InMemoryStores memory = InMemoryStores.create(ProviderScope.test());
    private final InboxStore inbox = mock();
    private final AtomicInteger commits = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(REQUESTS);
    private final ExecutorService threads = Executors.newFixedThreadPool(REQUESTS + 1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    static List<Throwable> failures() {
        return List.of(new StoreException("no connection", true, null), new NoClassDefFoundError("org/example/Driver"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    @DisplayName("a database that is down is not asked for each request again; all learn of it")
    void allFail(Throwable failure) throws Exception {
        List<Future<Boolean>> requests = insertTogether(failure);

        int failed = 0;
        for (Future<Boolean> request : requests) {
            try {
                request.get(20, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                assertThat(e).hasCause(failure);
                failed++;
            }
        }
        assertThat(failed).isEqualTo(REQUESTS + 1);
        if (failure instanceof StoreException) {
            assertThat(commits.get()).as("commits tried").isLessThanOrEqualTo(REQUESTS + 1);
        }
    }

    @Test
    @DisplayName("an event the database refuses fails alone")
    void oneFails() throws Exception {
        CountDownLatch none = new CountDownLatch(0);
        when(inbox.insertAll(anyList())).thenAnswer(call -> {
            List<InboxEvent> events = call.getArgument(0);
            if (events.stream().anyMatch(event -> event.id().equals("evt_3"))) {
                throw new StoreException("too long", false, null);
            }
            return memory.inbox().insertAll(events);
        });
        List<Future<Boolean>> requests = start(new SharedCommit(stores()), none);

        int failed = 0;
        for (Future<Boolean> request : requests) {
            try {
                assertThat(request.get(20, TimeUnit.SECONDS)).isTrue();
            } catch (ExecutionException e) {
                failed++;
            }
        }
        assertThat(failed).isEqualTo(1);
        assertThat(memory.inbox().find("evt_3")).isEmpty();
    }

    /** The first request holds the commit until all others have queued up behind it. */
    private List<Future<Boolean>> insertTogether(Throwable failure) throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        when(inbox.insertAll(anyList())).thenAnswer(call -> {
            entered.countDown();
            go.await();
            commits.incrementAndGet();
            throw failure;
        });
        SharedCommit commit = new SharedCommit(stores());
        List<Future<Boolean>> requests = new ArrayList<>();
        requests.add(threads.submit(() -> commit.insert(event("evt_first"))));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        requests.addAll(start(commit, entered));
        begun.await();
        go.countDown();
        return requests;
    }

    private List<Future<Boolean>> start(SharedCommit commit, CountDownLatch when) {
        List<Future<Boolean>> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            InboxEvent event = event("evt_" + i);
            requests.add(threads.submit(() -> {
                when.await();
                begun.countDown();
                return commit.insert(event);
            }));
        }
        return requests;
    }

    private BillingStores stores() {
        BillingStores stores = mock();
        when(stores.transactor()).thenReturn(memory.transactor());
        when(stores.inbox()).thenReturn(inbox);
        return stores;
    }

    private static InboxEvent event(String id) {
        return InboxEvent.received(id, "x", SubscriptionStates.START, SubscriptionStates.START, "{}");
    }
}
