package dev.billhook.spring.support;

import dev.billhook.Billing;
import dev.billhook.spring.BillhookAutoConfiguration;
import dev.billhook.spring.BillhookSupportProperties;
import dev.billhook.spring.accounts.BillhookAccountsAutoConfiguration;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * The help desk's endpoint in a Spring MVC application, if a secret or a token is set.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = {BillhookAutoConfiguration.class, BillhookAccountsAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBean(Billing.class)
@EnableConfigurationProperties(BillhookSupportProperties.class)
public final class BillhookSupportAutoConfiguration {
    /** Before the host's controllers (0), so that one that takes every path leaves this one alone. */
    private static final int BEFORE_CONTROLLERS = -1;

    BillhookSupportAutoConfiguration() {}

    /** Answers for the billing that is injected without a qualifier. */
    @Bean
    @ConditionalOnMissingBean(name = "billhookSupportMapping")
    SimpleUrlHandlerMapping billhookSupportMapping(ObjectProvider<Billing> main, BillhookSupportProperties properties) {
        Billing billing = main.getIfUnique();
        return new SimpleUrlHandlerMapping(
                billing == null || !properties.enabled()
                        ? Map.of()
                        : Map.of(properties.path(), new SupportEndpoint(billing.support())),
                BEFORE_CONTROLLERS);
    }
}
