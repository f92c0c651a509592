package dev.billhook.stripe.internal.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.RequestKey;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.PortalRequest.After;
import dev.billhook.spi.provider.PortalGateway.Errand;
import dev.billhook.spi.provider.PortalGateway.Visit;
import dev.billhook.stripe.testing.Documents;
import dev.billhook.stripe.testing.RecordingStripe;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The Customer Portal at Stripe")
class StripePortalTest {
    private static final URI RETURN = URI.create("https://app.example/settings");
    private static final String SESSION =
            "{\"object\": \"billing_portal.session\", \"url\": \"https://portal.example/p\"}";

    @AutoClose
    private final RecordingStripe stripe = new RecordingStripe();

    private Map<String, String> open(Errand errand) {
        return open(errand, new After.Overview());
    }

    private Map<String, String> open(Errand errand, After after) {
        stripe.replies(SESSION);
        Visit visit = new Visit(RETURN, errand, after, false);
        URI url = stripe.provider().portal().open("cus_1", visit, new RequestKey("key-1"));
        RecordingStripe.Call call = stripe.calls().get(stripe.calls().size() - 1);
        assertThat(url).isEqualTo(URI.create("https://portal.example/p"));
        assertThat(call.path()).isEqualTo("/v1/billing_portal/sessions");
        assertThat(call.idempotencyKey()).isEqualTo("portal.open:key-1");
        return call.params();
    }

    @Test
    @DisplayName("B1 opens on its home page")
    void home() {
        assertThat(open(new Errand.Home())).isEqualTo(Map.of("customer", "cus_1", "return_url", RETURN.toString()));
    }

    @Test
    @DisplayName("B1 opens on cancelling")
    void cancel() {
        assertThat(open(new Errand.Cancel("sub_1", null)))
                .containsEntry("flow_data[type]", "subscription_cancel")
                .containsEntry("flow_data[subscription_cancel][subscription]", "sub_1")
                .containsEntry("flow_data[after_completion][type]", "portal_homepage")
                .doesNotContainKey("flow_data[subscription_cancel][retention][type]");
    }

    @Test
    @DisplayName("B1 offers a coupon to those who stay")
    void retention() {
        assertThat(open(new Errand.Cancel("sub_1", "STAY")))
                .containsEntry("flow_data[subscription_cancel][retention][type]", "coupon_offer")
                .containsEntry("flow_data[subscription_cancel][retention][coupon_offer][coupon]", "STAY");
    }

    @Test
    @DisplayName("B1 opens on switching the plan")
    void switchPlan() {
        assertThat(open(new Errand.SwitchPlan("sub_1")))
                .containsEntry("flow_data[type]", "subscription_update")
                .containsEntry("flow_data[subscription_update][subscription]", "sub_1");
    }

    @Test
    @DisplayName("B1 opens on confirming a switch to a plan")
    void confirmPlan() {
        stripe.replies(Documents.list(Documents.price("price_7", "\"recurring\": {\"usage_type\": \"licensed\"}")));
        assertThat(open(new Errand.ConfirmPlan("sub_1", "si_1", PlanKey.of("team-monthly"), 3)))
                .containsEntry("flow_data[type]", "subscription_update_confirm")
                .containsEntry("flow_data[subscription_update_confirm][subscription]", "sub_1")
                .containsEntry("flow_data[subscription_update_confirm][items][0][id]", "si_1")
                .containsEntry("flow_data[subscription_update_confirm][items][0][price]", "price_7")
                .containsEntry("flow_data[subscription_update_confirm][items][0][quantity]", "3");
    }

    @Test
    @DisplayName("B4 a subscriber of an older price who takes more units stays on his price")
    void confirmUnits() {
        assertThat(open(new Errand.ConfirmPlan("sub_1", "si_1", null, 5)))
                .containsEntry("flow_data[subscription_update_confirm][items][0][quantity]", "5")
                .doesNotContainKey("flow_data[subscription_update_confirm][items][0][price]");
    }

    @Test
    @DisplayName("B1 opens on replacing the payment method")
    void paymentMethod() {
        assertThat(open(new Errand.UpdatePaymentMethod())).containsEntry("flow_data[type]", "payment_method_update");
    }

    @Test
    @DisplayName("B1 sends the customer on, or tells him that it is done")
    void afterwards() {
        assertThat(open(new Errand.UpdatePaymentMethod(), new After.ReturnTo(URI.create("https://app.example/thanks"))))
                .containsEntry("flow_data[after_completion][type]", "redirect")
                .containsEntry("flow_data[after_completion][redirect][return_url]", "https://app.example/thanks");
        assertThat(open(new Errand.UpdatePaymentMethod(), new After.Confirmation("Done.")))
                .containsEntry("flow_data[after_completion][type]", "hosted_confirmation")
                .containsEntry("flow_data[after_completion][hosted_confirmation][custom_message]", "Done.");
        assertThat(open(new Errand.UpdatePaymentMethod(), new After.Confirmation(null)))
                .containsEntry("flow_data[after_completion][type]", "hosted_confirmation")
                .doesNotContainKey("flow_data[after_completion][hosted_confirmation][custom_message]");
    }
}
