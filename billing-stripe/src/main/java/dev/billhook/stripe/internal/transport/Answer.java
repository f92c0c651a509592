package dev.billhook.stripe.internal.transport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.AsOf;
import dev.billhook.BillingException;
import dev.billhook.error.ProviderException;
import dev.billhook.mirror.Fetched;
import dev.billhook.spi.provider.Page;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A successful answer.
 *
 * @param body the JSON document
 * @param asOf between the response's date less the time the call took, and the response's date
 * @param replayed whether Stripe repeated its answer to an earlier call of the same key, so that the body may be old
 */
public record Answer(JsonNode body, AsOf asOf, boolean replayed) {
    /**
     * What a reader makes of the body.
     *
     * @throws ProviderException if the body cannot be understood
     */
    public <T> T read(Function<JsonNode, T> reader) {
        try {
            return reader.apply(body);
        } catch (ProviderException e) {
            throw e;
        } catch (BillingException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw ProviderException.of(
                    ProviderException.Category.PROVIDER_FAILURE,
                    "Stripe's answer cannot be understood; the call itself succeeded",
                    null,
                    e);
        }
    }

    /**
     * What a reader makes of the body, with its time.
     *
     * @throws ProviderException if the body cannot be understood
     */
    public <T> Fetched<T> fetched(Function<JsonNode, T> reader) {
        return new Fetched<>(read(reader), asOf);
    }

    /** What the reader makes of each object of a list. */
    public <T> Page<T> page(Function<JsonNode, T> reader) {
        return read(list -> {
            List<T> items = new ArrayList<>();
            list.path("data").forEach(object -> items.add(reader.apply(object)));
            return new Page<>(items, list.path("has_more").booleanValue());
        });
    }
}
