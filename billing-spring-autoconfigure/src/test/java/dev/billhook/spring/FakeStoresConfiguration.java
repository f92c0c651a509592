package dev.billhook.spring;

import dev.billhook.ProviderScope;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Stores in memory in the database's place. */
@Configuration(proxyBeanMethods = false)
public class FakeStoresConfiguration {
    @Bean
    BillingStores stores(ObjectProvider<ProviderScope> scope) {
        return InMemoryStores.create(scope.getIfAvailable(ProviderScope::test));
    }
}
