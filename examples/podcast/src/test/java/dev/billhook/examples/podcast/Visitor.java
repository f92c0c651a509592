package dev.billhook.examples.podcast;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** A browser with a session: sends forms with the token that a page gave it. */
final class Visitor {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final MockMvc mvc;
    private final MockHttpSession session = new MockHttpSession();

    Visitor(MockMvc mvc) {
        this.mvc = mvc;
    }

    /** Opens a page; follows nothing. */
    Answer get(String path) {
        return perform(MockMvcRequestBuilders.get(path));
    }

    /** Sends a form of ours; names and values take turns. */
    Answer post(String path, String... form) {
        return send(path, token(), form);
    }

    /** Sends a form as another site would: with the cookie, without the token. */
    Answer forge(String path, String... form) {
        return send(path, null, form);
    }

    void signUp(String email, String showTitle, String plan) {
        post("/signup", "email", email, "showTitle", showTitle, "plan", plan);
    }

    private Answer send(String path, @Nullable String token, String... form) {
        MockHttpServletRequestBuilder request = MockMvcRequestBuilders.post(path);
        for (int i = 0; i < form.length; i += 2) {
            request.param(form[i], form[i + 1]);
        }
        if (token != null) {
            request.param("_csrf", token);
        }
        return perform(request);
    }

    private String token() {
        Matcher matcher = TOKEN.matcher(get("/login").body());
        if (!matcher.find()) {
            throw new AssertionError("The form has no token");
        }
        return matcher.group(1);
    }

    private Answer perform(MockHttpServletRequestBuilder request) {
        try {
            MvcResult result = mvc.perform(request.session(session)).andReturn();
            return new Answer(result);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What came back. */
    record Answer(MvcResult result) {
        int status() {
            return response().getStatus();
        }

        String redirect() {
            return String.valueOf(response().getRedirectedUrl());
        }

        String body() {
            try {
                return response().getContentAsString(StandardCharsets.UTF_8);
            } catch (UnsupportedEncodingException e) {
                throw new AssertionError(e);
            }
        }

        private MockHttpServletResponse response() {
            return result.getResponse();
        }
    }
}
