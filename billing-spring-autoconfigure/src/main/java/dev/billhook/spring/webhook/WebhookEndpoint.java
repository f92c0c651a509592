package dev.billhook.spring.webhook;

import dev.billhook.spring.http.RawRequests;
import dev.billhook.webhook.Rejection;
import dev.billhook.webhook.WebhookDispatcher;
import dev.billhook.webhook.WebhookOutcome;
import dev.billhook.webhook.WebhookRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.HttpRequestHandler;

/**
 * Answers the provider. Anybody can reach it, so bad input is answered in one line and never logged above INFO. A plain
 * handler: argument resolvers and message converters of the host would parse the body, and a parsed body has no signature.
 */
final class WebhookEndpoint implements HttpRequestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookEndpoint.class);
    private static final String SIGNATURE_HEADER = "Stripe-Signature";
    private static final String TOO_LARGE = "The body is larger than " + WebhookRequest.MAX_BODY_BYTES + " bytes";

    private final WebhookDispatcher dispatcher;

    WebhookEndpoint(WebhookDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"POST".equals(request.getMethod())) {
            response.setHeader("Allow", "POST");
            answer(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Webhooks are POST requests");
            return;
        }
        Optional<byte[]> body;
        try {
            body = RawRequests.body(request, WebhookRequest.MAX_BODY_BYTES);
        } catch (IOException e) {
            LOG.debug("Webhook request broke off while it was read", e);
            answer(response, HttpServletResponse.SC_BAD_REQUEST, "The body could not be read");
            return;
        }
        if (body.isPresent()) {
            dispatch(new WebhookRequest(body.get(), request.getHeader(SIGNATURE_HEADER)), response);
        } else {
            LOG.info("Webhook request refused: {}", Rejection.BODY_TOO_LARGE);
            answer(response, Rejection.BODY_TOO_LARGE.httpStatus(), TOO_LARGE);
        }
    }

    private void dispatch(WebhookRequest request, HttpServletResponse response) throws IOException {
        WebhookOutcome outcome;
        try {
            outcome = dispatcher.dispatch(request);
        } catch (RuntimeException e) {
            LOG.error("A webhook event could not be stored; the provider is asked to deliver it again", e);
            answer(
                    response,
                    HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
                    "The event could not be stored; deliver it again");
            return;
        }
        if (outcome instanceof WebhookOutcome.Rejected rejected) {
            answer(response, outcome.httpStatus(), rejected.detail());
        } else if (outcome instanceof WebhookOutcome.SwitchedOff) {
            answer(response, outcome.httpStatus(), "Billing is switched off; deliver the event again later");
        } else {
            answer(response, outcome.httpStatus(), "ok");
        }
    }

    private static void answer(HttpServletResponse response, int status, String line) throws IOException {
        RawRequests.answer(response, status, "text/plain", line + "\n");
    }
}
