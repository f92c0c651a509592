package dev.billhook.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.testing.SubscriptionStates;
import dev.billhook.testing.TestClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D3 Each listener has a thread of its own while it works")
class ListenerThreadsTest {
    private final TestClock clock = new TestClock(SubscriptionStates.START);
    private final ListenerThreads threads = new ListenerThreads(clock, Duration.ofMinutes(5), Duration.ofMillis(20));
    private final BlockingQueue<String> free = new LinkedBlockingQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    @DisplayName("one that hangs is busy and overdue, told once; one that works beside it comes back")
    void hangs() throws Exception {
        threads.run("slow", this::hang, () -> free.add("slow"));
        threads.run("quick", () -> {}, () -> free.add("quick"));

        assertThat(free.poll(20, TimeUnit.SECONDS)).isEqualTo("quick");
        assertThat(threads.busy()).containsExactly("slow");
        assertThat(threads.overdue()).isEmpty();
        clock.advance(Duration.ofMinutes(5));
        assertThat(threads.overdue()).isEqualTo(Map.of("slow", SubscriptionStates.START));
        assertThat(threads.overdue()).isEmpty();

        release.countDown();
        assertThat(free.poll(20, TimeUnit.SECONDS)).isEqualTo("slow");
        assertThat(threads.busy()).isEmpty();
        threads.close();
    }

    @Test
    @DisplayName("one that fails is free again")
    void fails() throws Exception {
        threads.run(
                "broken",
                () -> {
                    throw new IllegalStateException("no store");
                },
                () -> free.add("broken"));

        assertThat(free.poll(20, TimeUnit.SECONDS)).isEqualTo("broken");
        assertThat(threads.busy()).isEmpty();
        threads.close();
    }

    @Test
    @DisplayName("closing interrupts one that hangs, and calls none afterwards")
    void closing() throws Exception {
        threads.run("slow", this::hang, () -> free.add("slow"));

        threads.close();

        assertThat(free.poll(20, TimeUnit.SECONDS)).isEqualTo("slow");
        threads.run("late", () -> free.add("called"), () -> free.add("late"));
        assertThat(threads.busy()).isEmpty();
        assertThat(free).isEmpty();
    }

    private void hang() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
