package dev.billhook.torture.host;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Some hosts on one database, each in a process of its own, which can be killed while they work. */
public final class Fleet implements AutoCloseable {
    /** More than any lease: what the killed process had taken is free when the next one comes up. */
    private static final Duration DOWN = Duration.ofMinutes(6);

    private final Path logs;
    private final ExecutorService killer = Executors.newSingleThreadExecutor();
    private final List<Future<?>> killings = new ArrayList<>();
    private final AtomicReferenceArray<HostProcess> hosts;
    private final boolean timePasses;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HostConfig config;

    private Fleet(HostConfig config, int size, Path logs) {
        this.config = config;
        this.logs = logs;
        this.hosts = new AtomicReferenceArray<>(size);
        this.timePasses = size == 1;
    }

    /** Starts so many. */
    public static Fleet start(HostConfig config, int size, Path logs) throws IOException {
        Fleet fleet = new Fleet(config, size, logs);
        Files.createDirectories(logs);
        for (int i = 0; i < size; i++) {
            Files.deleteIfExists(fleet.log(i));
            fleet.hosts.set(i, HostProcess.start(config, fleet.log(i)));
        }
        return fleet;
    }

    /** How many there are. */
    public int size() {
        return hosts.length();
    }

    /** The port of a host, or 0 while it is down. */
    int port(int host) {
        HostProcess process = hosts.get(host);
        return process == null ? 0 : process.port();
    }

    /** Kills one soon, while others and whoever calls it go on, and starts it again. */
    public void kill(int host) {
        killings.add(killer.submit(() -> {
            try {
                HostProcess victim = hosts.getAndSet(host, null);
                victim.kill();
                if (timePasses) {
                    config = config.later(DOWN);
                }
                hosts.set(host, HostProcess.start(config, log(host)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Waits until all are up that were killed; answers how many that were. */
    public int awaitAll() throws Exception {
        for (Future<?> killing : killings) {
            killing.get();
        }
        return killings.size();
    }

    /** Asks a host to add units; whether it says that it did. One that is down does not. */
    public boolean addUnits(int host, AccountRef account, long units, RequestKey key) throws InterruptedException {
        return ask(host, "/units", account + " " + units + " " + key.value()).status() == 200;
    }

    /** Asks a host to record usage; whether it says that it did. One that is down does not. */
    public boolean recordUsage(int host, AccountRef account, String meter, long quantity, String key)
            throws InterruptedException {
        return ask(host, "/usage", account + " " + meter + " " + quantity + " " + key)
                        .status()
                == 200;
    }

    /** Asks a host to send an account to Checkout; 200 with the id of the page, or 409 if the plan is sold out. */
    public Reply openCheckout(int host, AccountRef account, PlanKey plan) throws InterruptedException {
        return ask(host, "/checkout", account + " " + plan);
    }

    /**
     * What a host answers.
     *
     * @param status 0 if it does not
     */
    public record Reply(int status, String text) {}

    private Reply ask(int host, String path, String body) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(host) + path))
                    .timeout(DOWN)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException | IllegalArgumentException e) {
            return new Reply(0, "");
        }
    }

    /** How many connections to the database each has in use. */
    public List<Integer> connectionsInUse() throws IOException {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            try (InputStream answer = URI.create("http://127.0.0.1:" + port(i) + "/connections")
                    .toURL()
                    .openStream()) {
                all.add(Integer.valueOf(new String(answer.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return all;
    }

    /** Kills all for good. */
    @Override
    public void close() throws InterruptedException {
        killer.shutdownNow();
        for (int i = 0; i < size(); i++) {
            HostProcess host = hosts.get(i);
            if (host != null) {
                host.kill();
            }
        }
    }

    private Path log(int host) {
        return logs.resolve("host-" + host + ".log");
    }
}
