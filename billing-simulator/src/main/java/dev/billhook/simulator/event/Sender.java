package dev.billhook.simulator.event;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Posts signed payloads. Thread-safe. */
final class Sender {
    private static final int NOTE_LENGTH = 500;

    /** What came back: a status and the beginning of the body, or status 0 and why there was no answer. */
    record Answer(int status, @Nullable String note) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    private final InstantSource wall;
    private final Duration timeout;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** Signatures carry this time: receivers compare it with their own clock. */
    Sender(InstantSource wall, Duration timeout) {
        this.wall = wall;
        this.timeout = timeout;
    }

    Answer post(String url, String payload, String secret) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(timeout)
                    .header("Content-Type", "application/json; charset=utf-8")
                    .header("User-Agent", "Stripe/1.0 (+billing-simulator)")
                    .header("Stripe-Signature", Signer.header(payload, secret, wall.instant()))
                    .POST(HttpRequest.BodyPublishers.ofString(payload))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), shortened(response.body()));
        } catch (IOException | IllegalArgumentException e) {
            return new Answer(0, e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, "interrupted");
        }
    }

    private static @Nullable String shortened(@Nullable String note) {
        return note == null || note.length() <= NOTE_LENGTH ? note : note.substring(0, NOTE_LENGTH);
    }
}
