package dev.billhook.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook endpoint to be registered with the simulator itself; it survives the simulator's reset.
 *
 * @param events the types to deliver, or only {@code *}
 * @param secret what signs its deliveries; null to have one made
 * @param apiVersion the version of Stripe's API whose shapes it gets; null for the simulator's
 * @param thin whether it gets thin notifications instead of whole objects
 */
public record WebhookSpec(
        String url,
        List<String> events,
        @Nullable String secret,
        @Nullable String apiVersion,
        boolean thin) {
    public WebhookSpec {
        events = List.copyOf(events);
    }

    /** An endpoint for all events, with a secret that is made. */
    public static WebhookSpec of(String url) {
        return new WebhookSpec(url, List.of("*"), null, null, false);
    }

    /** The same for events of these types. */
    public WebhookSpec withEvents(List<String> types) {
        return new WebhookSpec(url, types, secret, apiVersion, thin);
    }

    /** The same with deliveries signed with this secret; null to have one made. */
    public WebhookSpec withSecret(@Nullable String value) {
        return new WebhookSpec(url, events, value, apiVersion, thin);
    }

    /** The same with objects in the shape of this version of the API, for example {@code 2022-11-15}; null for the simulator's. */
    public WebhookSpec withApiVersion(@Nullable String version) {
        return new WebhookSpec(url, events, secret, version, thin);
    }

    /** The same with thin notifications ({@code v1.customer.subscription.updated} and the like) instead of whole objects. */
    public WebhookSpec thinly() {
        return new WebhookSpec(url, events, secret, apiVersion, true);
    }
}
