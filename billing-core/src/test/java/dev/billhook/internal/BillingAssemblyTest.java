package dev.billhook.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.BillingException;
import dev.billhook.NotFoundException;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.sync.CatalogChange;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.FakeProvider;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.testing.TestClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D13 D6 Putting a billing together")
class BillingAssemblyTest {
    private final TestClock clock = new TestClock(SubscriptionStates.START);

    @Test
    @DisplayName("a jakarta.inject container builds it from catalog, provider and stores")
    void injected() {
        FakeProvider provider = new FakeProvider(ProviderScope.test(), clock);
        BillingBuilder builder = Guice.createInjector(new AbstractModule() {
                    @Override
                    protected void configure() {
                        bind(Catalog.class).toInstance(BillingFixture.catalog());
                        bind(PaymentProvider.class).toInstance(provider);
                        bind(BillingStores.class).toInstance(InMemoryStores.create(ProviderScope.test()));
                    }
                })
                .getInstance(BillingBuilder.class);

        try (Billing billing = builder.build()) {
            assertThat(billing.catalog().plans()).hasSize(5);
        }
    }

    @Test
    @DisplayName("D13 provider and stores of different scopes are refused")
    void scopes() {
        BillingBuilder builder = Billing.builder(
                BillingFixture.catalog(),
                new FakeProvider(ProviderScope.live(), clock),
                InMemoryStores.create(ProviderScope.test()));

        assertThatThrownBy(builder::build)
                .isInstanceOf(BillingException.class)
                .hasMessageContaining("give both the same");
    }

    @Test
    @DisplayName("D13 two billings in one JVM and one database do not see each other")
    void twoBillings() {
        InMemoryStores eu = InMemoryStores.create(new ProviderScope("eu", false));
        InMemoryStores us = eu.ofScope(new ProviderScope("us", false));
        try (Billing europe = Billing.builder(BillingFixture.catalog(), new FakeProvider(eu.scope(), clock), eu)
                        .build();
                Billing america = Billing.builder(BillingFixture.catalog(), new FakeProvider(us.scope(), clock), us)
                        .build()) {
            europe.accounts().register(BillingFixture.ACCOUNT, AccountProfile.empty());

            assertThat(america.accounts().find(BillingFixture.ACCOUNT)).isEmpty();
            assertThat(europe.accounts().find(BillingFixture.ACCOUNT)).isPresent();
        }
    }

    @Test
    @DisplayName("listeners of the same name are refused, because what they missed is kept by name")
    void names() {
        assertThatThrownBy(() -> new BillingFixture(builder ->
                        builder.listener(BillingListener.named("mailer", ListenerPhase.AFTER_COMMIT, event -> {}))))
                .isInstanceOf(BillingException.class)
                .hasMessageContaining("'mailer'");
    }

    @Test
    @DisplayName("the background thread delivers what an event left in the outbox at once")
    void background() throws InterruptedException {
        CountDownLatch delivered = new CountDownLatch(1);
        try (BillingFixture fixture = new BillingFixture(
                builder -> builder.backgroundInterval(Duration.ofHours(1)).listener(new BillingListener() {
                    @Override
                    public void on(BillingEvent event) {
                        delivered.countDown();
                    }
                }))) {
            fixture.deliver(SubscriptionStates.active("sub_1", "pro-monthly", 1), SubscriptionStates.START);

            assertThat(delivered.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    @DisplayName("register tells only what changed and never forgets the customer")
    void register() {
        try (BillingFixture fixture = new BillingFixture()) {
            AccountRef account = BillingFixture.ACCOUNT;
            fixture.deliver(SubscriptionStates.active("sub_1", "pro-monthly", 1), SubscriptionStates.START);
            long version = fixture.billing.accounts().get(account).version();

            fixture.billing.accounts().register(account, AccountProfile.ofEmail("ada@example.com"));
            assertThat(fixture.billing.accounts().get(account).version()).isEqualTo(version);

            fixture.billing.accounts().register(account, AccountProfile.ofEmail("ada@example.org"));
            assertThat(fixture.billing.accounts().get(account).profile().email())
                    .isEqualTo("ada@example.org");
            assertThat(fixture.billing.accounts().get(account).customerId()).contains("cus_1");
            assertThatThrownBy(() -> fixture.billing.accounts().get(AccountRef.of("user", "0")))
                    .isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    @DisplayName("D6 publishing makes what is missing, and a second run has nothing to do")
    void publish() {
        try (BillingFixture fixture = new BillingFixture()) {
            assertThat(fixture.billing.catalogPublisher().plan().changes())
                    .hasSize(8)
                    .first()
                    .isInstanceOf(CatalogChange.CreateProduct.class);
            assertThat(fixture.provider.calls()).isEmpty();

            fixture.billing.catalogPublisher().apply();

            assertThat(fixture.provider.calls())
                    .containsExactly(
                            "create product support",
                            "create product pro",
                            "create product team",
                            "create price support-monthly",
                            "create price pro-monthly",
                            "create price team-monthly",
                            "create price team-yearly",
                            "create price lifetime");
            assertThat(fixture.billing.catalogPublisher().plan().empty()).isTrue();
        }
    }
}
