package dev.billhook.spring.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.billhook.Billing;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.entitlement.AccessState;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.subscription.Cancellation;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Tag("spring-boot-4")
@DisplayName("Spring: an application under development, with nothing configured but the profile")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class EmbeddedSimulatorTest {
    private static final URI SHOP = URI.create("https://shop.example/");
    private final HttpClient browser =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private @Nullable ConfigurableApplicationContext application;
    private String startOutput = "";

    @BeforeAll
    void start(CapturedOutput output) {
        application = SpringApplication.run(
                Host.class,
                "--spring.profiles.active=dev",
                "--server.port=0",
                "--server.servlet.context-path=/shop",
                "--spring.main.banner-mode=off",
                "--spring.datasource.generate-unique-name=true",
                "--billhook.webhook.path=/hooks/billing",
                "--billhook.background.interval=200ms",
                "--billhook.simulator.business-name=Podhost");
        startOutput = output.getAll();
    }

    @AfterAll
    void stop() {
        application().close();
    }

    @Test
    @DisplayName("one line tells where the simulator's pages are and where its webhooks go; the pages are there")
    void told() throws Exception {
        String pages = simulator().baseUrl() + "/dashboard";

        assertThat(startOutput.lines().filter(line -> line.contains(pages)))
                .hasSize(1)
                .first()
                .asString()
                .contains("INFO", ":" + port() + "/shop/hooks/billing");
        assertThat(browser.send(HttpRequest.newBuilder(URI.create(pages)).build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("the host's runners find the simulator joined already")
    void beforeRunners() {
        assertThat(application().getBean(Host.class).plansAtStart).isEqualTo(2);
    }

    @Test
    @DisplayName("D10 B7 C16 D2 Checkout, payment, webhook, access, cancellation, the end of the period: read-only")
    void wholeThread() throws Exception {
        AccountRef ada = AccountRef.of("user", "ada");
        Billing billing = application().getBean(Billing.class);
        billing.accounts().register(ada, AccountProfile.ofEmail("ada@example.com"));
        Checkout checkout = billing.checkout().start(CheckoutRequest.of(ada, PlanKey.of("pro-monthly"), SHOP, SHOP));
        assertThat(billing.entitlements().resolve(ada).state()).isEqualTo(AccessState.NONE);

        assertThat(browser.send(HttpRequest.newBuilder(checkout.url()).build(), HttpResponse.BodyHandlers.ofString())
                        .body())
                .contains("Podhost");
        assertThat(pay(checkout.url()).statusCode()).isEqualTo(303);

        // Nothing asks Stripe here: only a webhook can bring it.
        awaitState(ada, AccessState.ACTIVE);
        assertThat(billing.entitlements().resolve(ada).allows("transcripts")).isTrue();
        await().untilAsserted(() -> assertThat(application().getBean(Host.class).heard)
                .hasAtLeastOneElementOfType(BillingEvent.SubscriptionActivated.class));

        billing.subscriptions().cancel(ada, Cancellation.atPeriodEnd());
        assertThat(billing.entitlements().resolve(ada).state()).isEqualTo(AccessState.ACTIVE);
        simulator().advance(Period.ofMonths(1).plusDays(1));

        awaitState(ada, AccessState.READ_ONLY);
        assertThat(simulator().awaitDeliveries(Duration.ofSeconds(10))).isTrue();
        await().untilAsserted(() -> assertThat(application().getBean(Host.class).heard)
                .hasAtLeastOneElementOfType(BillingEvent.CancellationScheduled.class)
                .hasAtLeastOneElementOfType(BillingEvent.SubscriptionEnded.class));
        assertThat(simulator().deliveries())
                .isNotEmpty()
                .allSatisfy(delivery -> assertThat(delivery.status()).isEqualTo(200));
    }

    private void awaitState(AccountRef account, AccessState state) {
        Billing billing = application().getBean(Billing.class);
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(
                        () -> assertThat(billing.entitlements().resolve(account).state())
                                .isEqualTo(state));
    }

    private HttpResponse<String> pay(URI page) throws IOException, InterruptedException {
        String form = Map.of(
                        "card_number", "4242 4242 4242 4242",
                        "card_expiry", "12 / 40",
                        "card_cvc", "123",
                        "card_name", "Ada")
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return browser.send(
                HttpRequest.newBuilder(page)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private StripeSimulator simulator() {
        return application().getBean(StripeSimulator.class);
    }

    private String port() {
        return application().getEnvironment().getRequiredProperty("local.server.port");
    }

    private ConfigurableApplicationContext application() {
        return Objects.requireNonNull(application);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Host {
        final List<BillingEvent> heard = new CopyOnWriteArrayList<>();
        int plansAtStart;

        @Bean
        BillingListener recorder() {
            return BillingListener.named("recorder", ListenerPhase.AFTER_COMMIT, heard::add);
        }

        @Bean
        ApplicationRunner sells(Billing billing) {
            return arguments -> plansAtStart = billing.catalogPublisher().plan().empty()
                    ? billing.catalog().plans().size()
                    : 0;
        }
    }
}
