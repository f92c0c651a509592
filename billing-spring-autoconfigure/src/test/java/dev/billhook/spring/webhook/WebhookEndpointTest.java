package dev.billhook.spring.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.billhook.StoreException;
import dev.billhook.webhook.Rejection;
import dev.billhook.webhook.WebhookDispatcher;
import dev.billhook.webhook.WebhookOutcome;
import dev.billhook.webhook.WebhookRequest;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@DisplayName("Spring: what the webhook endpoint answers")
@ExtendWith(OutputCaptureExtension.class)
class WebhookEndpointTest {
    private final WebhookDispatcher dispatcher = mock(WebhookDispatcher.class);
    private final WebhookEndpoint endpoint = new WebhookEndpoint(dispatcher);

    @Test
    @DisplayName("C6 the raw bytes and the header arrive untouched, whatever they are")
    void rawBytes() throws IOException {
        byte[] body = {'{', (byte) 0xFF, 0, '\r', '\n', '}'};
        MockHttpServletRequest request = post(body);
        request.addHeader("Stripe-Signature", "t=1,v1=ä");
        request.setCharacterEncoding("UTF-16");
        outcome(new WebhookOutcome.Applied("evt_1", "invoice.paid"));

        handle(request);

        ArgumentCaptor<WebhookRequest> given = ArgumentCaptor.forClass(WebhookRequest.class);
        verify(dispatcher).dispatch(given.capture());
        assertThat(given.getValue().body()).isEqualTo(body);
        assertThat(given.getValue().signature()).isEqualTo("t=1,v1=ä");
    }

    static Stream<WebhookOutcome> safe() {
        return Stream.of(
                new WebhookOutcome.Applied("evt_1", "invoice.paid"),
                new WebhookOutcome.Duplicate("evt_1"),
                new WebhookOutcome.Ignored("evt_1", "file.created"),
                new WebhookOutcome.Parked("evt_1", "invoice.paid"),
                new WebhookOutcome.Deferred("evt_1", "invoice.paid"));
    }

    @ParameterizedTest
    @MethodSource("safe")
    @DisplayName("C6 an event that is safe is answered with 200")
    void safe(WebhookOutcome outcome) throws IOException {
        outcome(outcome);

        MockHttpServletResponse response = handle(post(new byte[] {'{', '}'}));

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsString()).isEqualTo("ok\n");
    }

    @ParameterizedTest
    @EnumSource(Rejection.class)
    @DisplayName("C6 a refused request is answered with its status and one line of plain text")
    void refused(Rejection reason) throws IOException {
        outcome(new WebhookOutcome.Rejected(reason, "One line"));

        MockHttpServletResponse response = handle(post(new byte[0]));

        assertThat(response.getStatus()).isEqualTo(reason.httpStatus()).isBetween(400, 499);
        assertThat(response.getContentType()).isEqualToIgnoringCase("text/plain;charset=UTF-8");
        assertThat(response.getContentAsString()).isEqualTo("One line\n");
    }

    @Test
    @DisplayName(
            "C6 an event that could not be stored is answered with 500, so that it comes again; the cause is logged, not told")
    void storeFailure(CapturedOutput output) throws IOException {
        when(dispatcher.dispatch(any())).thenThrow(new StoreException("disk full on db7", true, null));

        MockHttpServletResponse response = handle(post(new byte[0]));

        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(response.getContentAsString()).hasLineCount(1).doesNotContain("db7");
        assertThat(output).contains("ERROR").contains("disk full on db7");
    }

    @Test
    @DisplayName("C6 a body over 1 MiB is refused without being read, and one without a length after 1 MiB")
    void tooLarge(CapturedOutput output) throws IOException {
        MockHttpServletRequest announced = new MockHttpServletRequest("POST", "/billhook/webhook") {
            @Override
            public long getContentLengthLong() {
                return 1L << 40;
            }

            @Override
            public ServletInputStream getInputStream() {
                throw new AssertionError("must not be read");
            }
        };
        MockHttpServletRequest chunked = new MockHttpServletRequest("POST", "/billhook/webhook") {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        chunked.setContent(new byte[WebhookRequest.MAX_BODY_BYTES + 1]);

        assertThat(handle(announced).getStatus()).isEqualTo(413);
        assertThat(handle(chunked).getStatus()).isEqualTo(413);
        verifyNoInteractions(dispatcher);
        assertThat(output).doesNotContain("WARN").doesNotContain("ERROR");
    }

    @Test
    @DisplayName("a body of exactly 1 MiB is taken")
    void justSmallEnough() throws IOException {
        outcome(new WebhookOutcome.Duplicate("evt_1"));

        assertThat(handle(post(new byte[WebhookRequest.MAX_BODY_BYTES])).getStatus())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("a sender that breaks off is answered with 400 and reported nowhere")
    void brokenOff(CapturedOutput output) throws IOException {
        MockHttpServletRequest broken = new MockHttpServletRequest("POST", "/billhook/webhook") {
            @Override
            public ServletInputStream getInputStream() {
                ServletInputStream stream = mock(ServletInputStream.class, call -> {
                    throw new IOException("connection reset");
                });
                return stream;
            }
        };

        assertThat(handle(broken).getStatus()).isEqualTo(400);
        verifyNoInteractions(dispatcher);
        assertThat(output).doesNotContain("WARN").doesNotContain("ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD", "OPTIONS", "post"})
    @DisplayName("anything but POST is answered with 405")
    void otherMethods(String method) throws IOException {
        MockHttpServletResponse response = handle(new MockHttpServletRequest(method, "/billhook/webhook"));

        assertThat(response.getStatus()).isEqualTo(405);
        assertThat(response.getHeader("Allow")).isEqualTo("POST");
        verifyNoInteractions(dispatcher);
    }

    private void outcome(WebhookOutcome outcome) {
        when(dispatcher.dispatch(any())).thenReturn(outcome);
    }

    private static MockHttpServletRequest post(byte[] body) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/billhook/webhook");
        request.setContent(body);
        return request;
    }

    private MockHttpServletResponse handle(MockHttpServletRequest request) throws IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        endpoint.handleRequest(request, response);
        return response;
    }
}
