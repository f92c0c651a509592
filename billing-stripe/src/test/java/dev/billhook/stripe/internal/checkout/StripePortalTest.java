package dev.billhook.stripe.internal.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.RequestKey;
import dev.billhook.checkout.PortalFlow;
import dev.billhook.error.ProviderException;
import dev.billhook.stripe.testing.RecordingStripe;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The Customer Portal at Stripe")
class StripePortalTest {
    private static final URI RETURN = URI.create("https://app.example/settings");

    private final RecordingStripe stripe = new RecordingStripe();

    @AfterEach
    void close() {
        stripe.close();
    }

    private Map<String, String> open(PortalFlow flow, @Nullable String subscription) {
        stripe.replies("{\"object\": \"billing_portal.session\", \"url\": \"https://portal.example/p\"}");
        URI url = stripe.provider().portal().open("cus_1", RETURN, flow, subscription, new RequestKey("key-1"));
        assertThat(url).isEqualTo(URI.create("https://portal.example/p"));
        assertThat(stripe.call().path()).isEqualTo("/v1/billing_portal/sessions");
        assertThat(stripe.call().idempotencyKey()).isEqualTo("portal.open:key-1");
        return stripe.call().params();
    }

    @Test
    @DisplayName("B1 opens on its home page")
    void home() {
        assertThat(open(PortalFlow.HOME, null)).isEqualTo(Map.of("customer", "cus_1", "return_url", RETURN.toString()));
    }

    @Test
    @DisplayName("B1 opens on cancelling")
    void cancel() {
        assertThat(open(PortalFlow.CANCEL, "sub_1"))
                .containsEntry("flow_data[type]", "subscription_cancel")
                .containsEntry("flow_data[subscription_cancel][subscription]", "sub_1");
    }

    @Test
    @DisplayName("B1 opens on switching the plan")
    void switchPlan() {
        assertThat(open(PortalFlow.SWITCH_PLAN, "sub_1"))
                .containsEntry("flow_data[type]", "subscription_update")
                .containsEntry("flow_data[subscription_update][subscription]", "sub_1");
    }

    @Test
    @DisplayName("B1 opens on replacing the payment method")
    void paymentMethod() {
        assertThat(open(PortalFlow.UPDATE_PAYMENT_METHOD, null))
                .containsEntry("flow_data[type]", "payment_method_update");
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCEL", "SWITCH_PLAN"})
    @DisplayName("refuses a flow about a subscription without one")
    void withoutSubscription(PortalFlow flow) {
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> open(flow, null))
                .withMessageContaining(flow.name())
                .satisfies(e -> assertThat(e.category()).isEqualTo(ProviderException.Category.INVALID_REQUEST));
    }
}
