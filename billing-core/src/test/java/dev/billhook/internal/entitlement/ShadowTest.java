package dev.billhook.internal.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.account.AccountRef;
import dev.billhook.enforcement.Enforcement;
import dev.billhook.entitlement.AccessDeniedException;
import dev.billhook.entitlement.AccessReason;
import dev.billhook.entitlement.AccessState;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D5 shadow mode: everything is computed, nothing is denied")
class ShadowTest {
    private final List<String> told = new ArrayList<>();
    private final BillingFixture host = new BillingFixture(builder -> builder.enforcement(Enforcement.SHADOW)
            .shadowObserver((computed, what) -> told.add(computed.account() + " " + what + " " + computed.state())));

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    @DisplayName("D5 an account that bought nothing is shown as such, and let through everywhere")
    void letThrough() {
        Entitlements shown = resolve(BillingFixture.ACCOUNT);

        assertThat(shown.state()).isEqualTo(AccessState.NONE);
        assertThat(shown.reason()).isEqualTo(AccessReason.NOTHING_BOUGHT);
        assertThat(shown.features()).isEmpty();
        assertThat(shown.enforced()).isFalse();
        assertThat(shown.allows("roles")).isTrue();
        assertThat(shown.writable()).isTrue();
        assertThat(shown.readable()).isTrue();
        assertThat(shown.remaining("seats", 4)).isEqualTo(Long.MAX_VALUE);
        assertThatCode(() -> {
                    shown.require("transcripts");
                    shown.requireRoom("episodes", 3, 1);
                })
                .doesNotThrowAnyException();
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "user:42 roles NONE",
                        "user:42 (writing) NONE",
                        "user:42 (reading) NONE",
                        "user:42 seats NONE",
                        "user:42 transcripts NONE",
                        "user:42 episodes NONE");
    }

    @Test
    @DisplayName("D5 the real answer stays within reach")
    void computed() {
        Entitlements computed = resolve(BillingFixture.ACCOUNT).computed();

        assertThat(computed.enforced()).isTrue();
        assertThat(computed.computed()).isSameAs(computed);
        assertThat(computed.allows("roles")).isFalse();
        assertThatThrownBy(() -> computed.require("roles"))
                .isInstanceOfSatisfying(
                        AccessDeniedException.class,
                        denied -> assertThat(denied.reason()).isEqualTo(AccessReason.NOTHING_BOUGHT));
        assertThatThrownBy(computed::requireWritable).hasMessageContaining("(writing)");
        assertThatThrownBy(computed::requireReadable).hasMessageContaining("(reading)");
        assertThatThrownBy(() -> computed.requireRoom("seats", 0, 1)).hasMessageContaining("'seats'");
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("D5 what is paid for is told to nobody, and no limit counts")
    void paid() {
        host.deliver(SubscriptionStates.active("sub_1", "pro-monthly", 1), SubscriptionStates.START);
        Entitlements shown = resolve(BillingFixture.ACCOUNT);

        shown.require("transcripts");
        shown.requireWritable();
        assertThat(shown.remaining("episodes", 20)).isEqualTo(Long.MAX_VALUE);
        assertThat(shown.computed().remaining("episodes", 20)).isEqualTo(30);
        assertThat(told).isEmpty();

        shown.requireRoom("episodes", 50, 1);
        assertThat(told).containsExactly("user:42 episodes ACTIVE");
    }

    @Test
    @DisplayName("D5 however often something is asked for, it is told once a minute for each account and thing")
    void onceAMinute() {
        Entitlements shown = resolve(BillingFixture.ACCOUNT);
        for (int i = 0; i < 1000; i++) {
            shown.allows("roles");
        }
        assertThat(told).hasSize(1);

        host.clock.advance(Duration.ofMinutes(1));
        shown.allows("roles");
        shown.allows("roles");
        assertThat(told).hasSize(2);

        resolve(AccountRef.of("user", "43")).allows("roles");
        assertThat(told).hasSize(3);
    }

    @Test
    @DisplayName("D5 five thousand accounts are told of within bounds, and each within a few minutes")
    void bounded() {
        for (int minute = 0; minute < 20; minute++) {
            int before = told.size();
            for (int account = 0; account < 5_000; account++) {
                resolve(AccountRef.of("user", String.valueOf(account))).allows("roles");
            }
            assertThat(told.size() - before).as("told in a minute").isBetween(4_000, 5_000);
            host.clock.advance(Duration.ofMinutes(1));
        }
        assertThat(told.stream().distinct()).hasSize(5_000);
    }

    @Test
    @DisplayName("D5 an observer that fails denies nothing")
    void failing() {
        try (BillingFixture failing = new BillingFixture(
                builder -> builder.enforcement(Enforcement.SHADOW).shadowObserver((computed, what) -> {
                    throw new IllegalStateException("no disk");
                }))) {
            assertThat(failing.billing
                            .entitlements()
                            .resolve(BillingFixture.ACCOUNT)
                            .allows("roles"))
                    .isTrue();
        }
    }

    @Test
    @DisplayName("D5 what is told can be the log's: without an observer nothing fails")
    void logged() {
        try (BillingFixture silent = new BillingFixture(builder -> builder.enforcement(Enforcement.SHADOW))) {
            assertThat(silent.billing
                            .entitlements()
                            .resolve(BillingFixture.ACCOUNT)
                            .writable())
                    .isTrue();
        }
    }

    private Entitlements resolve(AccountRef account) {
        return host.billing.entitlements().resolve(account);
    }
}
