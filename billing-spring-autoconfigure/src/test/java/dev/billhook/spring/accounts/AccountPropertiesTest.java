package dev.billhook.spring.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.Billing;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.spring.BillhookAutoConfiguration;
import dev.billhook.spring.SetupException;
import dev.billhook.spring.stripe.BillhookStripeAutoConfiguration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Tag("spring-boot-4")
@DisplayName("D13 Spring: further accounts by properties")
class AccountPropertiesTest {
    private static final AccountRef ADA = AccountRef.of("user", "ada");

    private final ApplicationContextRunner main = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    BillhookAutoConfiguration.class,
                    BillhookStripeAutoConfiguration.class,
                    BillhookAccountsAutoConfiguration.class))
            .withUserConfiguration(OneDatabase.class)
            .withPropertyValues(
                    "billhook.background.enabled=false",
                    "billhook.stripe.api-key=sk_test_main",
                    "billhook.stripe.webhook-secrets=whsec_main");

    private final ApplicationContextRunner two = main.withPropertyValues(
            "billhook.accounts.us.api-key=sk_test_us", "billhook.accounts.us.webhook-secrets=whsec_us");

    @Test
    @DisplayName("D13 each is injected by its name, the main one without, and their rows are apart")
    void injected() {
        two.withUserConfiguration(Desk.class).run(context -> {
            assertThat(context).hasNotFailed();
            Desk desk = context.getBean(Desk.class);
            desk.america.accounts().register(ADA, AccountProfile.empty());

            assertThat(desk.main).isSameAs(context.getBean("billing")).isNotSameAs(desk.america);
            assertThat(desk.america.accounts().find(ADA)).isPresent();
            assertThat(desk.main.accounts().find(ADA)).isEmpty();
            assertThat(desk.america.catalog()).isSameAs(desk.main.catalog());
        });
    }

    @Test
    @DisplayName("D13 without any, nothing is there but the main one")
    void none() {
        main.run(context -> assertThat(context).hasNotFailed().hasSingleBean(Billing.class));
    }

    @Test
    @DisplayName("D13 an account can have a catalog and an access policy of its own")
    void ownCatalog() {
        two.withPropertyValues("billhook.accounts.us.catalog=classpath:with-access.yaml")
                .run(context -> {
                    assertThat(context.getBean("us", Billing.class).catalog().plans())
                            .hasSize(1);
                    assertThat(context.getBean("billing", Billing.class)
                                    .catalog()
                                    .findPlan(PlanKey.of("starter-monthly")))
                            .isPresent();
                });
        refused(
                "billhook.accounts.us.catalog=classpath:nowhere.yaml",
                "There is no catalog at 'classpath:nowhere.yaml'",
                "billhook.accounts.us.catalog");
    }

    @Test
    @DisplayName("D13 D5 one can be switched off alone, and all of them together; neither asks for a key")
    void off() {
        main.withPropertyValues("billhook.accounts.us.enabled=false").run(context -> {
            assertThat(context.getBean("us", Billing.class).switchedOff()).isTrue();
            assertThat(context.getBean("billing", Billing.class).switchedOff()).isFalse();
        });
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        BillhookAutoConfiguration.class,
                        BillhookStripeAutoConfiguration.class,
                        BillhookAccountsAutoConfiguration.class))
                .withPropertyValues("billhook.enabled=false", "billhook.accounts.us.livemode=true")
                .run(context -> assertThat(context.getBean("us", Billing.class).switchedOff())
                        .isTrue());
    }

    @Test
    @DisplayName("D13 what is missing is named, with its remedy")
    void missing() {
        refused("billhook.accounts.us.api-key=", "billhook.accounts.us.api-key is not set", "enabled=false");
        refused(
                "billhook.accounts.us.webhook-secrets=",
                "billhook.accounts.us.webhook-secrets is not set",
                "billhook.webhook.enabled=false");
        two.withPropertyValues("billhook.accounts.us.webhook-secrets=", "billhook.webhook.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    @DisplayName("D13 what two accounts cannot share is refused, and neither keys nor secrets are told")
    void shared() {
        refused(
                "billhook.accounts.us.api-key=sk_test_main",
                "billhook.stripe.api-key and billhook.accounts.us.api-key are the same",
                "copied");
        refused(
                "billhook.accounts.us.webhook-secrets=whsec_us,whsec_main",
                "billhook.stripe.webhook-secrets and billhook.accounts.us.webhook-secrets are the same",
                "copied");
        refused("billhook.account=us", "has the name of the main account", "billhook.account");
        two.withPropertyValues(
                        "billhook.accounts.jp.api-key=sk_test_us", "billhook.accounts.jp.webhook-secrets=whsec_jp")
                .run(context -> failure(context).hasMessageContaining("are the same"));
    }

    @Test
    @DisplayName("D13 D8 a live key in test mode is refused, and a mode of an account's own is its own")
    void mode() {
        refused(
                "billhook.accounts.us.api-key=sk_live_us",
                "Billhook cannot speak to Stripe as configured",
                "billhook.accounts.us.livemode");
        two.withPropertyValues("billhook.accounts.us.api-key=sk_live_us", "billhook.accounts.us.livemode=true")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    @DisplayName("D13 a misspelt key is refused by name")
    void unknown() {
        two.withPropertyValues("billhook.accounts.us.webhook-secret=whsec_us")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(UnboundConfigurationPropertiesException.class)
                        .hasMessageContaining("billhook.accounts.us.webhook-secret"));
    }

    @Test
    @DisplayName("D13 a name that another bean has, or that is none, is refused")
    void names() {
        two.withBean("us", String.class, () -> "the host's own")
                .run(context -> failure(context).hasMessageContaining("bean named 'us'"));
        main.withPropertyValues(
                        "billhook.accounts[u s].api-key=sk_test_us", "billhook.accounts[u s].webhook-secrets=whsec_us")
                .run(context -> failure(context).hasMessageContaining("cannot be an account's name"));
    }

    @Test
    @DisplayName("without billing-jdbc the host is told what is missing")
    void noStores() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        BillhookAutoConfiguration.class,
                        BillhookStripeAutoConfiguration.class,
                        BillhookAccountsAutoConfiguration.class))
                .withBean(BillingStores.class, () -> InMemoryStores.create(ProviderScope.test()))
                .withClassLoader(new FilteredClassLoader("dev.billhook.jdbc"))
                .withPropertyValues(
                        "billhook.background.enabled=false",
                        "billhook.stripe.api-key=sk_test_main",
                        "billhook.stripe.webhook-secrets=whsec_main",
                        "billhook.accounts.us.api-key=sk_test_us",
                        "billhook.accounts.us.webhook-secrets=whsec_us")
                .run(context -> failure(context)
                        .hasMessageContaining("no single AccountStores")
                        .hasMessageContaining("billing-jdbc"));
    }

    private void refused(String property, String description, String action) {
        two.withPropertyValues(property)
                .run(context -> failure(context)
                        .hasMessageContaining(description)
                        .hasMessageContaining(action)
                        .message()
                        .doesNotContain("sk_", "whsec_main", "whsec_us"));
    }

    private static AbstractThrowableAssert<?, ?> failure(AssertableApplicationContext context) {
        Throwable cause = context.getStartupFailure();
        while (cause != null && !(cause instanceof SetupException)) {
            cause = cause.getCause();
        }
        return assertThat(cause).isNotNull();
    }

    /** Stores that know other accounts' rows, as a database does. */
    @Configuration(proxyBeanMethods = false)
    static class OneDatabase {
        @Bean
        InMemoryStores stores(ProviderScope scope) {
            return InMemoryStores.create(scope);
        }

        @Bean
        AccountStores accountStores(InMemoryStores stores) {
            return stores::ofScope;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Desk {
        private final Billing main;
        private final Billing america;

        Desk(Billing main, @Qualifier("us") Billing america) {
            this.main = main;
            this.america = america;
        }
    }
}
