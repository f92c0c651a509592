package dev.billhook.simulator.kernel;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a simulation is started with.
 *
 * @param businessName the name of the business on pages, invoices and the account
 * @param apiKey the key printed for users; its mode decides {@code livemode}
 * @param start the simulated instant at which it begins; null for the present
 * @param running whether simulated time runs by itself or stands still until it is moved
 * @param wall real time: signatures of deliveries carry it
 * @param seed from which identifiers follow
 */
public record Settings(
        String businessName, String apiKey, @Nullable Instant start, boolean running, InstantSource wall, long seed) {
    /** The name of a business that was given none. */
    public static final String DEFAULT_BUSINESS = "Simulator";

    /** The API version whose shapes the simulator speaks. */
    public static final String API_VERSION = "2026-07-29.dahlia";

    public Settings {
        Objects.requireNonNull(wall, "wall");
        if (businessName.isBlank()) {
            throw new IllegalArgumentException("a business has a name");
        }
        if (!apiKey.matches("(sk|rk)_(test|live)_\\w{4,}")) {
            throw new IllegalArgumentException("an API key begins with sk_test_, sk_live_, rk_test_ or rk_live_");
        }
    }

    /** Whether objects are those of live mode. */
    public boolean livemode() {
        return apiKey.substring(3).startsWith("live_");
    }
}
