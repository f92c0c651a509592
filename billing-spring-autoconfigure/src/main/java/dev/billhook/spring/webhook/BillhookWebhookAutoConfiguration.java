package dev.billhook.spring.webhook;

import dev.billhook.Billing;
import dev.billhook.spring.BillhookAutoConfiguration;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
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
@AutoConfiguration(after = BillhookAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnProperty(prefix = "billhook.webhook", name = "enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(Billing.class)
@EnableConfigurationProperties(BillhookWebhookProperties.class)
public final class BillhookWebhookAutoConfiguration {
    /** Before the host's controllers (0), so that one that takes every path leaves this one alone. */
    private static final int BEFORE_CONTROLLERS = -1;

    BillhookWebhookAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "billhookWebhookMapping")
    SimpleUrlHandlerMapping billhookWebhookMapping(Billing billing, BillhookWebhookProperties properties) {
        return new SimpleUrlHandlerMapping(
                Map.of(properties.path(), new WebhookEndpoint(billing.webhooks())), BEFORE_CONTROLLERS);
    }
}
