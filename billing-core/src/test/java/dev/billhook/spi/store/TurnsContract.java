package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.RequestKey;
import dev.billhook.internal.turn.AccountTurns;
import dev.billhook.internal.turn.PendingChange;
import dev.billhook.subscription.Timing;
import dev.billhook.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whose turn it is, and what is remembered, as every store keeps it. */
abstract class TurnsContract extends StoreContract {
    private final TestClock clock = new TestClock(NOW);

    @BeforeEach
    void register() {
        stores.accounts().insertIfAbsent(account(ALICE));
    }

    private AccountTurns server() {
        return new AccountTurns(otherNode(), clock);
    }

    private static PendingChange pending(Instant at, RequestKey key) {
        return new PendingChange(key, "sub_1", "si_1", 5, Timing.NOW_INVOICE, at, "command-1");
    }

    @Test
    @DisplayName("C7 of many threads and servers one at a time has an account's turn")
    void oneAtATime() throws Exception {
        AccountTurns[] servers = {server(), server()};
        int[] counter = {0};
        AtomicInteger inside = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<?>> done = new ArrayList<>();
        for (int thread = 0; thread < 6; thread++) {
            AccountTurns turns = servers[thread % 2];
            done.add(threads.submit(() -> {
                for (int round = 0; round < 5; round++) {
                    turns.take(ALICE, turn -> {
                        assertThat(inside.incrementAndGet()).isEqualTo(1);
                        counter[0]++;
                        return inside.decrementAndGet();
                    });
                }
            }));
        }
        for (Future<?> each : done) {
            each.get();
        }
        threads.shutdown();

        assertThat(counter[0]).isEqualTo(30);
    }

    @Test
    @DisplayName("C7 who dies in his turn is overruled, and the next one learns what he has begun")
    void abandoned() {
        RequestKey key = RequestKey.random();
        AtomicInteger begun = new AtomicInteger();

        server().take(ALICE, dying -> {
            dying.begin(pending(clock.instant(), key));
            clock.advance(AccountTurns.LEASE.plusSeconds(1));
            return server().take(ALICE, next -> {
                PendingChange left = next.leftBehind(NOW.minusSeconds(1)).orElseThrow();
                assertThat(left.key()).isEqualTo(key);
                assertThat(left.quantity()).isEqualTo(5);
                assertThat(left.command()).isEqualTo("command-1");
                assertThat(next.leftBehind(clock.instant())).as("too old").isEmpty();
                next.settle(left, true);
                return begun.incrementAndGet();
            });
        });

        assertThat(begun).hasValue(1);
        assertThat(stores.mirror().remembered(Set.of("command-1", "other"))).containsExactly("command-1");
        server().take(ALICE, turn -> {
            assertThat(turn.leftBehind(Instant.EPOCH)).isEmpty();
            return begun;
        });
    }

    @Test
    @DisplayName("C7 who only slept and lost his turn notes nothing any more, and begins again")
    void lost() {
        AtomicInteger attempts = new AtomicInteger();

        server().take(ALICE, turn -> {
            if (attempts.incrementAndGet() == 1) {
                clock.advance(AccountTurns.LEASE.plus(Duration.ofSeconds(1)));
                server().take(ALICE, other -> attempts.get());
            }
            turn.begin(pending(clock.instant(), RequestKey.random()));
            return attempts.get();
        });

        assertThat(attempts).hasValue(2);
    }

    @Test
    @DisplayName("C7 a command that was carried out is known by its key, to its own account")
    void carriedOut() {
        RequestKey key = RequestKey.random();
        stores.accounts().insertIfAbsent(account(BOB));

        server().take(ALICE, turn -> {
            assertThat(turn.carriedOut(key)).isFalse();
            turn.done(key);
            return turn;
        });

        server().take(ALICE, turn -> {
            assertThat(turn.carriedOut(key)).isTrue();
            assertThat(turn.carriedOut(null)).isFalse();
            return turn;
        });
        server().take(BOB, turn -> {
            assertThat(turn.carriedOut(key)).isFalse();
            return turn;
        });
    }
}
