package dev.billhook.stripe.internal.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.ApiRequestParams;
import com.stripe.net.ApiResource.RequestMethod;
import com.stripe.net.FormEncoder;
import com.stripe.net.RawRequestOptions;
import com.stripe.net.StripeResponse;
import dev.billhook.AsOf;
import dev.billhook.RequestKey;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderException.Category;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Calls Stripe. Requests are written with the Stripe client's typed parameters; answers are read as JSON, by the same
 * readers that read events. Every method throws {@link ProviderException} only. Thread-safe.
 */
public final class StripeApi {
    /** Stands for the code Stripe lacks where a meter event's identifier was seen within 24 hours. */
    public static final String KNOWN_IDENTIFIER = "meter_event_known_identifier";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,255}");

    private final StripeClient client;
    private final LongSupplier nanoTime;
    private final ObjectMapper json = JsonMapper.builder().build();

    StripeApi(StripeClient client, LongSupplier nanoTime) {
        this.client = client;
        this.nanoTime = nanoTime;
    }

    /** Calls the API at the base with the key. */
    public static StripeApi connect(
            String apiKey, URI apiBase, Duration connectTimeout, Duration readTimeout, int maxRepetitions) {
        StripeClient client = StripeClient.builder()
                .setApiKey(apiKey)
                .setApiBase(apiBase.toString().replaceAll("/+$", ""))
                .setHttpClient(new JdkTransport(connectTimeout, readTimeout, Repetition.ofReal(maxRepetitions)))
                .build();
        return new StripeApi(client, System::nanoTime);
    }

    /** Reads. */
    public Answer get(String operation, String path, ApiRequestParams params) {
        return call(operation, RequestMethod.GET, withQuery(path, params), null, null);
    }

    /** Reads without parameters. */
    public Answer get(String operation, String path) {
        return call(operation, RequestMethod.GET, path, null, null);
    }

    /**
     * Writes.
     *
     * @param operation what is attempted, as it follows "Stripe refused to"; a key's meaning is bound to it
     * @param step names this call among the calls one key is used for; at most 50 characters
     */
    public Answer post(String operation, String step, String path, ApiRequestParams params, RequestKey key) {
        return call(operation, RequestMethod.POST, path, FormEncoder.createQueryString(params.toMap()), of(step, key));
    }

    /** Deletes. */
    public Answer delete(String operation, String step, String path, RequestKey key) {
        return call(operation, RequestMethod.DELETE, path, null, of(step, key));
    }

    /** Deletes with parameters. */
    public Answer delete(String operation, String step, String path, ApiRequestParams params, RequestKey key) {
        return call(operation, RequestMethod.DELETE, withQuery(path, params), null, of(step, key));
    }

    /**
     * A path ending in an object's id.
     *
     * @throws ProviderException if the text is no id, so that it cannot lead to another path
     */
    public static String path(String collection, String id) {
        if (!ID.matcher(id).matches()) {
            throw ProviderException.of(
                    Category.INVALID_REQUEST, "The id given for " + collection + " is none of Stripe's", null, null);
        }
        return collection + "/" + id;
    }

    private static String of(String step, RequestKey key) {
        return step + ":" + key.value();
    }

    private static String withQuery(String path, ApiRequestParams params) {
        String query = FormEncoder.createQueryString(params.toMap());
        return query.isEmpty() ? path : path + "?" + query.replace("[", "%5B").replace("]", "%5D");
    }

    private Answer call(
            String operation, RequestMethod method, String path, @Nullable String content, @Nullable String key) {
        RawRequestOptions.RawRequestOptionsBuilder options = RawRequestOptions.builder();
        if (key != null) {
            options.setIdempotencyKey(key);
        }
        long start = nanoTime.getAsLong();
        try {
            StripeResponse response = client.rawRequest(method, path, content, options.build());
            Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - start);
            return new Answer(
                    body(operation, response),
                    asOf(operation, response, elapsed),
                    response.headers()
                            .firstValue("Idempotent-Replayed")
                            .filter("true"::equalsIgnoreCase)
                            .isPresent());
        } catch (StripeException e) {
            throw ErrorTranslation.translate(operation, e);
        }
    }

    private JsonNode body(String operation, StripeResponse response) {
        try {
            JsonNode body = json.readTree(response.body());
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            // The parser's message quotes the body, so it is not passed on.
            throw notStripes(operation, "no JSON", response);
        }
        throw notStripes(operation, "no JSON object", response);
    }

    private static AsOf asOf(String operation, StripeResponse response, Duration elapsed) {
        Instant date = response.date();
        if (date == null) {
            throw notStripes(operation, "no Date header", response);
        }
        return new AsOf(date.minus(elapsed), date);
    }

    private static ProviderException notStripes(String operation, String what, StripeResponse response) {
        return ProviderException.of(
                Category.PROVIDER_FAILURE,
                "The answer to the call to " + operation + " has " + what
                        + "; something between here and Stripe changed it",
                response.requestId(),
                null);
    }
}
