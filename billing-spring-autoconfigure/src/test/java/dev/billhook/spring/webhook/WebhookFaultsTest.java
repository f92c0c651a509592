package dev.billhook.spring.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.billhook.Billing;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.Customer;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.simulator.api.Fault;
import dev.billhook.simulator.event.Delivery;
import dev.billhook.simulator.seed.AccountState;
import dev.billhook.spring.stripe.StripeConnection;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxQuery;
import dev.billhook.webhook.InboxStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayName("Spring: a running application, while Stripe fails or talks nonsense")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookFaultsTest {
    private static final URI SHOP = URI.create("https://shop.example/");
    private static final Pattern FIELD =
            Pattern.compile("\"(\\w+)\" *: *(\"(?:[^\"\\\\]|\\\\.)*\"|-?[0-9.]+|true|false|null)");
    private static final List<String> WRONG = List.of(
            "null",
            "true",
            "-1.5",
            "9223372036854775807",
            "99999999999999999999999",
            "\"\\u0000\\ud800\"",
            "\"" + "y".repeat(3000) + "\"",
            "[null]",
            "{\"id\":\"spoiled\"}");

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private @Nullable ConfigurableApplicationContext application;

    @BeforeAll
    void start() {
        application = SpringApplication.run(
                Host.class,
                "--spring.profiles.active=dev",
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.datasource.generate-unique-name=true",
                "--billhook.stripe.max-network-retries=0",
                "--billhook.background.interval=100ms");
    }

    @AfterAll
    void stop() {
        application().close();
    }

    @AfterEach
    void repair() {
        simulator().faults().clear();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("500", Fault.error(500), "HTTP 500"),
                arguments("503", Fault.error(503), "HTTP 503"),
                arguments("429", Fault.rateLimit(), "rate_limit"),
                arguments("lock", Fault.lockTimeout(), "lock_timeout"),
                arguments("401", Fault.error(401), "HTTP 401"),
                arguments("closed", Fault.dropped(), "could not be reached"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    @DisplayName(
            "C5 C6 a fetch that fails: Stripe has its 200, the mirror its old state; when Stripe is back, all is told once")
    void stripeFails(String name, Fault fault, String error) throws Exception {
        AccountRef account = AccountRef.of("user", name);
        String customer = customerOf(account);
        simulator().faults().plan(1000, fault.forMethod("GET").forPath("/v1/customers/"));

        String card = idOf(atStripe("/v1/payment_methods/pm_card_visa/attach", "customer=" + customer));
        atStripe("/v1/customers/" + customer, "invoice_settings[default_payment_method]=" + card);
        assertThat(simulator().awaitDeliveries(Duration.ofSeconds(20))).isTrue();

        assertThat(simulator().deliveries())
                .allSatisfy(delivery -> assertThat(delivery.status()).isEqualTo(200));
        assertThat(waiting()).isNotEmpty().allSatisfy(event -> {
            assertThat(event.status()).isEqualTo(InboxStatus.PENDING);
            assertThat(event.error()).contains(error);
        });
        assertThat(mirrored(account).defaultPaymentMethod()).isNull();
        assertThat(changesOfCard(account)).isZero();

        simulator().faults().clear();
        simulator().advance(Duration.ofMinutes(5));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(waiting()).isEmpty());
        assertThat(Objects.requireNonNull(mirrored(account).defaultPaymentMethod())
                        .lastFour())
                .isEqualTo("4242");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(changesOfCard(account)).isEqualTo(1));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 20_261_123})
    @DisplayName("C6 signed events with wrong values: 200 or 400, never a 5xx, and the application goes on")
    void nonsense(long seed) throws Exception {
        AccountRef account = AccountRef.of("user", "nonsense" + seed);
        customerOf(account);
        List.of(AccountState.ACTIVE, AccountState.PAST_DUE, AccountState.CANCELING)
                .forEach(simulator().seed()::make);
        assertThat(simulator().awaitDeliveries(Duration.ofSeconds(20))).isTrue();
        List<String> events = new ArrayList<>();
        for (String id : simulator().deliveries().stream()
                .map(Delivery::eventId)
                .distinct()
                .toList()) {
            events.add(atStripe("/v1/events/" + id, null));
        }
        Random random = new Random(seed);

        for (int round = 0; round < 400; round++) {
            String id = "evt_spoiled_" + seed + "_" + round;
            String event = spoiled(events.get(random.nextInt(events.size())), random);

            int status = send(event.replaceFirst("\"id\": *\"evt_[^\"]*\"", "\"id\":\"" + id + "\""));

            assertThat(status).as("seed %d, round %d: %s", seed, round, event).isIn(200, 400);
            assertThat(billing().inbox().find(id).isPresent())
                    .as("seed %d, round %d: stored if and only if it was taken", seed, round)
                    .isEqualTo(status == 200);
        }

        AccountRef after = AccountRef.of("user", "after" + seed);
        String customer = customerOf(after);
        atStripe("/v1/customers/" + customer, "metadata[x]=y");
        assertThat(simulator().awaitDeliveries(Duration.ofSeconds(20))).isTrue();
        assertThat(mirrored(after).id()).isEqualTo(customer);
    }

    /** The event with one of its values replaced, or one of its fields renamed. */
    private static String spoiled(String event, Random random) {
        List<MatchResult> fields = FIELD.matcher(event).results().toList();
        MatchResult field = fields.get(random.nextInt(fields.size()));
        String name = random.nextInt(6) == 0 ? "renamed" : field.group(1);
        String value = name.equals("renamed") ? field.group(2) : WRONG.get(random.nextInt(WRONG.size()));
        return event.substring(0, field.start()) + '"' + name + "\":" + value + event.substring(field.end());
    }

    /** Calls Stripe as any other program does: GET without a form. */
    private String atStripe(String path, @Nullable String form) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(simulator().baseUrl() + path))
                .header("Authorization", "Bearer " + simulator().apiKey())
                .header("Content-Type", "application/x-www-form-urlencoded");
        HttpResponse<String> answer = client.send(
                (form == null ? request : request.POST(HttpRequest.BodyPublishers.ofString(form))).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String idOf(String document) {
        Matcher id = Pattern.compile("\"id\" *: *\"([^\"]+)\"").matcher(document);
        assertThat(id.find()).as(document).isTrue();
        return id.group(1);
    }

    private int send(String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String secret =
                application().getBean(StripeConnection.class).webhookSecrets().get(0);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/billhook/webhook"))
                .header("Stripe-Signature", Signed.header(secret, bytes, Instant.now()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Registers the account; opening a payment page makes its customer. */
    private String customerOf(AccountRef account) {
        billing().accounts().register(account, AccountProfile.ofEmail("ada@example.com"));
        billing().checkout().start(CheckoutRequest.of(account, PlanKey.of("pro-monthly"), SHOP, SHOP));
        assertThat(simulator().awaitDeliveries(Duration.ofSeconds(20))).isTrue();
        return mirrored(account).id();
    }

    private Customer mirrored(AccountRef account) {
        return Objects.requireNonNull(billing().accounts().get(account).customer());
    }

    private List<InboxEvent> waiting() {
        return billing().inbox().list(InboxQuery.of(InboxStatus.PENDING, InboxStatus.DEAD));
    }

    private long changesOfCard(AccountRef account) {
        return application().getBean(Host.class).heard.stream()
                .filter(event -> event.account().equals(account))
                .filter(BillingEvent.PaymentMethodChanged.class::isInstance)
                .count();
    }

    private Billing billing() {
        return application().getBean(Billing.class);
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

        @Bean
        BillingListener recorder() {
            return BillingListener.named("recorder", ListenerPhase.AFTER_COMMIT, heard::add);
        }
    }
}
