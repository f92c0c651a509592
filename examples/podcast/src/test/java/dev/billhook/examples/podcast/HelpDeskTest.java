package dev.billhook.examples.podcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.examples.podcast.member.Member;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@DisplayName("A The help desk, over HTTP")
class HelpDeskTest extends PodcastFixture {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    private HttpResponse<String> ask(String email, String token) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/billhook/support"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"ticket\":{\"id\":7},\"customer\":{\"email\":\"" + email + "\"}}"))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName(
            "A1 A5 an agent sees the member's plan, what was paid, and the show, without a session or a form token")
    void subscriber() {
        Member member = memberOf(subscriber("starter-monthly"));

        HttpResponse<String> answer = ask(member.email(), DESK_TOKEN);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains(
                        member.account().toString(),
                        "(starter-monthly)",
                        "badge green",
                        "in 1 charge",
                        "Show:</span> Tea with strangers",
                        "Episodes:</span> 0");
    }

    @Test
    @DisplayName("A6 without the token nothing is told, and of strangers there is nothing to tell")
    void refused() {
        assertThat(ask("ada@example.com", "another-token-of-16").statusCode()).isEqualTo(401);
        assertThat(ask("stranger@example.com", DESK_TOKEN).body()).contains("No customer with this address");
    }
}
