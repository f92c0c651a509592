package dev.billhook.spring.support;

import dev.billhook.spring.http.RawRequests;
import dev.billhook.support.SupportAnswer;
import dev.billhook.support.SupportDesk;
import dev.billhook.support.SupportRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.HttpRequestHandler;

/** Answers the help desk. Anybody can reach it, so nothing of a request is logged. */
final class SupportEndpoint implements HttpRequestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SupportEndpoint.class);
    private static final String SIGNATURE_HEADER = "X-HelpScout-Signature";
    private static final String BEARER = "Bearer ";
    private static final String JSON = "application/json";

    private final SupportDesk desk;

    SupportEndpoint(SupportDesk desk) {
        this.desk = desk;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"POST".equals(request.getMethod())) {
            response.setHeader("Allow", "POST");
            refuse(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "The help desk posts");
            return;
        }
        Optional<byte[]> body;
        try {
            body = RawRequests.body(request, SupportRequest.MAX_BODY_BYTES);
        } catch (IOException e) {
            LOG.debug("A request of the help desk broke off while it was read", e);
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, "The body could not be read");
            return;
        }
        if (body.isEmpty()) {
            refuse(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "The body is too large");
            return;
        }
        SupportAnswer answer =
                desk.answer(new SupportRequest(body.get(), request.getHeader(SIGNATURE_HEADER), token(request)));
        RawRequests.answer(response, answer.status(), JSON, answer.json());
    }

    private static @Nullable String token(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : null;
    }

    private static void refuse(HttpServletResponse response, int status, String reason) throws IOException {
        RawRequests.answer(response, status, JSON, "{\"error\":\"" + reason + "\"}");
    }
}
