package dev.billhook.stripe.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.billhook.BillingException;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.provider.WebhookGateway.Reception;
import dev.billhook.stripe.testing.Signatures;
import dev.billhook.webhook.Rejection;
import dev.billhook.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whatever comes is refused or understood, and nothing else happens. The build runs these on the stored inputs; the profile
 * {@code fuzz} searches for new ones.
 */
class WebhookFuzzTest {
    private static final String SECRET = "whsec_first";
    private static final String T = "1700000000";
    private static final String[] TYPES = {
        "customer.updated",
        "customer.deleted",
        "customer.subscription.updated",
        "customer.subscription.trial_will_end",
        "checkout.session.completed",
        "invoice.paid",
        "invoice.payment_failed",
        "invoice.upcoming",
        "charge.refunded",
        "charge.dispute.created",
        "charge.dispute.closed",
        "subscription_schedule.released",
        "payment_method.detached",
        "customer.source.deleted"
    };

    private final StripeWebhooks webhooks = new StripeWebhooks(
            List.of(SECRET, "whsec_second"),
            Duration.ofSeconds(300),
            () -> Instant.ofEpochSecond(Long.parseLong(T)),
            event -> new EventContent.Irrelevant());

    @FuzzTest(maxDuration = "5m")
    void header(@Nullable String header) {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        Reception reception = webhooks.receive(new WebhookRequest(body, header));

        boolean proven = header != null && header.toLowerCase(Locale.ROOT).contains(Signatures.v1(SECRET, T, body));
        assertThat(reception).isInstanceOfSatisfying(Reception.Refused.class, refused -> {
            assertThat(refused.detail()).isNotBlank().doesNotContain("\n", SECRET);
            assertThat(refused.reason() == Rejection.BODY_MALFORMED && !proven).isFalse();
        });
    }

    @FuzzTest(maxDuration = "5m")
    void signedBody(byte[] body) {
        read(body);
    }

    @FuzzTest(maxDuration = "5m")
    void eventAbout(FuzzedDataProvider data) {
        String type = data.pickValue(TYPES);
        String object = data.consumeRemainingAsString();
        read("""
                {"id": "evt_1", "object": "event", "created": 1700000000, "livemode": false, "type": "%s",
                 "data": {"object": %s}}""".formatted(type, object).getBytes(StandardCharsets.UTF_8));
    }

    private void read(byte[] body) {
        Reception reception = webhooks.receive(new WebhookRequest(body, Signatures.header(SECRET, T, body)));
        if (reception instanceof Reception.Refused refused) {
            assertThat(refused.reason()).isIn(Rejection.BODY_MALFORMED, Rejection.BODY_TOO_LARGE);
            return;
        }
        Reception.Accepted accepted = (Reception.Accepted) reception;
        assertThat(accepted.payload()).isEqualTo(new String(body, StandardCharsets.UTF_8));
        try {
            assertThat(webhooks.content(accepted.payload())).isNotNull();
        } catch (BillingException notUnderstood) {
            assertThat(notUnderstood.getMessage()).isNotBlank();
        }
    }
}
