package dev.billhook.simulator.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.event.Chaos.Fate;
import dev.billhook.simulator.event.Delivery.Outcome;
import dev.billhook.simulator.event.Sender.Answer;
import dev.billhook.simulator.event.version.Related;
import dev.billhook.simulator.event.version.ThinEvent;
import dev.billhook.simulator.event.version.VersionShape;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Renderer;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.kernel.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to webhook endpoints over HTTP, signed, in order for each endpoint, on background threads, unless {@link Chaos}
 * interferes. A delivery that is not answered with 2xx is tried again while later events go on. Thread-safe.
 */
public final class WebhookDelivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookDelivery.class);
    private static final String RETRY = "webhook_retry";

    private record Task(String eventId, String type, String payload, String endpointId, String url, String secret) {}

    /** An attempt and the simulated time at which it is due. */
    private record Attempt(Task task, int number, Instant due) {}

    private final Simulation simulation;
    private final Endpoints endpoints;
    private final Related related;
    private final RetryPolicy policy;
    private final Sender sender;
    private final Lanes lanes = new Lanes();
    private final Holdback holdback = new Holdback();
    private final DeliveryLog log = new DeliveryLog();
    private final Map<String, Set<String>> pending = new ConcurrentHashMap<>();
    private final Map<String, Attempt> retries = new HashMap<>();
    private long retryCount;
    private volatile Chaos chaos = Chaos.NONE;
    private volatile @Nullable String apiVersion;

    public WebhookDelivery(
            Simulation simulation, Endpoints endpoints, Renderer renderer, Related related, RetryPolicy policy) {
        this.simulation = simulation;
        this.endpoints = endpoints;
        this.related = related;
        this.policy = policy;
        this.sender = new Sender(simulation.settings().wall(), policy.timeout());
        simulation.onTimer(RETRY, this::retry);
        renderer.complete("event", event -> event.put("pending_webhooks", pending(Docs.textOf(event, "id"))));
    }

    /** What goes wrong on purpose from now on. */
    public void chaos(Chaos wanted) {
        this.chaos = wanted;
    }

    /** What goes wrong on purpose at present. */
    public Chaos chaos() {
        return chaos;
    }

    /** The version whose shapes endpoints get that name none themselves; null for the simulator's. */
    public void deliverAs(@Nullable String version) {
        Endpoints.checkVersion(version);
        this.apiVersion = version;
    }

    /** Takes an event that has become permanent; called under the simulation's lock. */
    public void publish(ObjectNode event) {
        List<ObjectNode> wanting = endpoints.wanting(event);
        if (wanting.isEmpty()) {
            return;
        }
        Set<String> open = ConcurrentHashMap.newKeySet();
        wanting.forEach(endpoint -> open.add(Docs.textOf(endpoint, "id")));
        pending.put(Docs.textOf(event, "id"), open);
        Instant now = Instant.ofEpochSecond(simulation.now(null));
        for (ObjectNode endpoint : wanting) {
            Task task = task(event, endpoint);
            send(new Attempt(task, 1, now), chaos.fateOf(task.eventId(), task.endpointId()));
        }
    }

    /** Delivers an event once more, to the endpoints that want it or to one of all; chaos does not touch it. */
    public void resend(String eventId, @Nullable String endpointId) {
        simulation.atomically(RequestInfo.NONE, () -> {
            ObjectNode event = simulation.store().find("event", eventId);
            if (event == null) {
                throw ApiError.noSuch("event", eventId, "id", true);
            }
            List<ObjectNode> receivers =
                    endpointId == null ? endpoints.wanting(event) : List.of(endpoints.byId(endpointId));
            Instant now = Instant.ofEpochSecond(simulation.now(null));
            receivers.forEach(endpoint -> send(new Attempt(task(event, endpoint), 1, now), Fate.NORMAL));
            return event;
        });
    }

    /** How many endpoints have not taken an event that was meant for them. */
    public int pending(String eventId) {
        Set<String> open = pending.get(eventId);
        return open == null ? 0 : open.size();
    }

    /** The identifiers of all events that some endpoint has not taken. */
    public Set<String> undelivered() {
        return Set.copyOf(pending.keySet());
    }

    /** How many deliveries are under way, held back or wait for real time to pass. */
    public int unfinished() {
        return lanes.unfinished() + holdback.size();
    }

    /**
     * Waits until nothing is being delivered or waiting for real time to be tried again; false when that takes longer. What is
     * held back to be overtaken is sent at once; what is to be tried again in simulated time is not waited for.
     */
    public boolean await(Duration timeout) {
        holdback.releaseAll();
        return lanes.await(timeout);
    }

    /** The latest attempts, newest first. */
    public List<Delivery> log() {
        return log.latest();
    }

    /** The latest attempts to deliver one event, newest first. */
    public List<Delivery> logOf(String eventId) {
        return log().stream()
                .filter(delivery -> delivery.eventId().equals(eventId))
                .toList();
    }

    /** Forgets what was delivered and what was to be tried again; what is under way is finished. */
    public void clear() {
        simulation.exclusively(() -> {
            retries.clear();
            holdback.clear();
            pending.clear();
            log.clear();
            return log;
        });
    }

    @Override
    public void close() {
        lanes.close();
    }

    private Task task(ObjectNode event, ObjectNode endpoint) {
        String id = Docs.textOf(event, "id");
        return new Task(
                id,
                Docs.textOf(event, "type"),
                Docs.pretty(payload(event, endpoint)),
                Docs.textOf(endpoint, "id"),
                Docs.textOf(endpoint, "url"),
                Endpoints.secretOf(endpoint));
    }

    private ObjectNode payload(ObjectNode event, ObjectNode endpoint) {
        if (Endpoints.isThin(endpoint)) {
            return ThinEvent.of(event);
        }
        String own = Docs.text(endpoint, "api_version");
        String version = own == null ? apiVersion : own;
        ObjectNode shown =
                version == null ? event.deepCopy() : VersionShape.of(version).renderEvent(event, related);
        return shown.put("pending_webhooks", pending(Docs.textOf(event, "id")));
    }

    private void send(Attempt attempt, Fate fate) {
        String endpoint = attempt.task().endpointId();
        if (fate.dropped()) {
            record(attempt, Outcome.DROPPED, new Answer(0, "dropped on purpose"));
            return;
        }
        if (fate.overtakers() > 0) {
            Runnable release = holdback.hold(endpoint, fate.overtakers(), () -> submit(attempt, Duration.ZERO));
            lanes.later(endpoint, chaos.longest(), release);
        } else {
            submit(attempt, fate.delay());
            holdback.overtake(endpoint);
        }
        if (!fate.duplicateAfter().isZero()) {
            submit(attempt, fate.duplicateAfter());
        }
    }

    private void submit(Attempt attempt, Duration delay) {
        lanes.run(attempt.task().endpointId(), delay, () -> deliver(attempt));
    }

    private void deliver(Attempt attempt) {
        Task task = attempt.task();
        if (attempt.number() > 1 && !isStillWanted(task)) {
            return;
        }
        Answer answer = sender.post(task.url(), task.payload(), task.secret());
        record(attempt, answer.isSuccess() ? Outcome.DELIVERED : Outcome.FAILED, answer);
        if (answer.isSuccess()) {
            taken(task);
        } else if (!lanes.isClosed() && attempt.number() <= policy.delays().size()) {
            again(attempt, policy.delays().get(attempt.number() - 1));
        } else {
            LOG.info("event {} could not be delivered to {}: {}", task.eventId(), task.url(), answer.note());
        }
    }

    /** An endpoint that was disabled or deleted in the meantime gets nothing more. */
    private boolean isStillWanted(Task task) {
        return simulation.exclusively(() -> endpoints.isEnabled(task.endpointId()));
    }

    private void again(Attempt failed, Duration delay) {
        Attempt next =
                new Attempt(failed.task(), failed.number() + 1, failed.due().plus(delay));
        if (!policy.simulatedTime()) {
            submit(next, delay);
            return;
        }
        simulation.atomically(RequestInfo.NONE, () -> {
            if (next.due().getEpochSecond() <= simulation.now(null)) {
                submit(next, Duration.ZERO);
            } else {
                String token = "retry_" + ++retryCount;
                retries.put(token, next);
                simulation.schedule(null, next.due().getEpochSecond(), RETRY, token);
            }
            return next;
        });
    }

    private void retry(String token) {
        Attempt attempt = retries.remove(token);
        if (attempt != null) {
            submit(attempt, Duration.ZERO);
        }
    }

    private void record(Attempt attempt, Outcome outcome, Answer answer) {
        Task task = attempt.task();
        log.add(number -> new Delivery(
                "dlv_" + number,
                task.eventId(),
                task.type(),
                task.endpointId(),
                task.url(),
                simulation.settings().wall().instant(),
                attempt.due(),
                attempt.number(),
                outcome,
                answer.status(),
                answer.note()));
    }

    private void taken(Task task) {
        pending.computeIfPresent(task.eventId(), (event, open) -> {
            open.remove(task.endpointId());
            return open.isEmpty() ? null : open;
        });
    }
}
