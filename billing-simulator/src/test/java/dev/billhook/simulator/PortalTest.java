package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.engine.payment.method.CardInput;
import dev.billhook.simulator.engine.portal.PlanSwitch;
import dev.billhook.simulator.engine.portal.PortalEngine;
import dev.billhook.simulator.engine.portal.PortalView;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The Customer Portal")
class PortalTest extends OwnSimulatorTest {
    private final PortalEngine portal = simulator.assembly().context().portal();

    @Test
    @DisplayName("B1 a session belongs to a customer, comes back to the host and can open a flow directly")
    void session() {
        String customer = shop.customer();
        String subscription = shop.subscribe(customer, shop.monthly(1000)).id();
        Answer session = api.post(
                "/v1/billing_portal/sessions",
                "customer=" + customer,
                "return_url=https://shop.example/account",
                "flow_data[type]=subscription_cancel",
                "flow_data[subscription_cancel][subscription]=" + subscription,
                "flow_data[after_completion][type]=redirect",
                "flow_data[after_completion][redirect][return_url]=https://shop.example/bye");
        assertThat(session.text("/url")).isEqualTo(simulator.baseUrl() + "/portal/" + session.id());
        assertThat(session.text("/flow/subscription_cancel/subscription")).isEqualTo(subscription);
        assertThat(session.text("/flow/after_completion/redirect/return_url")).isEqualTo("https://shop.example/bye");
        assertThat(session.text("/configuration")).startsWith("bpc_");
        Answer foreign = api.post(
                "/v1/billing_portal/sessions",
                "customer=" + shop.customer(),
                "flow_data[type]=subscription_cancel",
                "flow_data[subscription_cancel][subscription]=" + subscription);
        assertThat(foreign.status()).isEqualTo(400);
    }

    @Test
    @DisplayName("B2 there is a default configuration; others are made and changed")
    void configuration() {
        Answer all = api.get("/v1/billing_portal/configurations");
        assertThat(all.body().at("/data/0/is_default").asBoolean()).isTrue();
        Answer made = api.post(
                "/v1/billing_portal/configurations",
                "features[subscription_update][enabled]=true",
                "features[subscription_update][default_allowed_updates][0]=price",
                "features[subscription_update][products][0][product]=prod_x",
                "features[subscription_update][products][0][prices][0]=price_x",
                "features[subscription_cancel][enabled]=true",
                "features[subscription_cancel][mode]=immediately",
                "business_profile[headline]=Hello");
        assertThat(made.text("/features/subscription_update/products/0/prices/0"))
                .isEqualTo("price_x");
        assertThat(made.body().at("/features/invoice_history/enabled").asBoolean())
                .isFalse();
        Answer changed =
                api.post("/v1/billing_portal/configurations/" + made.id(), "features[invoice_history][enabled]=true");
        assertThat(changed.body().at("/features/invoice_history/enabled").asBoolean())
                .isTrue();
        assertThat(changed.text("/features/subscription_cancel/mode")).isEqualTo("immediately");
        String fallback = all.text("/data/0/id");
        assertThat(api.post("/v1/billing_portal/configurations/" + fallback, "active=false")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("C16 cancelling and resuming on the portal are the API's own updates")
    void cancelAndResume() {
        String customer = shop.customer();
        String subscription = shop.subscribe(customer, shop.monthly(1000)).id();
        String session = open(customer);
        portal.plans().cancel(session, subscription, "too_expensive", "sorry");
        Answer cancelled = shop.subscription(subscription);
        assertThat(cancelled.body().path("cancel_at_period_end").asBoolean()).isTrue();
        assertThat(cancelled.text("/cancellation_details/feedback")).isEqualTo("too_expensive");
        portal.plans().resume(session, subscription);
        assertThat(shop.subscription(subscription).body().path("cancel_at").isNull())
                .isTrue();
        assertThat(api.eventTypes()).endsWith("customer.subscription.updated");
        String foreign = shop.subscribe(shop.customer(), shop.monthly(1)).id();
        assertThatThrownBy(() -> portal.plans().cancel(session, foreign, null, null))
                .isInstanceOf(ApiError.class);
    }

    @Test
    @DisplayName("C2 a plan can be switched to the prices the configuration offers, at the price shown before")
    void switchPlan() {
        String customer = shop.customer();
        String better = shop.monthly(3000);
        Answer subscription = shop.subscribe(customer, shop.monthly(1000));
        String configuration = api.post(
                        "/v1/billing_portal/configurations",
                        "features[subscription_update][enabled]=true",
                        "features[subscription_update][default_allowed_updates][0]=price",
                        "features[subscription_update][proration_behavior]=always_invoice",
                        "features[subscription_update][products][0][product]=prod_x",
                        "features[subscription_update][products][0][prices][0]=" + better)
                .id();
        String session = api.post(
                        "/v1/billing_portal/sessions", "customer=" + customer, "configuration=" + configuration)
                .id();
        long shown = portal.plans()
                .preview(session, subscription.id(), new PlanSwitch(better, 1, ""))
                .path("amount_due")
                .asLong();
        assertThat(shown).isEqualTo(2000);
        portal.plans().change(session, subscription.id(), new PlanSwitch(better, 1, ""));
        assertThat(shop.subscription(subscription.id()).text("/items/data/0/price/id"))
                .isEqualTo(better);
        assertThat(api.get("/v1/invoices", "limit=1").number("/data/0/amount_paid"))
                .isEqualTo(shown);
        assertThatThrownBy(
                        () -> portal.plans().change(session, subscription.id(), new PlanSwitch(shop.monthly(1), 1, "")))
                .hasMessageContaining("does not offer");
    }

    @Test
    @DisplayName("C18 a new card becomes the default; name and e-mail are changed; everything is shown")
    void cardAndCustomer() {
        String customer = shop.customer();
        String subscription = shop.subscribe(customer, shop.monthly(1000)).id();
        String session = open(customer);
        CardInput card = new CardInput("5555555555554444", 1, 2041, "123", "Jane", null, "DE", "10115");
        String added = portal.profile().addCard(session, card, false).path("id").asText();
        assertThat(api.get("/v1/customers/" + customer).text("/invoice_settings/default_payment_method"))
                .isEqualTo(added);
        portal.profile().update(session, Docs.object().put("name", "Jane B.").put("email", "b@example.com"));
        PortalView view = portal.view(session);
        assertThat(view.customer().path("email").asText()).isEqualTo("b@example.com");
        assertThat(view.subscriptions())
                .extracting(doc -> doc.path("id").asText())
                .containsExactly(subscription);
        assertThat(view.paymentMethods()).hasSize(2);
        assertThat(view.invoices()).hasSize(1);
        portal.profile()
                .removeCard(session, view.paymentMethods().get(1).path("id").asText());
        assertThat(portal.view(session).paymentMethods()).hasSize(1);
        CardInput secure = new CardInput("4000002760003184", 1, 2041, "123", "Jane", null, "DE", "10115");
        assertThatThrownBy(() -> portal.profile().addCard(session, secure, false))
                .isInstanceOf(ApiError.class);
        assertThat(portal.profile()
                        .addCard(session, secure, true)
                        .path("card")
                        .path("last4")
                        .asText())
                .isEqualTo("3184");
    }

    private String open(String customer) {
        return api.post("/v1/billing_portal/sessions", "customer=" + customer).id();
    }
}
