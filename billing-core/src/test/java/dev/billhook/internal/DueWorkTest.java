package dev.billhook.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C6 Due work in the background")
class DueWorkTest {
    private final BlockingQueue<Integer> looks = new LinkedBlockingQueue<>();

    @Test
    @DisplayName("goes on until nothing is due, also when a batch was not full, and waits then")
    void untilNothingIsDue() throws Exception {
        try (DueWork work = started(answering(new ArrayDeque<>(List.of(100, 7, 100, 1))))) {
            work.wakeUp();

            for (int done : List.of(100, 7, 100, 1, 0)) {
                assertThat(looks.poll(20, TimeUnit.SECONDS)).isEqualTo(done);
            }
            assertThat(looks).isEmpty();
        }
    }

    @Test
    @DisplayName("looks again when it was woken while it looked")
    void wokenMeanwhile() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch woken = new CountDownLatch(1);
        try (DueWork work = started(max -> {
            looking.countDown();
            awaitOrStop(woken);
            looks.add(0);
            return 0;
        })) {
            work.wakeUp();
            assertThat(looking.await(20, TimeUnit.SECONDS)).isTrue();
            work.wakeUp();
            woken.countDown();

            assertThat(looks.poll(20, TimeUnit.SECONDS)).isZero();
            assertThat(looks.poll(20, TimeUnit.SECONDS)).isZero();
        }
    }

    private IntUnaryOperator answering(Queue<Integer> due) {
        return max -> {
            int done = due.isEmpty() ? 0 : due.remove();
            looks.add(done);
            return done;
        };
    }

    private static DueWork started(IntUnaryOperator job) {
        DueWork work = new DueWork();
        work.start(List.of(DueWork.Job.gathered("inbox", job)), Duration.ofHours(1), () -> {});
        return work;
    }

    private static void awaitOrStop(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
