package dev.billhook.examples.podcast.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.support.RequestDataValueProcessor;

/**
 * Refuses forms that are not ours: every form carries the session's token in a hidden field, and what comes without it is
 * answered 403. The webhook endpoint is not behind it; its requests are signed instead.
 */
@Component(ForgeryGuard.BEAN_NAME)
class ForgeryGuard implements HandlerInterceptor, RequestDataValueProcessor {
    /** The name by which Spring's view layer finds what adds hidden fields to forms. */
    static final String BEAN_NAME = "requestDataValueProcessor";

    private static final String FIELD = "_csrf";
    private static final int TOKEN_BYTES = 24;

    private final SecureRandom random = new SecureRandom();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        String expected = token(request.getSession());
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (reads || matches(expected, request.getParameter(FIELD))) {
            return true;
        }
        response.sendError(HttpServletResponse.SC_FORBIDDEN);
        return false;
    }

    @Override
    public Map<String, String> getExtraHiddenFields(HttpServletRequest request) {
        return Map.of(FIELD, token(request.getSession()));
    }

    @Override
    public String processAction(HttpServletRequest request, String action, String httpMethod) {
        return action;
    }

    @Override
    public String processFormFieldValue(HttpServletRequest request, @Nullable String name, String value, String type) {
        return value;
    }

    @Override
    public String processUrl(HttpServletRequest request, String url) {
        return url;
    }

    private String token(HttpSession session) {
        Object known = session.getAttribute(FIELD);
        if (known instanceof String token) {
            return token;
        }
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        session.setAttribute(FIELD, token);
        return token;
    }

    private static boolean matches(String expected, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
