package dev.billhook.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.event.Endpoints;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.wiring.Assembly;
import dev.billhook.simulator.wiring.TaxEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a simulator has from its start and again after each reset: webhook endpoints and places where tax is collected. */
final class SetUp {
    private final Assembly assembly;
    private final List<TaxEntry> taxes;
    private final List<WebhookSpec> webhooks;
    private final Set<String> found = new HashSet<>();
    private final int fromStart;

    SetUp(Assembly assembly, SimulatorBuilder builder) {
        this.assembly = assembly;
        this.taxes = builder.taxes();
        find();
        this.webhooks = new CopyOnWriteArrayList<>(
                builder.webhooks().stream().map(this::added).toList());
        this.fromStart = webhooks.size();
        taxes.forEach(this::enter);
    }

    /** Adds an endpoint; returns its secret. */
    String register(WebhookSpec wanted) {
        WebhookSpec made = added(wanted);
        webhooks.add(made);
        return Objects.requireNonNull(made.secret());
    }

    /** Keeps only the endpoints there were at the start. */
    void forgetWebhooks() {
        webhooks.retainAll(List.copyOf(webhooks.subList(0, fromStart)));
    }

    /** Lets another world begin, with everything of the set-up in it. */
    void begin(Runnable world) {
        assembly.simulation().exclusively(() -> {
            world.run();
            assembly.deliveries().clear();
            restore();
            return this;
        });
    }

    private void restore() {
        find();
        webhooks.forEach(this::added);
        taxes.forEach(this::enter);
    }

    /** Lets tax be collected somewhere until the next reset. */
    void enter(TaxEntry entry) {
        assembly.simulation()
                .atomically(
                        RequestInfo.NONE,
                        () -> assembly.taxes().registrations().set(entry.country(), entry.state(), entry.percentage()));
    }

    /** The world may come from a snapshot that has endpoints: those of the same address are taken up, not doubled. */
    private void find() {
        found.clear();
        assembly.simulation().exclusively(() -> {
            endpoints().forEach(endpoint -> found.add(Docs.textOf(endpoint, "id")));
            return found;
        });
    }

    /** Adds the endpoint to the documents; what is returned has its secret. */
    private WebhookSpec added(WebhookSpec wanted) {
        Endpoints.checkVersion(wanted.apiVersion());
        ObjectNode endpoint = assembly.simulation().atomically(RequestInfo.NONE, () -> {
            String known = known(wanted.url());
            Endpoints endpoints = assembly.endpoints();
            ObjectNode made = known == null
                    ? endpoints.create(wanted.url(), wanted.events(), wanted.secret())
                    : endpoints.takeUp(known, wanted.events(), wanted.secret());
            made.put("api_version", wanted.apiVersion());
            if (wanted.thin()) {
                Endpoints.makeThin(made);
            }
            return made;
        });
        return wanted.withSecret(Endpoints.secretOf(endpoint));
    }

    private @Nullable String known(String url) {
        return endpoints()
                .filter(endpoint -> url.equals(Docs.text(endpoint, "url")))
                .map(endpoint -> Docs.textOf(endpoint, "id"))
                .filter(found::remove)
                .findFirst()
                .orElse(null);
    }

    private Stream<ObjectNode> endpoints() {
        return assembly.simulation().store().newestFirst(Endpoints.TYPE);
    }
}
