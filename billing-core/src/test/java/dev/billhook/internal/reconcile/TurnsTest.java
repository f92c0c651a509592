package dev.billhook.internal.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.ProviderScope;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Jobs that any node could run")
class TurnsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestClock clock = new TestClock(SubscriptionStates.START);
    private final BillingStores stores = InMemoryStores.create(ProviderScope.test());
    private final Turns one = new Turns(stores, clock);
    private final Turns other = new Turns(stores, clock);
    private final List<String> ran = new ArrayList<>();

    @Test
    @DisplayName("run once an interval, whichever node looks first")
    void onceAnInterval() {
        one.run("sweep", HOUR, () -> ran.add("one"));
        other.run("sweep", HOUR, () -> ran.add("other"));
        clock.advance(Duration.ofMinutes(59));
        one.run("sweep", HOUR, () -> ran.add("too early"));
        one.run("replay", HOUR, () -> ran.add("another job"));
        clock.advance(Duration.ofMinutes(1));
        other.run("sweep", HOUR, () -> ran.add("an hour later"));

        assertThat(ran).containsExactly("one", "another job", "an hour later");
    }

    @Test
    @DisplayName("are due again some minutes after a failure, not an interval after")
    void afterFailure() {
        assertThatThrownBy(() -> one.run("sweep", HOUR, () -> {
                    throw new IllegalStateException("provider is down");
                }))
                .hasMessage("provider is down");
        clock.advance(Duration.ofMinutes(4));
        other.run("sweep", HOUR, () -> ran.add("too early"));
        clock.advance(Duration.ofMinutes(1));
        other.run("sweep", HOUR, () -> ran.add("again"));

        assertThat(ran).containsExactly("again");
    }
}
