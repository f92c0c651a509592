package dev.billhook.benchmarks.load;

import dev.billhook.benchmarks.Figures;
import dev.billhook.webhook.WebhookMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Measures what a receiver of webhooks takes in: Billhook's two modes in turns with bare receivers and with the bare database,
 * all over HTTP on one machine, with PostgreSQL that waits for the disk.
 */
public final class WebhooksUnderLoad {
    private static final int WARM_UPS = 5;
    private static final int WARM_UP_EVENTS = 40_000;
    private static final int NANOS_PER_MICRO = 1000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BYTES_PER_MIB = 1048576;

    private final Settings settings;
    private final LoadDatabase database;
    private final Child load;
    private final Map<Subject, Receiver> receivers = new EnumMap<>(Subject.class);
    private final Figures figures = new Figures();

    private WebhooksUnderLoad(Settings settings, LoadDatabase database, Child load) {
        this.settings = settings;
        this.database = database;
        this.load = load;
    }

    /** A subject's process, and how many events it was sent. */
    private static final class Receiver {
        private final Child process;
        private final int port;
        private long sent;

        Receiver(Child process) throws IOException {
            this.process = process;
            this.port = Integer.parseInt(process.read());
        }
    }

    /**
     * How much is measured.
     *
     * @param rounds each measures everything once
     * @param events of one measurement
     * @param warmUp events each receiver takes before anything counts
     * @param customers they are of
     * @param connections in turns
     */
    record Settings(int rounds, int events, int warmUp, int customers, List<Integer> connections) {}

