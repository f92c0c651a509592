package dev.billhook.spring.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.Billing;
import dev.billhook.account.AccountRef;
import dev.billhook.spring.BillhookAutoConfiguration;
import dev.billhook.spring.FakeProviderConfiguration;
import dev.billhook.spring.FakeStoresConfiguration;
import dev.billhook.support.SupportLookup;
import dev.billhook.support.SupportRequest;
import dev.billhook.support.SupportRow;
import dev.billhook.support.SupportRows;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

@DisplayName("Spring: the help desk's endpoint")
class SupportEndpointTest {
    private static final String TOKEN = "billhook.support.tokens=a-token-of-the-help-desk";

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(BillhookAutoConfiguration.class, BillhookSupportAutoConfiguration.class))
            .withUserConfiguration(FakeStoresConfiguration.class, FakeProviderConfiguration.class);

    private static SimpleUrlHandlerMapping mapping(ApplicationContext context) {
        return context.getBean("billhookSupportMapping", SimpleUrlHandlerMapping.class);
    }

    private static MockHttpServletRequest post(byte[] body, @Nullable String authorization) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/billhook/support");
        request.setContent(body);
        if (authorization != null) {
            request.addHeader("Authorization", authorization);
        }
        return request;
    }

    private static MockHttpServletResponse answer(ApplicationContext context, MockHttpServletRequest request) {
        try {
            HandlerExecutionChain chain = mapping(context).getHandler(request);
            assertThat(chain).isNotNull();
            MockHttpServletResponse response = new MockHttpServletResponse();
            ((SupportEndpoint) chain.getHandler()).handleRequest(request, response);
            return response;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("A6 without a secret and a token there is no endpoint")
    void off() {
        runner.run(context -> assertThat(mapping(context).getUrlMap()).isEmpty());
        runner.withPropertyValues("billhook.support.secrets=", "billhook.support.tokens= ")
                .run(context -> assertThat(mapping(context).getUrlMap()).isEmpty());
        runner.withPropertyValues("billhook.support.secrets=a-secret-of-the-help-desk", "billhook.support.path=/desk")
                .run(context -> assertThat(mapping(context).getUrlMap()).containsOnlyKeys("/desk"));
    }

    @Test
    @DisplayName("A6 only what bears the token is looked at; nobody keeps the answer")
    void token() throws IOException {
        runner.withPropertyValues(TOKEN).run(context -> {
            MockHttpServletResponse refused = answer(context, post(new byte[0], "Bearer something-else-of-16"));
            assertThat(refused.getStatus()).isEqualTo(401);
            assertThat(answer(context, post(new byte[0], null)).getStatus()).isEqualTo(401);
            assertThat(answer(context, post(new byte[0], "Basic a-token-of-the-help-desk"))
                            .getStatus())
                    .isEqualTo(401);

            MockHttpServletResponse malformed = answer(context, post(new byte[0], "bearer a-token-of-the-help-desk"));
            assertThat(malformed.getStatus()).isEqualTo(400);
            assertThat(malformed.getContentType()).startsWith("application/json");
            assertThat(malformed.getHeader("Cache-Control")).isEqualTo("no-store");
        });
    }

    @Test
    @DisplayName("A1 other methods and bodies over 1 MiB are refused before anything is read of them")
    void refused() {
        runner.withPropertyValues(TOKEN).run(context -> {
            MockHttpServletResponse get = answer(context, new MockHttpServletRequest("GET", "/billhook/support"));
            assertThat(get.getStatus()).isEqualTo(405);
            assertThat(get.getHeader("Allow")).isEqualTo("POST");
            assertThat(answer(
                                    context,
                                    post(
                                            new byte[SupportRequest.MAX_BODY_BYTES + 1],
                                            "Bearer a-token-of-the-help-desk"))
                            .getStatus())
                    .isEqualTo(413);
        });
    }

    @Test
    @DisplayName("A2 A5 the host's lookup and rows are beans")
    void beans() {
        runner.withPropertyValues(TOKEN)
                .withBean(SupportLookup.class, () -> email -> Set.of(AccountRef.of("user", email)))
                .withBean(SupportRows.class, () -> (email, accounts) -> List.of(new SupportRow("Members", "3")))
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(Billing.class);
                    byte[] body = "{\"customer\":{\"email\":\"ada@example.com\"}}".getBytes(UTF_8);
                    MockHttpServletResponse response = answer(context, post(body, "Bearer a-token-of-the-help-desk"));
                    assertThat(response.getStatus()).isEqualTo(200);
                });
    }
}
