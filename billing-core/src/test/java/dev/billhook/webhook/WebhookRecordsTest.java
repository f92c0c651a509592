package dev.billhook.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("C6 what comes in from the provider is kept short and tells logs nothing personal")
class WebhookRecordsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String PAYLOAD = "{\"email\":\"ada@example.org\"}";
    private static final InboxEvent PENDING = InboxEvent.received("evt_1", "customer.updated", NOW, NOW, PAYLOAD);

    @Test
    @DisplayName("D14 a finished event drops its payload, a pending or kept one has it")
    void payloads() {
        assertThat(PENDING.finished(InboxStatus.DONE).payload()).isNull();
        assertThat(PENDING.finished(InboxStatus.DONE).nextAttemptAt()).isNull();
        InboxEvent failed = PENDING.failed("boom", NOW.plusSeconds(10));
        assertThat(failed.payload()).isEqualTo(PAYLOAD);
        assertThat(failed.attempts()).isEqualTo(1);
        assertThat(failed.status()).isEqualTo(InboxStatus.PENDING);
        assertThat(failed.failed("boom", null).status()).isEqualTo(InboxStatus.DEAD);
        assertThat(failed.failed("boom", null).payload()).isEqualTo(PAYLOAD);
        assertThat(failed.discarded("not ours").payload()).isNull();
        assertThat(failed.replayed(NOW, PAYLOAD)).isEqualTo(PENDING);
    }

    @Test
    @DisplayName("D14 neither an inbox event nor a request writes its body into logs")
    void silence() {
        WebhookRequest request = new WebhookRequest(PAYLOAD.getBytes(StandardCharsets.UTF_8), "t=1,v1=secret");

        assertThat(PENDING.toString()).contains("evt_1").doesNotContain("ada");
        assertThat(request.toString()).contains("27 bytes").doesNotContain("ada", "secret");
    }

    @Test
    @DisplayName("C6 the body a signature was made over cannot be changed afterwards")
    void bodyIsCopied() {
        byte[] body = {1, 2};
        WebhookRequest request = new WebhookRequest(body, null);
        body[0] = 9;
        request.body()[1] = 9;

        assertThat(request.body()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @EnumSource(Rejection.class)
    @DisplayName(
            "C6 every rejection is the sender's fault; everything else is answered 200, or 503 where billing is switched off")
    void httpStatus(Rejection reason) {
        assertThat(new WebhookOutcome.Rejected(reason, "why").httpStatus())
                .isEqualTo(reason == Rejection.BODY_TOO_LARGE ? 413 : 400);
        assertThat(new WebhookOutcome.Applied("evt_1", "t").httpStatus()).isEqualTo(200);
        assertThat(new WebhookOutcome.Duplicate("evt_1").httpStatus()).isEqualTo(200);
        assertThat(new WebhookOutcome.Ignored("evt_1", "t").httpStatus()).isEqualTo(200);
        assertThat(new WebhookOutcome.Parked("evt_1", "t").httpStatus()).isEqualTo(200);
        assertThat(new WebhookOutcome.Deferred("evt_1", "t").httpStatus()).isEqualTo(200);
        assertThat(new WebhookOutcome.SwitchedOff().httpStatus()).isEqualTo(503);
    }
}
