package dev.billhook.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.ProviderScope;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.spi.store.Transactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Requests that come at the same time share a transaction")
class SharedWorkTest {
    private static final int REQUESTS = 24;

    private final List<Thread> made = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(REQUESTS, this::thread);
    private final List<List<Integer>> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        threads.shutdownNow();
    }

    @Test
    @DisplayName("and each gets its own answer")
    void ownAnswers() throws Exception {
        SharedWork<Integer, String> work = work(items -> {});

        List<Future<String>> answers = start(work, 0, REQUESTS);

        for (int i = 0; i < REQUESTS; i++) {
            assertThat(answers.get(i).get(20, TimeUnit.SECONDS)).isEqualTo("answer " + i);
        }
        assertThat(calls.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, REQUESTS).boxed().toList());
    }

    @Test
    @DisplayName("and those who were there together a moment ago wait for each other")
    void together() throws Exception {
        SharedWork<Integer, String> work = patient(items -> {
            if (items.contains(0)) {
                awaitRelease();
            }
        });
        List<Future<String>> answers = new ArrayList<>(start(work, 0, 1));
        while (calls.isEmpty()) {
            Thread.onSpinWait();
        }
        answers.addAll(start(work, 1, 4));
        awaitQueued(3);
        release.countDown();
        answers.get(0).get(20, TimeUnit.SECONDS);

        answers.addAll(start(work, 4, 5));

        for (Future<String> answer : answers) {
            assertThat(answer.get(20, TimeUnit.SECONDS)).startsWith("answer");
        }
        assertThat(calls).hasSize(2);
        assertThat(calls.get(1)).containsExactlyInAnyOrder(1, 2, 3, 4);
    }

    @Test
    @DisplayName("but one that comes alone waits for nobody")
    void alone() throws Exception {
        SharedWork<Integer, String> work = patient(items -> {});

        for (int i = 0; i < REQUESTS; i++) {
            assertThat(start(work, i, i + 1).get(0).get(20, TimeUnit.SECONDS)).isEqualTo("answer " + i);
        }

        assertThat(calls).hasSize(REQUESTS);
    }

    @Test
    @DisplayName("but work that hangs holds up only those it was begun with")
    void hanging() throws Exception {
        SharedWork<Integer, String> work = work(items -> {
            if (items.contains(0) || items.contains(1)) {
                awaitRelease();
            }
        });
        List<Future<String>> hanging = start(work, 0, 2);
        while (calls.size() < 2) {
            Thread.onSpinWait();
        }

        List<Future<String>> others = start(work, 2, REQUESTS);

        for (Future<String> other : others) {
            assertThat(other.get(20, TimeUnit.SECONDS)).startsWith("answer");
        }
        assertThat(hanging).noneMatch(Future::isDone);
        release.countDown();
        assertThat(hanging.get(0).get(20, TimeUnit.SECONDS)).isEqualTo("answer 0");
    }

    @Test
    @DisplayName("and whoever fails, fails alone")
    void failing() throws Exception {
        SharedWork<Integer, String> work = work(items -> {
            if (items.contains(5)) {
                throw new IllegalStateException("not this one");
            }
        });

        List<Future<String>> answers = start(work, 0, REQUESTS);

        for (int i = 0; i < REQUESTS; i++) {
            Future<String> answer = answers.get(i);
            if (i == 5) {
                assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasRootCauseMessage("not this one");
            } else {
                assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("answer " + i);
            }
        }
    }

    @Test
    @DisplayName("unless the thread has one open: others must not depend on whether it commits")
    void openTransaction() throws Exception {
        Transactor transactor = InMemoryStores.create(ProviderScope.test()).transactor();
        List<String> committed = new ArrayList<>();
        SharedWork<String, String> work = new SharedWork<>(
                transactor,
                items -> {
                    transactor.afterCommit(() -> committed.addAll(items));
                    return items;
                },
                failure -> false,
                SharedWork.Timing.AT_ONCE);

        assertThatThrownBy(() -> transactor.run(() -> {
                    work.run("a");
                    throw new IllegalStateException("the host changes its mind");
                }))
                .hasMessage("the host changes its mind");
        assertThat(committed).isEmpty();

        transactor.run(() -> work.run("b"));
        assertThat(work.run("c")).isEqualTo("c");
        assertThat(committed).containsExactly("b", "c");
    }

    private SharedWork<Integer, String> work(Consumer<List<Integer>> action) {
        return new SharedWork<>(new NoTransactions(), answering(action), failure -> false, SharedWork.Timing.AT_ONCE);
    }

    /** Waits for company as long as the test may take. */
    private SharedWork<Integer, String> patient(Consumer<List<Integer>> action) {
        Duration day = Duration.ofDays(1);
        SharedWork.Timing timing = new SharedWork.Timing(day, day, day);
        return new SharedWork<>(new NoTransactions(), answering(action), failure -> false, timing);
    }

    private Function<List<Integer>, List<String>> answering(Consumer<List<Integer>> action) {
        return items -> {
            calls.add(List.copyOf(items));
            action.accept(items);
            return items.stream().map(item -> "answer " + item).toList();
        };
    }

    /** Who waits for a turn waits for a time; an idle thread, or one that works, does not. */
    private void awaitQueued(int count) {
        while (made.stream()
                        .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                        .count()
                < count) {
            Thread.onSpinWait();
        }
    }

    private List<Future<String>> start(SharedWork<Integer, String> work, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(item -> threads.submit(() -> work.run(item)))
                .toList();
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        made.add(thread);
        return thread;
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Transactions that never wait for each other. */
    private static final class NoTransactions implements Transactor {
        @Override
        public <T> T inTransaction(Supplier<T> work) {
            return work.get();
        }

        @Override
        public boolean isOpen() {
            return false;
        }

        @Override
        public void afterCommit(Runnable action) {
            action.run();
        }
    }
}
