package dev.billhook.stripe.internal.transport;

import com.stripe.Stripe;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Sends requests over the JDK's HTTP client. Of its own because the Stripe client's default transport reports telemetry and
 * writes a file into the user's home, which only a process-wide static switches off.
 */
final class JdkTransport extends com.stripe.net.HttpClient {
    private static final String USER_AGENT = "Billhook stripe-java/" + Stripe.VERSION;
    private static final String TELEMETRY = "X-Stripe-Client-Telemetry";

    private final HttpClient http;
    private final Duration readTimeout;
    private final Repetition repetition;
    private final ErrorBodies errors = new ErrorBodies();

    JdkTransport(Duration connectTimeout, Duration readTimeout, Repetition repetition) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .build();
        this.readTimeout = readTimeout;
        this.repetition = repetition;
    }

    @Override
    public StripeResponse request(StripeRequest request) throws ApiConnectionException {
        try {
            HttpResponse<String> response = http.send(toJdk(request), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new StripeResponse(
                    response.statusCode(),
                    com.stripe.net.HttpHeaders.of(response.headers().map()),
                    response.body());
        } catch (IOException e) {
            throw new ApiConnectionException("No answer from Stripe", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiConnectionException("Interrupted while waiting for Stripe", e);
        }
    }

    @Override
    public StripeResponse requestWithRetries(StripeRequest request) throws StripeException {
        return errors.readable(repetition.send(() -> request(request)));
    }

    private HttpRequest toJdk(StripeRequest request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        java.net.URI.create(request.url().toString()))
                .timeout(readTimeout)
                .method(request.method().name(), body(request))
                .setHeader("User-Agent", USER_AGENT);
        request.headers().map().forEach((name, values) -> {
            if (!TELEMETRY.equalsIgnoreCase(name)) {
                values.forEach(value -> builder.setHeader(name, value));
            }
        });
        if (request.content() != null) {
            builder.setHeader("Content-Type", request.content().contentType());
        }
        return builder.build();
    }

    private static BodyPublisher body(StripeRequest request) {
        return request.content() == null
                ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(request.content().byteArrayContent());
    }
}
