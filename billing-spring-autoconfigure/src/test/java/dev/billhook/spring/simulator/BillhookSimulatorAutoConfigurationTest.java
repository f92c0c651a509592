package dev.billhook.spring.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

import dev.billhook.Billing;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spring.BillhookAutoConfiguration;
import dev.billhook.spring.FakeStoresConfiguration;
import dev.billhook.spring.SetupException;
import dev.billhook.spring.stripe.BillhookStripeAutoConfiguration;
import dev.billhook.spring.stripe.StripeConnection;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.testing.FakeProvider;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.testing.TestClock;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@Tag("spring-boot-4")
@DisplayName("Spring: the simulator in Stripe's place")
class BillhookSimulatorAutoConfigurationTest {
    private static final String TEST_KEY = "billhook.stripe.api-key=sk_test_4eC39HqLyjWDarjtT1zdp7dc";
    private static final String SECRET = "billhook.stripe.webhook-secrets=whsec_one";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    BillhookAutoConfiguration.class,
                    BillhookStripeAutoConfiguration.class,
                    BillhookSimulatorAutoConfiguration.class))
            .withUserConfiguration(FakeStoresConfiguration.class);

    @ParameterizedTest
    @ValueSource(strings = {"dev", "development", "local", "cloud,dev"})
    @DisplayName("D10 starts in a development profile as long as there is no key, with the catalog already on sale")
    void inDevelopment(String profiles) {
        runner.withPropertyValues("spring.profiles.active=" + profiles).run(context -> {
            assertThat(context).hasSingleBean(StripeSimulator.class).hasSingleBean(StripePaymentProvider.class);
            assertThat(context.getBean(StripeConnection.class).apiBase())
                    .hasToString(context.getBean(StripeSimulator.class).baseUrl());
            assertThat(context.getBean(Billing.class).catalogPublisher().plan().empty())
                    .isTrue();
        });
    }

    @Test
    @DisplayName("D10 its time is the billing's time and the host's InstantSource")
    void time() {
        runner.withPropertyValues("billhook.simulator.enabled=true").run(context -> {
            StripeSimulator simulator = context.getBean(StripeSimulator.class);
            simulator.advance(Period.ofYears(2));

            assertThat(context.getBean(InstantSource.class).instant()).isAfter(inTwoYears());
            assertThat(registeredAt(context.getBean(Billing.class))).isAfter(inTwoYears());
        });
    }

    @Test
    @DisplayName("D10 a host's own clock is left to the host; the billing still goes by the simulator's")
    void hostsClock() {
        runner.withPropertyValues("billhook.simulator.enabled=true")
                .withBean(Clock.class, () -> Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                .run(context -> {
                    context.getBean(StripeSimulator.class).advance(Period.ofYears(2));

                    assertThat(context).hasSingleBean(InstantSource.class);
                    assertThat(registeredAt(context.getBean(Billing.class))).isAfter(inTwoYears());
                });
    }

    @Test
    @DisplayName("D8 no profile but those of development brings it; a key or a plain no keeps it away")
    void notInProduction() {
        runner.withPropertyValues("spring.profiles.active=prod")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupException.class)
                        .hasMessageContaining("billhook.stripe.api-key"));
        runner.withPropertyValues("spring.profiles.active=dev", "billhook.simulator.enabled=false")
                .run(context -> assertThat(context).getFailure().rootCause().isInstanceOf(SetupException.class));
        runner.withPropertyValues("spring.profiles.active=dev", TEST_KEY, SECRET)
                .run(context -> assertThat(context)
                        .doesNotHaveBean(StripeSimulator.class)
                        .hasSingleBean(StripePaymentProvider.class));
    }

    @Test
    @DisplayName("D10 starts in spite of a key when told so, and the key goes nowhere")
    void told() {
        runner.withPropertyValues("billhook.simulator.enabled=true", TEST_KEY, SECRET)
                .run(context -> assertThat(
                                context.getBean(StripeConnection.class).apiKey())
                        .isEqualTo(context.getBean(StripeSimulator.class).apiKey()));
    }

    @Test
    @DisplayName("D8 never takes the place of live Stripe")
    void livemode() {
        runner.withPropertyValues("billhook.simulator.enabled=true", "billhook.livemode=true")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupException.class)
                        .hasMessageContaining("billhook.livemode"));
    }

    @Test
    @DisplayName("D5 does not start when billing is switched off")
    void switchedOff() {
        runner.withPropertyValues("billhook.enabled=false", "spring.profiles.active=dev")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(StripeSimulator.class));
    }

    @Test
    @DisplayName(
            "without billing-simulator on the class path a host that asks for it is told, and gets no other Stripe")
    void classMissing() {
        ApplicationContextRunner without = runner.withClassLoader(new FilteredClassLoader(StripeSimulator.class));

        without.withPropertyValues("billhook.simulator.enabled=true", TEST_KEY, SECRET)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupException.class)
                        .hasMessageContaining("billing-simulator"));
        without.withPropertyValues("spring.profiles.active=dev")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupException.class)
                        .hasMessageContaining("billing-simulator"));
    }

    @Test
    @DisplayName("the host's own simulator, provider, connection or billing takes precedence")
    void usersOwn() {
        ApplicationContextRunner dev = runner.withPropertyValues("spring.profiles.active=dev");
        dev.withBean(StripeSimulator.class, StripeSimulator::start)
                .run(context -> assertThat(
                                context.getBean(StripeConnection.class).apiBase())
                        .hasToString(context.getBean(StripeSimulator.class).baseUrl()));
        dev.withBean(
                        PaymentProvider.class,
                        () -> new FakeProvider(ProviderScope.test(), new TestClock(SubscriptionStates.START)))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(StripeSimulator.class));
        dev.withBean(Billing.class, () -> mock(Billing.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(StripeSimulator.class));
    }

    @Test
    @DisplayName("nothing listens at its port any more when the context is closed")
    void closed() {
        runner.withPropertyValues("billhook.simulator.enabled=true").run(context -> {
            int port =
                    URI.create(context.getBean(StripeSimulator.class).baseUrl()).getPort();
            new Socket(InetAddress.getLoopbackAddress(), port).close();

            context.close();

            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
        });
    }

    private static Instant registeredAt(Billing billing) {
        return billing.accounts()
                .register(AccountRef.of("user", "1"), AccountProfile.empty())
                .createdAt();
    }

    private static Instant inTwoYears() {
        return Instant.now().plus(Duration.ofDays(2 * 365 - 1));
    }
}
