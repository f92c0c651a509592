package dev.billhook.stripe.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.billingportal.ConfigurationListParams;
import dev.billhook.RequestKey;
import dev.billhook.catalog.sync.PortalOffer;
import dev.billhook.error.ProviderObjectMissingException;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The portal configuration Billhook owns, known by its metadata. */
public final class PortalConfigurations {
    private static final String COLLECTION = "/v1/billing_portal/configurations";
    /** Stripe leaves the products out unless asked for them. */
    private static final String PRODUCTS = "data.features.subscription_update.products";

    private static final Comparator<JsonNode> OLDEST_FIRST = Comparator.<JsonNode>comparingLong(
                    configuration -> configuration.path("created").longValue())
            .thenComparing(configuration -> configuration.path("id").asText());

    private final StripeApi api;

    /** Configurations of the account the calls go to. */
    public PortalConfigurations(StripeApi api) {
        this.api = api;
    }

    /**
     * Stripe's id of the configuration.
     *
     * @throws ProviderObjectMissingException if the catalog was not applied to this account
     */
    public String id() {
        return find().map(configuration -> Json.requireText(configuration, "id"))
                .orElseThrow(() -> new ProviderObjectMissingException(
                        "Stripe has no active portal configuration with metadata " + Metadata.PORTAL
                                + "; run `catalog apply` for this Stripe account first",
                        null,
                        null));
    }

    /** The configuration, the older one if there are two. */
    Optional<JsonNode> find() {
        List<JsonNode> owned = new ArrayList<>();
        ConfigurationListParams.Builder params = ConfigurationListParams.builder()
                .setActive(true)
                .setLimit(Pages.SIZE)
                .addExpand(PRODUCTS);
        Pages.forEach(
                after -> api.get(
                        "list portal configurations",
                        COLLECTION,
                        params.setStartingAfter(after).build()),
                configuration -> {
                    if (Metadata.value(configuration, Metadata.PORTAL) != null) {
                        owned.add(configuration);
                    }
                });
        return owned.stream().min(OLDEST_FIRST);
    }

    /** Makes the configuration, or changes the one there is. */
    void publish(PortalOffer offer, PortalParams.Ids ids, RequestKey key) {
        Optional<JsonNode> present = find();
        String path = present.map(configuration -> StripeApi.path(COLLECTION, Json.requireText(configuration, "id")))
                .orElse(COLLECTION);
        api.post(
                "publish the portal",
                present.isPresent() ? "portal.update" : "portal.create",
                path,
                PortalParams.of(offer, ids, present.isPresent()),
                key);
    }
}
