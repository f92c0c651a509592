package dev.billhook.simulator.spi;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * An API request and its answer.
 *
 * @param template the route that answered, for example {@code /v1/customers/{id}}; null when none did
 * @param client the {@code User-Agent} of the request, empty when there was none
 * @param form the decoded parameters: objects and texts, lists as objects whose keys are indexes; empty when malformed
 * @param status of the answer
 * @param answer its body; JSON's null when that is not JSON
 */
public record Exchange(
        String method, @Nullable String template, String client, JsonNode form, int status, JsonNode answer) {}
