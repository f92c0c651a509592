package dev.billhook.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.billhook.Billing;
import dev.billhook.account.AccountRef;
import dev.billhook.entitlement.EntitlementCaching;
import dev.billhook.entitlement.EntitlementResolver;
import dev.billhook.entitlement.Entitlements;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Asking what an account may do that was asked for before. The limit is a bounded Caffeine cache of the same answers that knows of no
 * change and no time: what a host would put in front by hand.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RememberedBenchmark {
    private static final String FEATURE = "transcripts";
    private static final int WAY = 1 << 14;

    private final AccountRef[] way = way();
    private final Billing billing =
            Accounts.billing(FactsInMemory.stores(), new EntitlementCaching(Accounts.COUNT * 2, Duration.ofDays(1)));
    private final EntitlementResolver resolver = billing.entitlements();
    private final Cache<AccountRef, Entitlements> cache =
            Caffeine.newBuilder().maximumSize(Accounts.COUNT * 2L).build();
    private int step;

    /** Asks for every account once. */
    public RememberedBenchmark() {
        for (AccountRef account : way) {
            cache.put(account, resolver.resolve(account));
        }
    }

    private static AccountRef[] way() {
        AccountRef[] known =
                IntStream.range(0, Accounts.COUNT).mapToObj(Accounts::ref).toArray(AccountRef[]::new);
        SplittableRandom random = new SplittableRandom(20261123);
        AccountRef[] way = new AccountRef[WAY];
        for (int i = 0; i < WAY; i++) {
            // Another object than the one the caches hold, as one that a request brings is.
            AccountRef account = known[random.nextInt(known.length)];
            way[i] = new AccountRef(account.type(), account.id());
        }
        return way;
    }

    private AccountRef next() {
        step = (step + 1) & (WAY - 1);
        return way[step];
    }

    /** The limit. */
    @Benchmark
    public boolean caffeine() {
        return Objects.requireNonNull(cache.getIfPresent(next())).features().contains(FEATURE);
    }

    /** The question and a check. */
    @Benchmark
    public boolean resolve() {
        return resolver.resolve(next()).allows(FEATURE);
    }

    /** Closes what was opened. */
    @TearDown
    public void close() {
        billing.close();
    }
}
