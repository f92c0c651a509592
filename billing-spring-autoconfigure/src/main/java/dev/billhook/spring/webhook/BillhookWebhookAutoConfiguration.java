package dev.billhook.spring.webhook;

import dev.billhook.Billing;
import dev.billhook.spring.BillhookAutoConfiguration;
import dev.billhook.spring.accounts.BillhookAccountsAutoConfiguration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * The webhook endpoint in a Spring MVC application.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = {BillhookAutoConfiguration.class, BillhookAccountsAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnProperty(prefix = "billhook.webhook", name = "enabled", matchIfMissing = true)
@ConditionalOnBean(Billing.class)
@EnableConfigurationProperties(BillhookWebhookProperties.class)
public final class BillhookWebhookAutoConfiguration {
    /** Before the host's controllers (0), so that one that takes every path leaves this one alone. */
    private static final int BEFORE_CONTROLLERS = -1;

    BillhookWebhookAutoConfiguration() {}

    /** The billing that is injected without a qualifier has the path itself, every other one a path below it by its bean's name. */
    @Bean
    @ConditionalOnMissingBean(name = "billhookWebhookMapping")
    SimpleUrlHandlerMapping billhookWebhookMapping(
            ListableBeanFactory beans, ObjectProvider<Billing> main, BillhookWebhookProperties properties) {
        Billing first = main.getIfUnique();
        Map<String, WebhookEndpoint> endpoints = new HashMap<>();
        beans.getBeansOfType(Billing.class)
                .forEach((name, billing) -> endpoints.put(
                        billing == first ? properties.path() : properties.pathOf(name),
                        new WebhookEndpoint(billing.webhooks())));
        return new SimpleUrlHandlerMapping(endpoints, BEFORE_CONTROLLERS);
    }
}
