package dev.billhook.internal.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.billhook.enforcement.Enforcement;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("D2 the question every request asks costs no memory")
class AccessAllocationTest {
    private static final int QUESTIONS = 100_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("D2 D5 a remembered answer allocates nothing, whether it is enforced or only watched")
    void nothing(Enforcement enforcement) {
        try (BillingFixture host = new BillingFixture(
                builder -> builder.enforcement(enforcement).shadowObserver((computed, what) -> {}))) {
            host.deliver(SubscriptionStates.active("sub_1", "pro-monthly", 1), SubscriptionStates.START);
            ask(host);

            long before = THREADS.getCurrentThreadAllocatedBytes();
            boolean always = ask(host);
            long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;

            assertThat(always).isTrue();
            assertThat((double) bytes / QUESTIONS).as("bytes a question").isLessThan(1);
        }
    }

    private static boolean ask(BillingFixture host) {
        boolean always = true;
        for (int i = 0; i < QUESTIONS; i++) {
            Entitlements may = host.billing.entitlements().resolve(BillingFixture.ACCOUNT);
            boolean denied = may.enforced() ? !may.allows("roles") : may.allows("roles");
            always &= denied && may.allows("transcripts") && may.writable() && may.remaining("episodes", 4) > 0;
        }
        return always;
    }
}
