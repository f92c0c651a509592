package dev.billhook.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Limit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C21 a host asks for features and limits, never for a plan's name")
class EntitlementsTest {
    private static final Entitlements ENTITLEMENTS = new Entitlements(
            AccountRef.of("user", "1"),
            AccessState.ACTIVE,
            List.of(),
            Set.of("transcripts"),
            Map.of("episodes", Limit.of(10), "storage-gb", Limit.unlimited()),
            List.of(),
            AccessReason.SUBSCRIBED,
            NextStep.NOTHING,
            null);

    @Test
    @DisplayName("C21 what is left of a limit is never negative; unlimited has no bound; an unknown limit is zero")
    void remaining() {
        assertThat(ENTITLEMENTS.remaining("episodes", 4)).isEqualTo(6);
        assertThat(ENTITLEMENTS.remaining("episodes", 10)).isZero();
        assertThat(ENTITLEMENTS.remaining("episodes", 12)).isZero();
        assertThat(ENTITLEMENTS.remaining("storage-gb", Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(ENTITLEMENTS.remaining("seats", 0)).isZero();
    }

    @Test
    @DisplayName("C21 requiring a feature passes or is denied with state and next step")
    void require() {
        assertThatCode(() -> ENTITLEMENTS.require("transcripts")).doesNotThrowAnyException();

        AccessDeniedException denied =
                catchThrowableOfType(AccessDeniedException.class, () -> ENTITLEMENTS.require("roles"));

        assertThat(denied).hasMessageContaining("user:1").hasMessageContaining("'roles'");
        assertThat(denied.state()).isEqualTo(AccessState.ACTIVE);
        assertThat(denied.nextStep()).isEqualTo(NextStep.NOTHING);
    }
}
