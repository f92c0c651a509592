package dev.billhook.stripe.internal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.Stripe;
import com.stripe.net.ApiRequestParams;
import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.WebhookEndpointListParams;
import com.stripe.param.WebhookEndpointUpdateParams;
import dev.billhook.RequestKey;
import dev.billhook.error.ProviderObjectMissingException;
import dev.billhook.spi.provider.endpoint.EndpointGateway;
import dev.billhook.stripe.internal.event.EventReader;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import dev.billhook.webhook.endpoint.Registration;
import dev.billhook.webhook.endpoint.SigningSecret;
import dev.billhook.webhook.endpoint.WebhookEndpoint;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Webhook endpoints at Stripe, known by their metadata. */
public final class StripeEndpoints implements EndpointGateway {
    private static final String COLLECTION = "/v1/webhook_endpoints";

    private final StripeApi api;

    /** Endpoints of the account the calls go to. */
    public StripeEndpoints(StripeApi api) {
        this.api = api;
    }

    @Override
    public List<WebhookEndpoint> list() {
        List<WebhookEndpoint> endpoints = new ArrayList<>();
        WebhookEndpointListParams.Builder params =
                WebhookEndpointListParams.builder().setLimit(Pages.SIZE);
        Pages.forEach(
                after -> {
                    if (after != null) {
                        params.setStartingAfter(after);
                    }
                    return api.get("list webhook endpoints", COLLECTION, params.build());
                },
                endpoint -> endpoints.add(endpoint(endpoint)));
        Collections.reverse(endpoints);
        return endpoints;
    }

    @Override
    public Registration create(String environment, URI url, String mark, RequestKey key) {
        WebhookEndpointCreateParams params = WebhookEndpointCreateParams.builder()
                .setUrl(url.toString())
                .addAllEnabledEvent(needed(WebhookEndpointCreateParams.EnabledEvent.values()))
                .setApiVersion(pinned())
                .putMetadata(Metadata.ENVIRONMENT, environment)
                .putMetadata(Metadata.MARK, mark)
                .build();
        return api.post("register a webhook endpoint", "endpoint.create", COLLECTION, params, key)
                .read(body -> new Registration(
                        endpoint(body), Optional.of(new SigningSecret(Json.requireText(body, "secret")))));
    }

    @Override
    public WebhookEndpoint update(String endpointId, String environment, URI url, RequestKey key) {
        WebhookEndpointUpdateParams params = WebhookEndpointUpdateParams.builder()
                .setUrl(url.toString())
                .addAllEnabledEvent(needed(WebhookEndpointUpdateParams.EnabledEvent.values()))
                .setDisabled(false)
                .putMetadata(Metadata.ENVIRONMENT, environment)
                .build();
        return api.post(
                        "update a webhook endpoint",
                        "endpoint.update",
                        StripeApi.path(COLLECTION, endpointId),
                        params,
                        key)
                .read(StripeEndpoints::endpoint);
    }

    @Override
    public void remove(String endpointId, RequestKey key) {
        try {
            api.delete("remove a webhook endpoint", "endpoint.remove", StripeApi.path(COLLECTION, endpointId), key);
        } catch (ProviderObjectMissingException e) {
            // Whoever removed it did what is wanted.
        }
    }

    /** Of all events of the version the client speaks, those that are read. */
    private static <E extends ApiRequestParams.EnumParam> List<E> needed(E[] known) {
        return Stream.of(known)
                .filter(event -> EventReader.isRelevant(event.getValue()))
                .toList();
    }

    private static WebhookEndpointCreateParams.ApiVersion pinned() {
        return Stream.of(WebhookEndpointCreateParams.ApiVersion.values())
                .filter(version -> Stripe.API_VERSION.equals(version.getValue()))
                .findFirst()
                .orElseThrow();
    }

    private static WebhookEndpoint endpoint(JsonNode body) {
        Set<String> types = new HashSet<>();
        body.path("enabled_events").forEach(type -> types.add(type.asText()));
        return new WebhookEndpoint(
                Json.requireText(body, "id"),
                Metadata.value(body, Metadata.ENVIRONMENT),
                URI.create(Json.requireText(body, "url")),
                types,
                Json.text(body, "api_version"),
                "enabled".equals(Json.text(body, "status")),
                Instant.ofEpochSecond(body.path("created").asLong()),
                Metadata.value(body, Metadata.MARK));
    }
}
