package dev.billhook.spring;

import dev.billhook.ProviderScope;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.testing.FakeProvider;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.testing.TestClock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A provider in memory in Stripe's place, and a clock that stands. */
@Configuration(proxyBeanMethods = false)
public class FakeProviderConfiguration {
    @Bean
    TestClock clock() {
        return new TestClock(SubscriptionStates.START);
    }

    @Bean
    PaymentProvider provider(ObjectProvider<ProviderScope> scope, TestClock clock) {
        return new FakeProvider(scope.getIfAvailable(ProviderScope::test), clock);
    }
}
