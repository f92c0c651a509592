package dev.billhook.torture.life;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billhook.simulator.StripeSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The simulator's API, called as any other program would that shares the Stripe account. */
public final class SimulatorApi {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int SERVER_ERROR = 500;

    private final String base;
    private final String key;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public SimulatorApi(StripeSimulator simulator) {
        this.base = simulator.baseUrl();
        this.key = simulator.apiKey();
    }

    /** An answer; one that refuses is an answer, too. */
    public record Reply(int status, JsonNode body) {
        public boolean ok() {
            return status / 100 == 2;
        }

        public String id() {
            return body.path("id").asText();
        }
    }

    /** Reads something. */
    public Reply get(String path, String... params) {
        String query = params.length == 0 ? "" : "?" + form(params);
        return send(request(path + query).GET().build());
    }

    /** Reads what must be there. */
    public JsonNode read(String path, String... params) {
        return must(get(path, params)).body();
    }

    /** Asks for something to be done. */
    public Reply post(String path, String... params) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(params)))
                .build());
    }

    /** Asks for something that cannot be refused; answers its id. */
    public String make(String path, String... params) {
        return must(post(path, params)).id();
    }

    /** Asks for something to be deleted. */
    public Reply delete(String path) {
        return send(request(path).DELETE().build());
    }

    /** Everything a list has, newest first. */
    public List<JsonNode> all(String path, String... params) {
        List<JsonNode> all = new ArrayList<>();
        String last = null;
        while (true) {
            JsonNode page = read(path, paging(params, last));
            page.path("data").forEach(all::add);
            if (!page.path("has_more").asBoolean()) {
                return all;
            }
            last = all.get(all.size() - 1).path("id").asText();
        }
    }

    private static String[] paging(String[] params, @Nullable String last) {
        List<String> all = new ArrayList<>(Arrays.asList(params));
        all.add("limit=100");
        if (last != null) {
            all.add("starting_after=" + last);
        }
        return all.toArray(String[]::new);
    }

    private Reply must(Reply reply) {
        if (!reply.ok()) {
            throw new AssertionError("refused: " + reply.body());
        }
        return reply;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + key);
    }

    private Reply send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= SERVER_ERROR) {
                throw new AssertionError(request.method() + " " + request.uri() + ": " + response.body());
            }
            boolean json = response.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.startsWith("application/json"))
                    .isPresent();
            return new Reply(
                    response.statusCode(), json ? MAPPER.readTree(response.body()) : MAPPER.createObjectNode());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String form(String... params) {
        return Arrays.stream(params)
                .map(param -> {
                    int equals = param.indexOf('=');
                    return escape(param.substring(0, equals)) + "=" + escape(param.substring(equals + 1));
                })
                .collect(Collectors.joining("&"));
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
