package dev.billhook.stripe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.StripeSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls the API like any other program that uses the same Stripe account. */
public final class OtherProgram {
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final StripeSimulator simulator;

    public OtherProgram(StripeSimulator simulator) {
        this.simulator = simulator;
    }

    /** The id of what the answer tells first; empty if it tells none. */
    public String post(String path, String form) {
        Matcher id = ID.matcher(call(path, form));
        return id.find() ? id.group(1) : "";
    }

    /** What the answer to a write tells. */
    public String call(String path, String form) {
        return call(path, form, 200);
    }

    /** The same for a write that is answered with this status. */
    public String call(String path, String form, int status) {
        return call(path, "POST", HttpRequest.BodyPublishers.ofString(form), status);
    }

    /** What the answer tells. */
    public String get(String path) {
        return call(path, "GET", HttpRequest.BodyPublishers.noBody(), 200);
    }

    /** Deletes. */
    public void delete(String path) {
        call(path, "DELETE", HttpRequest.BodyPublishers.noBody(), 200);
    }

    /** Enters a card at a hosted page, as a buyer does; answers the status, 303 if it was taken. */
    public int leaveCard(String sessionId, String number) {
        return buy(sessionId, "card_number=" + number + "&card_expiry=12/40&card_cvc=123&card_name=Bob");
    }

    /** Enters a bank account at a hosted page, whose bank answers days later; answers the status, 303 if it was taken. */
    public int leaveBankAccount(String sessionId, String number) {
        return buy(sessionId, "bank_routing=110000000&bank_account=" + number);
    }

    private int buy(String sessionId, String method) {
        return send(HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/pay/" + sessionId))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("email=bob@example.com&" + method))
                        .build())
                .statusCode();
    }

    private String call(String path, String method, HttpRequest.BodyPublisher body, int status) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
                .header("Authorization", "Bearer " + simulator.apiKey())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, body)
                .build();
        HttpResponse<String> response = send(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response.body();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
