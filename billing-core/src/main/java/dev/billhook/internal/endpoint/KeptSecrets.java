package dev.billhook.internal.endpoint;

import dev.billhook.spi.store.endpoint.EndpointStore;
import dev.billhook.webhook.endpoint.SecretKeys;
import dev.billhook.webhook.endpoint.SigningSecret;
import java.util.List;
import java.util.Optional;

/** Signing secrets in the database, under the host's keys; without a key nothing is kept. */
public final class KeptSecrets {
    private final EndpointStore store;
    private final SecretKeys keys;

    /** Those of the store's scope. */
    public KeptSecrets(EndpointStore store, SecretKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /** The secrets of an environment. */
    public List<SigningSecret> list(String environment) {
        return store.list().stream()
                .filter(kept -> kept.environment().equals(environment))
                .map(this::opened)
                .toList();
    }

    Optional<SigningSecret> find(String endpointId) {
        return store.list().stream()
                .filter(kept -> kept.endpointId().equals(endpointId) && !keys.isEmpty())
                .findFirst()
                .map(this::opened);
    }

    void keep(String endpointId, String environment, SigningSecret secret) {
        if (!keys.isEmpty()) {
            store.save(
                    new EndpointStore.Kept(endpointId, environment, keys.seal(secret.reveal(), purpose(endpointId))));
        }
    }

    /** Forgets the secrets of an environment's endpoints, also of those that are gone at the provider, but for these. */
    void forgetAllBut(List<String> endpointIds, String environment) {
        store.list().stream()
                .filter(kept -> kept.environment().equals(environment) && !endpointIds.contains(kept.endpointId()))
                .forEach(kept -> store.remove(kept.endpointId()));
    }

    private SigningSecret opened(EndpointStore.Kept kept) {
        return new SigningSecret(keys.open(kept.sealedSecret(), purpose(kept.endpointId())));
    }

    /** The id is another one in every account and mode, so no secret opens in another's place. */
    private static String purpose(String endpointId) {
        return "webhook endpoint " + endpointId;
    }
}
