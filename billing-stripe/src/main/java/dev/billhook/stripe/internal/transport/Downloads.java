package dev.billhook.stripe.internal.transport;

import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderException.Category;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Fetches documents. Those behind a public link are asked for without the key, which no other host may see; those of the API come
 * from Stripe's address for files. Thread-safe.
 */
public final class Downloads {
    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);
    private static final String API_HOST = "api.stripe.com";
    private static final URI FILES = URI.create("https://files.stripe.com");

    private final String authorization;
    private final URI apiBase;
    private final Duration readTimeout;
    private final HttpClient following;
    private final HttpClient strict;

    /** Fetches with the key from the API at the base. */
    public Downloads(String apiKey, URI apiBase, Duration connectTimeout, Duration readTimeout) {
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((apiKey + ":").getBytes(StandardCharsets.UTF_8));
        this.apiBase = apiBase;
        this.readTimeout = readTimeout;
        this.following = client(connectTimeout, HttpClient.Redirect.NORMAL);
        this.strict = client(connectTimeout, HttpClient.Redirect.NEVER);
    }

    private static HttpClient client(Duration connectTimeout, HttpClient.Redirect redirect) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .followRedirects(redirect)
                .build();
    }

    /**
     * The PDF document behind a link that Stripe told.
     *
     * @throws ProviderException if it cannot be had, or the link is neither encrypted nor the API's own
     */
    public byte[] linkedPdf(String operation, URI link) {
        boolean own = apiBase.getAuthority().equals(link.getAuthority());
        if (!own && !"https".equals(link.getScheme())) {
            throw failed(Category.PROVIDER_FAILURE, operation, "the link is not encrypted", null, null);
        }
        return pdf(operation, following, HttpRequest.newBuilder(link));
    }

    /**
     * A PDF document of the API.
     *
     * @param path absolute, made of checked ids
     * @throws ProviderException if it cannot be had
     */
    public byte[] apiPdf(String operation, String path) {
        URI base = API_HOST.equals(apiBase.getHost()) ? FILES : apiBase;
        URI uri = URI.create(base.toString().replaceAll("/+$", "") + path);
        return pdf(operation, strict, HttpRequest.newBuilder(uri).header("Authorization", authorization));
    }

    private byte[] pdf(String operation, HttpClient http, HttpRequest.Builder request) {
        HttpResponse<byte[]> response =
                send(operation, http, request.timeout(readTimeout).build());
        int status = response.statusCode();
        String requestId = response.headers().firstValue("Request-Id").orElse(null);
        if (status != 200) {
            throw failed(category(status), operation, "HTTP " + status, requestId, null);
        }
        byte[] body = response.body();
        if (body.length < PDF.length || !Arrays.equals(body, 0, PDF.length, PDF, 0, PDF.length)) {
            throw failed(Category.PROVIDER_FAILURE, operation, "the answer is no PDF document", requestId, null);
        }
        return body;
    }

    private static HttpResponse<byte[]> send(String operation, HttpClient http, HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw failed(Category.NETWORK, operation, "no answer came", null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(Category.NETWORK, operation, "interrupted while waiting", null, e);
        }
    }

    private static Category category(int status) {
        return switch (status) {
            case 401, 403 -> Category.KEY;
            case 404 -> Category.NOT_FOUND;
            case 429 -> Category.RATE_LIMITED;
            default -> status >= 500 || status < 400 ? Category.PROVIDER_FAILURE : Category.INVALID_REQUEST;
        };
    }

    private static ProviderException failed(
            Category category, String operation, String what, @Nullable String requestId, @Nullable Throwable cause) {
        return ProviderException.of(
                category, "Stripe's document could not be had to " + operation + ": " + what, requestId, cause);
    }
}
