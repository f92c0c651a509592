package dev.billhook.spring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.Billing;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spring.FakeProviderConfiguration;
import dev.billhook.subscription.Subscription;
import dev.billhook.testing.FakeProvider;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.webhook.InboxStatus;
import dev.billhook.webhook.WebhookOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Tag("spring-boot-4")
@DisplayName("Spring: one transaction for the host's rows and Billhook's")
class HostTransactionsTest {
    private static final AccountRef ADA = AccountRef.of("user", "1");

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(FakeProviderConfiguration.class, Host.class)
            .withPropertyValues("spring.datasource.generate-unique-name=true", "billhook.background.enabled=false");

    @Test
    @DisplayName("a host's transactional method and Billhook commit together and roll back together")
    void hostMethod() {
        runner.run(context -> {
            SignUp signUp = context.getBean(SignUp.class);
            Billing billing = context.getBean(Billing.class);

            assertThatThrownBy(() -> signUp.register(ADA, true)).hasMessage("the host changed its mind");
            assertThat(billing.accounts().find(ADA)).isEmpty();
            assertThat(signUp.rows()).isZero();

            signUp.register(ADA, false);
            assertThat(billing.accounts().find(ADA)).isPresent();
            assertThat(signUp.rows()).isEqualTo(1);
        });
    }

    @Test
    @DisplayName("B7 what a listener writes in the transaction commits with the mirror, once")
    void listenerCommits() {
        runner.run(context -> {
            Billing billing = context.getBean(Billing.class);
            billing.accounts().register(ADA, AccountProfile.empty());

            assertThat(deliver(context.getBean(PaymentProvider.class), billing))
                    .isInstanceOf(WebhookOutcome.Applied.class);
            assertThat(deliver(context.getBean(PaymentProvider.class), billing))
                    .isInstanceOf(WebhookOutcome.Duplicate.class);

            assertThat(context.getBean(SignUp.class).rows()).isEqualTo(1);
            assertThat(billing.subscriptions().find(ADA)).isPresent();
        });
    }

    @Test
    @DisplayName("B7 if the listener fails neither its row nor the mirror's change stays, and the event is kept")
    void listenerRollsBack() {
        runner.run(context -> {
            Billing billing = context.getBean(Billing.class);
            billing.accounts().register(ADA, AccountProfile.empty());
            context.getBean(Host.class).failing.set(true);

            assertThat(deliver(context.getBean(PaymentProvider.class), billing))
                    .isInstanceOf(WebhookOutcome.Deferred.class);

            assertThat(context.getBean(SignUp.class).rows()).isZero();
            assertThat(billing.subscriptions().find(ADA)).isEmpty();
            assertThat(context.getBean(BillingStores.class)
                            .inbox()
                            .find("evt_1")
                            .orElseThrow()
                            .status())
                    .isEqualTo(InboxStatus.PENDING);
        });
    }

    @Test
    @DisplayName(
            "an action after commit runs once the host's transaction committed, outside of it; never after a rollback")
    void afterCommit() {
        runner.run(context -> {
            SignUp signUp = context.getBean(SignUp.class);
            List<String> seen = new ArrayList<>();
            Runnable action = () -> {
                seen.add(TransactionSynchronizationManager.isActualTransactionActive() ? "inside" : "outside");
                context.getBean(Billing.class).accounts().register(ADA, AccountProfile.empty());
            };

            assertThatThrownBy(() -> signUp.doing(action, true)).isInstanceOf(IllegalStateException.class);
            assertThat(seen).isEmpty();

            signUp.doing(action, false);
            assertThat(seen).containsExactly("outside");
            assertThat(context.getBean(Billing.class).accounts().find(ADA)).isPresent();
        });
    }

    @Test
    @DisplayName("an action after commit that fails harms neither the commit nor the actions behind it")
    void failingAfterCommit() {
        runner.run(context -> {
            List<String> seen = new ArrayList<>();
            BillingStores stores = context.getBean(BillingStores.class);

            context.getBean(SignUp.class)
                    .doing(
                            () -> {
                                throw new IllegalStateException("mail server");
                            },
                            false);
            stores.transactor().run(() -> {
                stores.transactor().afterCommit(() -> {
                    throw new IllegalStateException("first");
                });
                stores.transactor().afterCommit(() -> seen.add("second"));
            });
            stores.transactor().afterCommit(() -> seen.add("at once"));

            assertThat(context.getBean(SignUp.class).rows()).isEqualTo(1);
            assertThat(seen).containsExactly("second", "at once");
        });
    }

    @Test
    @DisplayName("a pool whose connections do not commit by themselves loses nothing outside transactions")
    void noAutoCommit() {
        runner.withPropertyValues("spring.datasource.hikari.auto-commit=false").run(context -> {
            context.getBean(Billing.class).accounts().register(ADA, AccountProfile.ofEmail("ada@example.com"));

            assertThat(context.getBean(Billing.class).accounts().find(ADA)).isPresent();
            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForObject("select count(*) from billing_account", Integer.class))
                    .isEqualTo(1);
        });
    }

    private static WebhookOutcome deliver(PaymentProvider provider, Billing billing) {
        Subscription state = SubscriptionStates.active("sub_1", "pro-monthly", 1);
        return billing.webhooks()
                .dispatch(((FakeProvider) provider)
                        .event(
                                "evt_1",
                                "customer.subscription.created",
                                SubscriptionStates.START,
                                new EventContent.State(SubscriptionStates.snapshot(state, "cus_1", ADA))));
    }

    /** Writes a row of its own next to each of Billhook's. */
    static class SignUp {
        private final Billing billing;
        private final BillingStores stores;
        private final JdbcTemplate jdbc;

        SignUp(Billing billing, BillingStores stores, JdbcTemplate jdbc) {
            this.billing = billing;
            this.stores = stores;
            this.jdbc = jdbc;
        }

        @Transactional
        public void register(AccountRef account, boolean failing) {
            jdbc.update("insert into host_row (name) values (?)", account.toString());
            billing.accounts().register(account, AccountProfile.empty());
            fail(failing);
        }

        @Transactional
        public void doing(Runnable afterCommit, boolean failing) {
            jdbc.update("insert into host_row (name) values ('x')");
            stores.transactor().afterCommit(afterCommit);
            fail(failing);
        }

        private static void fail(boolean failing) {
            if (failing) {
                throw new IllegalStateException("the host changed its mind");
            }
        }

        public int rows() {
            Integer rows = jdbc.queryForObject("select count(*) from host_row", Integer.class);
            return rows == null ? 0 : rows;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Host {
        final AtomicBoolean failing = new AtomicBoolean();

        @Bean
        SignUp signUp(Billing billing, BillingStores stores, JdbcTemplate jdbc) {
            jdbc.execute("create table host_row (name varchar(250))");
            return new SignUp(billing, stores, jdbc);
        }

        @Bean
        BillingListener writer(JdbcTemplate jdbc) {
            return BillingListener.named("writer", ListenerPhase.IN_TRANSACTION, event -> {
                jdbc.update(
                        "insert into host_row (name) values (?)",
                        event.meta().account().toString());
                if (failing.get()) {
                    throw new IllegalStateException("the listener fails");
                }
            });
        }
    }
}
