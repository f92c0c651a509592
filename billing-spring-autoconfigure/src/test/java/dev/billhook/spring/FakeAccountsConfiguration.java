package dev.billhook.spring;

import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.spring.accounts.AccountProviders;
import dev.billhook.spring.accounts.AccountStores;
import dev.billhook.testing.FakeProvider;
import dev.billhook.testing.TestClock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Further accounts at the provider in memory. */
@Configuration(proxyBeanMethods = false)
public class FakeAccountsConfiguration {
    @Bean
    AccountProviders accountProviders(TestClock clock) {
        return (scope, account) -> new FakeProvider(scope, clock);
    }

    @Bean
    AccountStores accountStores(BillingStores stores) {
        return ((InMemoryStores) stores)::ofScope;
    }
}
