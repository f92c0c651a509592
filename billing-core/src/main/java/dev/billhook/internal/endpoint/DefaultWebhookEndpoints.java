package dev.billhook.internal.endpoint;

import dev.billhook.InvalidStateException;
import dev.billhook.NotFoundException;
import dev.billhook.RequestKey;
import dev.billhook.error.ProviderException;
import dev.billhook.spi.provider.endpoint.EndpointGateway;
import dev.billhook.webhook.endpoint.Registration;
import dev.billhook.webhook.endpoint.SigningSecret;
import dev.billhook.webhook.endpoint.WebhookEndpoint;
import dev.billhook.webhook.endpoint.WebhookEndpoints;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** See {@link WebhookEndpoints}. */
public final class DefaultWebhookEndpoints implements WebhookEndpoints {
    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,99}");

    /** The provider repeats an answer for 24 hours; an hour less, because clocks may differ. */
    private static final Duration REPEATED = Duration.ofHours(23);

    private final EndpointGateway gateway;
    private final KeptSecrets secrets;
    private final InstantSource clock;

    /** Endpoints at the provider, whose secrets are kept. */
    public DefaultWebhookEndpoints(EndpointGateway gateway, KeptSecrets secrets, InstantSource clock) {
        this.gateway = gateway;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public Registration register(String environment, URI url) {
        check(environment);
        check(url);
        List<WebhookEndpoint> all = gateway.list();
        requireFree(environment, url, all);
        List<WebhookEndpoint> own = of(environment, all);
        if (own.isEmpty()) {
            own = all.stream()
                    .filter(endpoint ->
                            endpoint.environment() == null && endpoint.url().equals(url))
                    .limit(1)
                    .toList();
        }
        if (own.isEmpty()) {
            return made(environment, url, UUID.randomUUID().toString());
        }
        WebhookEndpoint newest = newest(own);
        Optional<SigningSecret> secret = secrets.find(newest.id()).or(() -> toldAgain(environment, newest));
        own.forEach(endpoint -> gateway.update(endpoint.id(), environment, url, RequestKey.random()));
        return new Registration(gateway.update(newest.id(), environment, url, RequestKey.random()), secret);
    }

    @Override
    public Registration rotate(String environment) {
        check(environment);
        List<WebhookEndpoint> own = of(environment, gateway.list());
        if (own.isEmpty()) {
            throw new NotFoundException("webhook endpoint of environment", environment, "Register one first.");
        }
        return made(environment, newest(own).url(), UUID.randomUUID().toString());
    }

    @Override
    public int retire(String environment) {
        check(environment);
        List<WebhookEndpoint> own = of(environment, gateway.list());
        int last = Math.max(0, own.size() - 1);
        return removed(environment, own.subList(0, last), own.subList(last, own.size()));
    }

    @Override
    public List<WebhookEndpoint> list() {
        return gateway.list().stream()
                .filter(endpoint -> endpoint.environment() != null)
                .toList();
    }

    @Override
    public int remove(String environment) {
        check(environment);
        return removed(environment, of(environment, gateway.list()), List.of());
    }

    @Override
    public List<SigningSecret> secrets(String environment) {
        check(environment);
        return secrets.list(environment);
    }

    private int removed(String environment, List<WebhookEndpoint> endpoints, List<WebhookEndpoint> staying) {
        endpoints.forEach(endpoint -> gateway.remove(endpoint.id(), RequestKey.random()));
        secrets.forgetAllBut(staying.stream().map(WebhookEndpoint::id).toList(), environment);
        return endpoints.size();
    }

    private Registration made(String environment, URI url, String mark) {
        Registration made = gateway.create(environment, url, mark, RequestKey.derived("endpoint", mark));
        made.secret().ifPresent(secret -> secrets.keep(made.endpoint().id(), environment, secret));
        return made;
    }

    /** The secret, if the call that made the endpoint can be repeated. */
    private Optional<SigningSecret> toldAgain(String environment, WebhookEndpoint endpoint) {
        if (endpoint.mark() == null
                || !environment.equals(endpoint.environment())
                || endpoint.createdAt().plus(REPEATED).isBefore(clock.instant())) {
            return Optional.empty();
        }
        try {
            return made(environment, endpoint.url(), endpoint.mark()).secret();
        } catch (ProviderException otherwiseMade) {
            if (otherwiseMade.category() == ProviderException.Category.IDEMPOTENCY_CONFLICT) {
                return Optional.empty();
            }
            throw otherwiseMade;
        }
    }

    private static List<WebhookEndpoint> of(String environment, List<WebhookEndpoint> all) {
        return all.stream()
                .filter(endpoint -> environment.equals(endpoint.environment()))
                .toList();
    }

    private static WebhookEndpoint newest(List<WebhookEndpoint> endpoints) {
        return endpoints.get(endpoints.size() - 1);
    }

    private static void requireFree(String environment, URI url, List<WebhookEndpoint> all) {
        all.stream()
                .filter(endpoint -> endpoint.url().equals(url)
                        && !environment.equals(Objects.requireNonNullElse(endpoint.environment(), environment)))
                .findFirst()
                .ifPresent(taken -> {
                    throw new InvalidStateException("The address " + url + " is environment '" + taken.environment()
                            + "' already; remove that, or give this one an address of its own");
                });
    }

    private static void check(String environment) {
        if (!ENVIRONMENT.matcher(environment).matches()) {
            throw new IllegalArgumentException("'" + environment
                    + "' is no name of an environment; use up to 100 letters, digits, '.', '_', '/' and '-'");
        }
    }

    private static void check(URI url) {
        boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        if (!web || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "The webhook endpoint's address must be absolute, http or https, and without user info");
        }
    }
}
