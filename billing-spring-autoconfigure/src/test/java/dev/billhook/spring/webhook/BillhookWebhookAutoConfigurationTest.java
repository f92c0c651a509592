package dev.billhook.spring.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.billhook.Billing;
import dev.billhook.spring.BillhookAutoConfiguration;
import dev.billhook.spring.FakeProviderConfiguration;
import dev.billhook.spring.FakeStoresConfiguration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

@DisplayName("Spring: the webhook endpoint in an MVC application")
class BillhookWebhookAutoConfigurationTest {
    private static final String ENDPOINT = "billhookWebhookMapping";

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    BillhookAutoConfiguration.class,
                    BillhookWebhookAutoConfiguration.class,
                    WebMvcAutoConfiguration.class))
            .withUserConfiguration(FakeProviderConfiguration.class, FakeStoresConfiguration.class);

    @Test
    @DisplayName("takes POST /billhook/webhook, even from a host whose controller takes every path")
    void byDefault() {
        runner.withUserConfiguration(TakesEverything.class).run(context -> {
            refused(context, "/billhook/webhook");
            mvc(context)
                    .perform(post("/billhook/webhook/more"))
                    .andExpect(content().string("the host"));
        });
    }

    @Test
    @DisplayName("takes another path when told, and offers it as a bean")
    void otherPath() {
        runner.withPropertyValues("billhook.webhook.path=/hooks/stripe").run(context -> {
            refused(context, "/hooks/stripe");
            assertThat(context.getBean(BillhookWebhookProperties.class).path()).isEqualTo("/hooks/stripe");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"hooks", "/hooks/**", "/hooks/{id}", "/hooks?x"})
    @DisplayName("a path that is none fails the start")
    void noPath(String path) {
        runner.withPropertyValues("billhook.webhook.path=" + path)
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("billhook.webhook.path"));
    }

    @Test
    @DisplayName("is not there in an application that takes no webhooks")
    void withoutWebhooks() {
        runner.withPropertyValues("billhook.webhook.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ENDPOINT));
    }

    @Test
    @DisplayName(
            "D5 where billing is switched off it asks for another delivery: what is not stored is not acknowledged")
    void switchedOff() {
        runner.withPropertyValues("billhook.enabled=false")
                .run(context -> mvc(context)
                        .perform(post("/billhook/webhook").content("{}"))
                        .andExpect(status().isServiceUnavailable())
                        .andExpect(content().string("Billing is switched off; deliver the event again later\n")));
    }

    @Test
    @DisplayName("is not there outside servlet applications, without Spring MVC or without a billing")
    void classOrBeanMissing() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(BillhookAutoConfiguration.class, BillhookWebhookAutoConfiguration.class))
                .withUserConfiguration(FakeProviderConfiguration.class, FakeStoresConfiguration.class)
                .run(context -> assertThat(context).hasSingleBean(Billing.class).doesNotHaveBean(ENDPOINT));
        runner.withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
                .run(context -> assertThat(context).hasSingleBean(Billing.class).doesNotHaveBean(ENDPOINT));
        new WebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(BillhookWebhookAutoConfiguration.class, WebMvcAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ENDPOINT));
    }

    @Test
    @DisplayName("the host's own mapping of the same name takes precedence")
    void usersOwn() {
        SimpleUrlHandlerMapping own = new SimpleUrlHandlerMapping();
        runner.withBean(ENDPOINT, SimpleUrlHandlerMapping.class, () -> own)
                .run(context -> assertThat(context.getBean(ENDPOINT)).isSameAs(own));
    }

    private static void refused(WebApplicationContext context, String path) throws Exception {
        mvc(context)
                .perform(post(path).content("{}"))
                .andExpect(status().isBadRequest())
                .andExpect(content().string("No signature matches\n"));
    }

    private static MockMvc mvc(WebApplicationContext context) {
        return MockMvcBuilders.webAppContextSetup(context).build();
    }

    @RestController
    static class TakesEverything {
        @RequestMapping("/**")
        String any() {
            return "the host";
        }
    }
}