    /**
     * Measures and prints.
     *
     * @param arguments number of rounds, and of events of one measurement; 3 and 8 000 unless told
     */
    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        int events = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8_000;
        System.out.print(run(new Settings(rounds, events, WARM_UP_EVENTS, 2_000, List.of(8, 32)))
                .table());
    }

    static Figures run(Settings settings) throws IOException {
        try (LoadDatabase database = LoadDatabase.start(settings.customers());
                Child load =
                        new Child(LoadProcess.class, List.of("-Xmx512m"), Integer.toString(settings.customers()))) {
            WebhooksUnderLoad harness = new WebhooksUnderLoad(settings, database, load);
            try {
                return harness.measure();
            } finally {
                harness.receivers.values().forEach(receiver -> receiver.process.close());
            }
        }
    }

    private Figures measure() throws IOException {
        startReceivers();
        for (Subject subject : receivers.keySet()) {
            send(subject, 1, settings.customers(), 0);
        }
        database.awaitApplied();
        database.analyze();
        warmUp();
        for (int round = 1; round <= settings.rounds(); round++) {
            for (int connections : settings.connections()) {
                System.err.println("round " + round + " of " + settings.rounds() + ", " + connections + " connections");
                round(connections);
            }
        }
        for (Subject subject : List.of(Subject.INLINE, Subject.QUEUED)) {
            figures.add(
                    subject + " heap MiB",
                    Long.parseLong(receiver(subject).process.ask("heap")) / BYTES_PER_MIB);
        }
        database.requireApplied(WebhookMode.INLINE, receiver(Subject.INLINE).sent);
        database.requireApplied(WebhookMode.QUEUED, receiver(Subject.QUEUED).sent);
        if (receivers.containsKey(Subject.SYNC_ENGINE)) {
            database.requireSynced();
        }
        return figures;
    }

    private void startReceivers() throws IOException {
        for (Subject subject : Subject.values()) {
            Optional<Child> process = subject == Subject.SYNC_ENGINE
                    ? SyncEngine.start(database.url())
                    : Optional.of(
                            new Child(ReceiverProcess.class, receiverOptions(subject), subject.name(), database.url()));
            if (process.isPresent()) {
                receivers.put(subject, new Receiver(process.get()));
            }
        }
    }

    /**
     * Until the compilers are done with all: cold, a receiver takes more than twice its time, and more code takes longer. After
     * 15 000 events the bare receivers are as fast as ever, Billhook's are not.
     */
    private void warmUp() throws IOException {
        for (int i = 0; i < WARM_UPS; i++) {
            for (Subject subject : receivers.keySet()) {
                int connections =
                        settings.connections().get(i % settings.connections().size());
                send(subject, connections, settings.warmUp() / WARM_UPS, 0);
            }
            database.awaitApplied();
        }
    }

    /** With {@code -Dbillhook.load.recordings=folder} a flight recording of each receiver is left there. */
    private static List<String> receiverOptions(Subject subject) {
        String folder = System.getProperty("billhook.load.recordings");
        return folder == null
                ? List.of("-Xmx128m")
                : List.of(
                        "-Xmx128m",
                        "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + folder + "/" + subject
                                + ".jfr");
    }

    private void round(int connections) throws IOException {
        String at = " at " + connections;
        double apply = rate(send(Subject.BARE_APPLY, connections, settings.events(), 0));
        double inline = rate(send(Subject.INLINE, connections, settings.events(), 0));
        double store = rate(send(Subject.BARE_STORE, connections, settings.events(), 0));
        Child queued = receiver(Subject.QUEUED).process;
        queued.ask("pause");
        double acknowledged = rate(send(Subject.QUEUED, connections, settings.events(), 0));
        long resumed = System.nanoTime();
        queued.ask("resume");
        database.awaitApplied();
        double backlog = settings.events() * NANOS_PER_SECOND / (System.nanoTime() - resumed);
        long begun = System.nanoTime();
        send(Subject.QUEUED, connections, settings.events(), 0);
        database.awaitApplied();
        double applied = settings.events() * NANOS_PER_SECOND / (System.nanoTime() - begun);
        double limit = database.batchLimit(settings.events());
        figures.add("bare receiver, insert and upsert" + at + ", events/s", apply);
        figures.add("INLINE" + at + ", events/s", inline);
        figures.add("INLINE" + at + " / bare receiver", inline / apply);
        compareWithSyncEngine(connections, inline, applied);
        figures.add("bare receiver, insert" + at + ", events/s", store);
        figures.add("QUEUED, acknowledged" + at + ", events/s", acknowledged);
        figures.add("QUEUED, acknowledged" + at + " / bare receiver", acknowledged / store);
        figures.add("bare batches of 50 pairs, events/s", limit);
        figures.add("QUEUED, backlog applied" + at + ", events/s", backlog);
        figures.add("QUEUED, backlog applied" + at + " / bare batches", backlog / limit);
        figures.add("QUEUED, applied" + at + ", events/s", applied);
        figures.add("QUEUED, applied" + at + " / bare batches", applied / limit);
        halfLoad(connections, (long) (store / 2));
    }

    private void compareWithSyncEngine(int connections, double inline, double applied) throws IOException {
        if (receivers.containsKey(Subject.SYNC_ENGINE)) {
            String at = " at " + connections;
            double engine = rate(send(Subject.SYNC_ENGINE, connections, settings.events(), 0));
            figures.add("sync engine" + at + ", events/s", engine);
            figures.add("INLINE" + at + " / sync engine", inline / engine);
            figures.add("QUEUED, applied" + at + " / sync engine", applied / engine);
        }
    }

    private void halfLoad(int connections, long rate) throws IOException {
        String at = " at " + connections + " and half load";
        int events = Math.max(1, settings.events() / 4);
        double bare = p99Micros(send(Subject.BARE_STORE, connections, events, rate));
        double queued = p99Micros(send(Subject.QUEUED, connections, events, rate));
        database.awaitApplied();
        double inline = p99Micros(send(Subject.INLINE, connections, events, rate));
        figures.add("bare receiver, insert" + at + ", p99 µs", bare);
        figures.add("QUEUED, applying beside it" + at + ", p99 µs", queued);
        figures.add("QUEUED" + at + " / bare receiver, p99", queued / bare);
        figures.add("INLINE" + at + ", p99 µs", inline);
        figures.add("INLINE" + at + " / bare receiver, p99", inline / bare);
    }

    /** Sends the subject's next events; answers what the generator told. */
    private long[] send(Subject subject, int connections, int count, long rate) throws IOException {
        Receiver receiver = receiver(subject);
        String answer = load.ask(receiver.port + " " + connections + " " + receiver.sent + " " + count + " " + rate);
        receiver.sent += count;
        List<Long> told = new ArrayList<>();
        for (String number : answer.split(" ", -1)) {
            told.add(Long.parseLong(number));
        }
        if (told.get(3) > 0) {
            throw new IOException(subject + " refused " + told.get(3) + " events");
        }
        return new long[] {count, told.get(0), told.get(2)};
    }

    private Receiver receiver(Subject subject) {
        return Objects.requireNonNull(receivers.get(subject), subject.name());
    }

    private static double rate(long[] told) {
        return told[0] * NANOS_PER_SECOND / told[1];
    }

    private static double p99Micros(long[] told) {
        return (double) told[2] / NANOS_PER_MICRO;
    }
}
