package dev.billhook.simulator.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.kernel.Simulation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to webhook endpoints over HTTP, signed, in order for each endpoint, on background threads. A delivery that is
 * not answered with 2xx is tried again while later events go on. Thread-safe.
 */
public final class WebhookDelivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookDelivery.class);
    private static final int KEPT = 5_000;
    private static final int NOTE_LENGTH = 500;

    private record Task(String eventId, String type, String payload, String endpointId, String url, String secret) {}

    private final Simulation simulation;
    private final Endpoints endpoints;
    private final RetryPolicy policy;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Map<String, ScheduledExecutorService> threads = new ConcurrentHashMap<>();
    private final Deque<Delivery> log = new ArrayDeque<>();
    private final Object monitor = new Object();
    private int unfinished;
    private volatile boolean closed;

    public WebhookDelivery(Simulation simulation, Endpoints endpoints, RetryPolicy policy) {
        this.simulation = simulation;
        this.endpoints = endpoints;
        this.policy = policy;
    }

    /** Takes an event that has become permanent; called under the simulation's lock. */
    public void publish(ObjectNode event) {
        List<ObjectNode> wanting = endpoints.wanting(event);
        event.put("pending_webhooks", wanting.size());
        for (ObjectNode endpoint : wanting) {
            enqueue(event, endpoint);
        }
    }

    /** Delivers an event once more, to the endpoints that want it. */
    public void resend(String eventId) {
        simulation.atomically(RequestInfo.NONE, () -> {
            ObjectNode event = simulation.store().find("event", eventId);
            if (event == null) {
                throw ApiError.noSuch("event", eventId, "id", true);
            }
            endpoints.wanting(event).forEach(endpoint -> enqueue(event, endpoint));
            return event;
        });
    }

    /** Waits until nothing is being delivered or waiting to be tried again; false when that takes longer. */
    public boolean await(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        synchronized (monitor) {
            while (unfinished > 0) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(monitor, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }

    /** The latest attempts, newest first. */
    public List<Delivery> log() {
        synchronized (monitor) {
            return List.copyOf(log);
        }
    }

    /** The latest attempts to deliver one event, newest first. */
    public List<Delivery> logOf(String eventId) {
        return log().stream()
                .filter(delivery -> delivery.eventId().equals(eventId))
                .toList();
    }

    /** Forgets what was delivered; what is under way is finished. */
    public void clearLog() {
        synchronized (monitor) {
            log.clear();
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.values().forEach(ScheduledExecutorService::shutdownNow);
    }

    private void enqueue(ObjectNode event, ObjectNode endpoint) {
        Task task = new Task(
                Docs.textOf(event, "id"),
                Docs.textOf(event, "type"),
                Docs.pretty(event),
                Docs.textOf(endpoint, "id"),
                Docs.textOf(endpoint, "url"),
                Endpoints.secretOf(endpoint));
        synchronized (monitor) {
            unfinished++;
        }
        submit(task, 1, Duration.ZERO);
    }

    private void submit(Task task, int attempt, Duration delay) {
        try {
            var unused = threads.computeIfAbsent(task.endpointId(), WebhookDelivery::thread)
                    .schedule(() -> deliver(task, attempt), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            finished();
        }
    }

    private static ScheduledExecutorService thread(String endpointId) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "billing-simulator-webhook-" + endpointId);
            thread.setDaemon(true);
            return thread;
        });
    }

    private void deliver(Task task, int attempt) {
        Delivery delivery = post(task, attempt);
        synchronized (monitor) {
            log.addFirst(delivery);
            if (log.size() > KEPT) {
                log.removeLast();
            }
        }
        if (delivery.succeeded()) {
            delivered(task.eventId());
        } else if (!closed && attempt <= policy.delays().size()) {
            submit(task, attempt + 1, policy.delays().get(attempt - 1));
            return;
        } else {
            LOG.info("event {} could not be delivered to {}: {}", task.eventId(), task.url(), delivery.note());
        }
        finished();
    }

    private Delivery post(Task task, int attempt) {
        int status = 0;
        String note;
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(task.url()))
                    .timeout(policy.timeout())
                    .header("Content-Type", "application/json; charset=utf-8")
                    .header("User-Agent", "Stripe/1.0 (+billing-simulator)")
                    .header(
                            "Stripe-Signature",
                            Signer.header(
                                    task.payload(),
                                    task.secret(),
                                    simulation.settings().wall().instant()))
                    .POST(HttpRequest.BodyPublishers.ofString(task.payload()))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            status = response.statusCode();
            note = response.body();
        } catch (IOException e) {
            note = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            note = "interrupted";
        }
        return new Delivery(
                task.eventId(),
                task.type(),
                task.endpointId(),
                task.url(),
                simulation.settings().wall().instant(),
                attempt,
                status,
                shortened(note));
    }

    private static @Nullable String shortened(@Nullable String note) {
        return note == null || note.length() <= NOTE_LENGTH ? note : note.substring(0, NOTE_LENGTH);
    }

    private void delivered(String eventId) {
        simulation.exclusively(() -> {
            ObjectNode event = simulation.store().find("event", eventId);
            if (event != null) {
                event.put("pending_webhooks", Math.max(0, Docs.numberOf(event, "pending_webhooks") - 1));
            }
            return eventId;
        });
    }

    private void finished() {
        synchronized (monitor) {
            unfinished--;
            monitor.notifyAll();
        }
    }
}
