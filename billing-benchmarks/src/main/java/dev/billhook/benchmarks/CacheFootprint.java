package dev.billhook.benchmarks;

import dev.billhook.Billing;
import dev.billhook.entitlement.EntitlementCaching;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.Locale;

/** What the remembered answers of many accounts take of the heap. */
public final class CacheFootprint {
    private static final int LOOKS = 5;
    private static final double MEBIBYTE = 1 << 20;

    private CacheFootprint() {}

    /** For people. */
    public static String of(int accounts) {
        return String.format(
                Locale.ROOT, "answers of %d accounts remembered: %.0f MiB", accounts, bytesOf(accounts) / MEBIBYTE);
    }

    /** How many bytes of heap so many answers take, their accounts' names included. */
    public static long bytesOf(int count) {
        long before = used();
        try (Billing billing =
                Accounts.billing(FactsInMemory.stores(), new EntitlementCaching(count, Duration.ofDays(1)))) {
            int allowed = 0;
            for (int number = 0; number < count; number++) {
                allowed += billing.entitlements().resolve(Accounts.ref(number)).allows("transcripts") ? 1 : 0;
            }
            if (allowed != count) {
                throw new IllegalStateException(count - allowed + " accounts without access");
            }
            return used() - before;
        }
    }

    private static long used() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int look = 0; look < LOOKS; look++) {
            System.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
