package dev.billhook.simulator.seed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Supplier;

/** The API as seeds use it; refusals are {@link dev.billhook.simulator.kernel.ApiError}s. */
public interface SeedApi {
    /** The simulated second. */
    long now();

    /** Answers a GET request; parameters are {@code name=value}. */
    ObjectNode get(String path, List<String> params);

    /** Answers a POST request. */
    ObjectNode post(String path, List<String> params);

    /** Answers a DELETE request. */
    ObjectNode delete(String path);

    /** Pays a Checkout session with a card that works, as a person would on its page. */
    void pay(String session);

    /** Does something with invoices given up at once, leaving subscriptions unpaid. */
    void givingUpAtOnce(Runnable work);

    /** Does several things with nothing else happening in between. */
    <T> T together(Supplier<T> work);
}
