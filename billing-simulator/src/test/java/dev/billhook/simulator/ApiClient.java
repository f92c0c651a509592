package dev.billhook.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plain HTTP client of the API: what goes over the wire, and nothing else. */
public final class ApiClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer with its JSON body. */
    public record Answer(int status, HttpResponse<String> response, JsonNode body) {
        public String text(String pointer) {
            return body.at(pointer).asText();
        }

        public long number(String pointer) {
            return body.at(pointer).asLong();
        }

        public String id() {
            return text("/id");
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String baseUrl;
    private final String authorization;

    public ApiClient(StripeSimulator simulator) {
        this(simulator.baseUrl(), "Bearer " + simulator.apiKey());
    }

    public ApiClient(String baseUrl, String authorization) {
        this.baseUrl = baseUrl;
        this.authorization = authorization;
    }

    /** GET with parameters given as {@code name=value}. */
    public Answer get(String path, String... params) {
        String query = params.length == 0 ? "" : "?" + form(params);
        return send(request(path + query).GET());
    }

    /** POST with parameters given as {@code name=value}. */
    public Answer post(String path, String... params) {
        return post(path, Map.of(), params);
    }

    /** POST with headers. */
    public Answer post(String path, Map<String, String> headers, String... params) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/x-www-form-urlencoded");
        headers.forEach(request::header);
        return send(request.POST(HttpRequest.BodyPublishers.ofString(form(params))));
    }

    /** DELETE with parameters. */
    public Answer delete(String path, String... params) {
        return send(
                request(path + (params.length == 0 ? "" : "?" + form(params))).DELETE());
    }

    /** Any request. */
    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response, JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A request builder for a path. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path));
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    /** The types of all events about anything, oldest first. */
    public List<String> eventTypes() {
        return events().stream().map(event -> event.path("type").asText()).toList();
    }

    /** All events, oldest first. */
    public List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        String cursor = "";
        boolean more = true;
        while (more) {
            Answer page = cursor.isEmpty()
                    ? get("/v1/events", "limit=100")
                    : get("/v1/events", "limit=100", "starting_after=" + cursor);
            page.body().path("data").forEach(event -> events.add(0, event));
            more = page.body().path("has_more").asBoolean();
            cursor = events.isEmpty() ? "" : events.get(0).path("id").asText();
        }
        return events;
    }

    /** All events of a type, oldest first. */
    public List<JsonNode> events(String type) {
        return events().stream()
                .filter(event -> type.equals(event.path("type").asText()))
                .toList();
    }

    /** The encoded body of parameters. */
    static String form(String... params) {
        List<String> pairs = new ArrayList<>();
        for (String param : params) {
            int equals = param.indexOf('=');
            pairs.add(escape(param.substring(0, equals)) + "=" + escape(param.substring(equals + 1)));
        }
        return String.join("&", pairs);
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
