package dev.billhook.stripe.internal.transport;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks through Stripe's lists page by page, so that no more than a page is in memory. */
public final class Pages {
    /** Objects a page; the most Stripe gives. */
    public static final long SIZE = 100;

    private Pages() {}

    /**
     * Visits every object of a list.
     *
     * @param page answers the page after the object with the given id, or the first for null
     */
    public static void forEach(Function<@Nullable String, Answer> page, Consumer<JsonNode> visitor) {
        String after = null;
        boolean more = true;
        while (more) {
            JsonNode body = page.apply(after).body();
            String last = null;
            for (JsonNode object : body.path("data")) {
                visitor.accept(object);
                last = object.path("id").textValue();
            }
            more = body.path("has_more").booleanValue() && last != null;
            after = last;
        }
    }
}
