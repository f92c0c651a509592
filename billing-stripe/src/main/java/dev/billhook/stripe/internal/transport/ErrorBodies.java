package dev.billhook.stripe.internal.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.stripe.net.StripeResponse;

/**
 * Replaces the bodies of failures that are not of Stripe's form, as proxies write them: the Stripe client fails on them with
 * a null pointer or a class cast, and the status would be lost. Thread-safe.
 */
final class ErrorBodies {
    private static final String NOTHING_KNOWN = "{\"error\": {}}";

    private final ObjectMapper json = JsonMapper.builder().build();

    StripeResponse readable(StripeResponse response) {
        boolean success = response.code() >= 200 && response.code() < 300;
        return success || stripes(response.body())
                ? response
                : new StripeResponse(response.code(), response.headers(), NOTHING_KNOWN);
    }

    private boolean stripes(String body) {
        try {
            JsonNode document = json.readTree(body);
            return document != null && document.path("error").isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
