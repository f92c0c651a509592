package dev.billhook.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.billhook.Billing;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.entitlement.AccessState;
import dev.billhook.jdbc.JdbcStores;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spring.actuate.BillhookActuatorAutoConfiguration;
import dev.billhook.spring.jdbc.BillhookJdbcAutoConfiguration;
import dev.billhook.spring.webhook.BillhookWebhookAutoConfiguration;
import dev.billhook.spring.webhook.BillhookWebhookProperties;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.FakeProvider;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.testing.TestClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayName("D13 Spring: several Stripe accounts in one application")
class SeveralAccountsTest {
    private static final AccountRef ACCOUNT = BillingFixture.ACCOUNT;

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    BillhookAutoConfiguration.class,
                    BillhookJdbcAutoConfiguration.class,
                    BillhookWebhookAutoConfiguration.class,
                    BillhookActuatorAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    WebMvcAutoConfiguration.class))
            .withUserConfiguration(FakeProviderConfiguration.class, America.class)
            .withPropertyValues(
                    "spring.datasource.generate-unique-name=true",
                    "billhook.account=eu",
                    "billhook.background.enabled=false");

    @Test
    @DisplayName("D13 the account of the properties is injected as ever, the host's further one by its qualifier")
    void injected() {
        runner.withUserConfiguration(Desk.class).run(context -> {
            assertThat(context).hasNotFailed();
            Desk desk = context.getBean(Desk.class);
            desk.europe.accounts().register(ACCOUNT, AccountProfile.empty());

            assertThat(desk.europe).isNotSameAs(desk.america);
            assertThat(desk.europe.accounts().find(ACCOUNT)).isPresent();
            assertThat(desk.america.accounts().find(ACCOUNT)).isEmpty();
        });
    }

    @Test
    @DisplayName("D13 both take part in the host's transactions")
    void transactions() {
        runner.run(context -> {
            Billing america = context.getBean("us", Billing.class);
            TransactionTemplate host = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));

            assertThatThrownBy(() -> host.executeWithoutResult(status -> {
                        america.accounts().register(ACCOUNT, AccountProfile.empty());
                        throw new IllegalStateException("the host changed its mind");
                    }))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(america.accounts().find(ACCOUNT)).isEmpty();
        });
    }

    @Test
    @DisplayName("D13 D7 each has a webhook endpoint of its own, and takes its own account's secret only")
    void endpoints() {
        runner.run(context -> {
            Billing europe = context.getBean(Billing.class);
            Billing america = context.getBean("us", Billing.class);
            BillhookWebhookProperties webhook = context.getBean(BillhookWebhookProperties.class);
            assertThat(webhook.pathOf("us")).isEqualTo("/billhook/webhook/us");

            refused(context, webhook.path(), "No signature matches\n");
            refused(context, webhook.pathOf("us"), "The Stripe-Signature header is missing\n");

            europe.accounts().register(ACCOUNT, AccountProfile.empty());
            FakeProvider provider = context.getBean(FakeProvider.class);
            europe.webhooks()
                    .dispatch(provider.event(
                            "evt_1",
                            "customer.subscription.updated",
                            SubscriptionStates.START,
                            new EventContent.State(SubscriptionStates.snapshot(
                                    SubscriptionStates.active("sub_1", "pro-monthly", 1), "cus_1", ACCOUNT))));
            assertThat(europe.entitlements().resolve(ACCOUNT).state()).isEqualTo(AccessState.ACTIVE);
            assertThat(america.entitlements().resolve(ACCOUNT).state()).isEqualTo(AccessState.NONE);
        });
    }

    private static void refused(AssertableWebApplicationContext context, String path, String why) throws Exception {
        MockMvc mvc = MockMvcBuilders.webAppContextSetup(context).build();
        mvc.perform(post(path).content("{}"))
                .andExpect(status().isBadRequest())
                .andExpect(content().string(why));
    }

    /** As docs/spring.md shows it, but that the key is made up. */
    @Configuration(proxyBeanMethods = false)
    static class America {
        @Qualifier("us") @Bean(name = "us", defaultCandidate = false)
        Billing america(Catalog catalog, JdbcStores stores, TestClock clock) {
            ProviderScope scope = new ProviderScope("us", false);
            StripePaymentProvider stripe = StripePaymentProvider.of(StripeConfig.builder()
                    .apiKey("sk_test_america")
                    .webhookSecrets("whsec_america")
                    .scope(scope)
                    .build());
            return Billing.builder(catalog, stripe, stores.ofScope(scope))
                    .clock(clock)
                    .withoutBackgroundWork()
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Desk {
        private final Billing europe;
        private final Billing america;

        Desk(Billing europe, @Qualifier("us") Billing america) {
            this.europe = europe;
            this.america = america;
        }
    }
}
