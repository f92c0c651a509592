package dev.billhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billhook.Billing;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.checkout.PortalRequest;
import dev.billhook.error.ProviderObjectMissingException;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.stripe.testing.OtherProgram;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B1 B2 The portal as the catalog has it, against a Stripe that remembers")
class PortalTest {
    private static final AccountRef ACCOUNT = AccountRef.of("user", "42");
    private static final URI HOME = URI.create("https://app.example/billing");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLANS = """
            products:
              pro: {name: Pro, tier: 10}
              team: {name: Team, tier: 20}
            plans:
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: %s}}}
              pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 290}}}
              team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: 12}}, units: {minimum: 2, maximum: 90}}
            """;
    private static final String PORTAL = """
            portal:
              headline: Your plan
              privacy_policy: https://app.example/privacy
              customer: [email, address]
              cancel: now_prorate
              switch: {plans: [pro-monthly, pro-yearly, team-monthly], units: true}
            """;

    @AutoClose
    private final StripeSimulator simulator = StripeSimulator.start();

    private final OtherProgram other = new OtherProgram(simulator);
    private final StripePaymentProvider stripe = StripePaymentProvider.of(StripeConfig.builder()
            .apiKey(simulator.apiKey())
            .withoutWebhooks()
            .apiBase(URI.create(simulator.baseUrl()))
            .build());
    private final BillingStores stores = InMemoryStores.create(ProviderScope.test());

    private Billing billing(String catalog) {
        return Billing.builder(CatalogReader.readYaml(catalog), stripe, stores)
                .clock(simulator.instantSource())
                .withoutBackgroundWork()
                .build();
    }

    private JsonNode read(String path) {
        try {
            return JSON.readTree(other.get(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode configuration() {
        for (JsonNode each : read("/v1/billing_portal/configurations").path("data")) {
            if (each.path("metadata").has("billhook_portal")) {
                return each;
            }
        }
        throw new AssertionError("There is no configuration of the catalog's");
    }

    private String price(String plan) {
        return read("/v1/prices?active=true&lookup_keys%5B0%5D=" + plan)
                .at("/data/0/id")
                .textValue();
    }

    @Test
    @DisplayName(
            "B2 D6 publishing is idempotent, follows prices and the file, and takes back what somebody changed by hand")
    void publish() {
        try (Billing billing = billing(PLANS.formatted(29) + PORTAL)) {
            assertThat(billing.catalogPublisher().apply().describe()).endsWith("+ portal");
            assertThat(billing.catalogPublisher().plan().empty()).isTrue();
        }
        String id = configuration().path("id").textValue();
        assertThat(configuration().at("/business_profile/headline").textValue()).isEqualTo("Your plan");
        assertThat(configuration().at("/features/subscription_cancel/mode").textValue())
                .isEqualTo("immediately");
        assertThat(configuration().at("/features/subscription_update/products")).hasSize(2);

        try (Billing billing = billing(PLANS.formatted(39) + PORTAL)) {
            assertThat(billing.catalogPublisher().apply().changes()).hasSize(2);
            assertThat(billing.catalogPublisher().plan().empty()).isTrue();
            assertThat(configuration()
                            .at("/features/subscription_update/products")
                            .toString())
                    .contains(price("pro-monthly"));

            other.post(
                    "/v1/billing_portal/configurations/" + id,
                    "features[subscription_cancel][mode]=at_period_end&business_profile[headline]=Hello");
            assertThat(billing.catalogPublisher().apply().describe()).isEqualTo("~ portal");
            assertThat(billing.catalogPublisher().plan().empty()).isTrue();
        }
        try (Billing billing = billing(PLANS.formatted(39) + "portal: {customer: [], cancel: never}\n")) {
            assertThat(billing.catalogPublisher().apply().describe()).isEqualTo("~ portal");
            assertThat(billing.catalogPublisher().plan().empty()).isTrue();
        }
        assertThat(configuration().path("id").textValue()).isEqualTo(id);
        assertThat(configuration().at("/business_profile/headline").asText("")).isIn("", "null");
        assertThat(configuration().at("/features/subscription_update/enabled").booleanValue())
                .isFalse();
    }

    @Test
    @DisplayName("B1 B2 the portal opens with the published configuration, on a switch to a plan and back at the host")
    void open() {
        try (Billing billing = billing(PLANS.formatted(29) + PORTAL)) {
            billing.accounts().register(ACCOUNT, AccountProfile.ofEmail("ada@example.com"));
            billing.checkout().startCardUpdate(ACCOUNT, HOME, HOME);
            String customer = billing.accounts().get(ACCOUNT).customerId().orElseThrow();
            assertThatExceptionOfType(ProviderObjectMissingException.class)
                    .isThrownBy(() -> billing.portal().open(PortalRequest.home(ACCOUNT, HOME)))
                    .withMessageContaining("catalog apply");
            billing.catalogPublisher().apply();
            other.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=pm_card_visa");
            other.post(
                    "/v1/subscriptions",
                    "customer=" + customer + "&items[0][price]=" + price("pro-monthly")
                            + "&metadata[billhook_account]=user:42");
            billing.reconciler()
                    .sweep(SweepRequest.repairing().fromTheBeginning().pause(Duration.ZERO));

            URI visit = billing.portal()
                    .open(PortalRequest.switchTo(ACCOUNT, HOME, PlanKey.of("pro-yearly"))
                            .returningTo(URI.create("https://app.example/thanks")));

            assertThat(visit).asString().startsWith(simulator.baseUrl());
            JsonNode session =
                    read("/v1/events?type=billing_portal.session.created").at("/data/0/data/object");
            assertThat(session.path("configuration").textValue())
                    .isEqualTo(configuration().path("id").textValue());
            assertThat(session.at("/flow/subscription_update_confirm/items/0/price")
                            .textValue())
                    .isEqualTo(price("pro-yearly"));
            assertThat(session.at("/flow/after_completion/redirect/return_url").textValue())
                    .isEqualTo("https://app.example/thanks");
        }
    }
}
