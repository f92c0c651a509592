package dev.billhook.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.reconcile.DriftReport;
import dev.billhook.reconcile.ReplayReport;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.torture.host.Fleet;
import dev.billhook.torture.host.Host;
import dev.billhook.torture.host.HostConfig;
import dev.billhook.torture.host.HostRows;
import dev.billhook.torture.host.Router;
import dev.billhook.torture.life.Lives;
import dev.billhook.torture.life.SimulatorApi;
import dev.billhook.torture.verdict.Truth;
import dev.billhook.torture.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Lets accounts live while the host is killed, lets it catch up, and compares. */
final class Torture {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration AFTERWARDS = Duration.ofDays(2);
    private static final int LOOKS = 200;
    private static final Path OUTPUT = Path.of(System.getProperty("torture.output", "target/torture"));

    private final Scenario scenario;
    private final SplittableRandom moments = new SplittableRandom();

    Torture(Scenario scenario) {
        this.scenario = scenario;
    }

    /** All of it. Fails if anything is not as promised; answers what there is to tell. */
    String run() throws Exception {
        System.out.println("torture: " + scenario);
        long start = System.nanoTime();
        try (StripeSimulator simulator = Deliveries.start(scenario.seed());
                Router router = new Router()) {
            List<String> secrets = Deliveries.deliverTo(simulator, router.url(), scenario.seed());
            HostConfig config = new HostConfig(
                    Postgres.newDatabase(), simulator.baseUrl(), secrets, scenario.mode(), Duration.ZERO);
            Lives lives;
            String figures;
            try (Host desk = Host.idle(config)) {
                desk.open();
                lives = new Lives(simulator, desk.billing(), scenario.seed(), scenario.accounts(), scenario.days());
                figures = live(simulator, router, config, lives);
            }
            try (Host later = Host.idle(config.later(AFTERWARDS))) {
                figures += catchUp(later);
                Truth truth = new Truth(new SimulatorApi(simulator), lives.people());
                figures += ", " + truth.events().size() + " events at the provider, "
                        + truth.subscriptions().size() + " subscriptions, "
                        + HostRows.bookings(later.pool()).size() + " events told, "
                        + HostRows.mails(later.pool()).size() + " mails";
                judge(later, truth, lives);
            }
            figures += ", " + (System.nanoTime() - start) / 1_000_000_000 + " s";
            System.out.println("torture: " + scenario.name() + ": " + figures);
            return figures;
        }
    }

    private String live(StripeSimulator simulator, Router router, HostConfig config, Lives lives) throws Exception {
        TreeSet<Integer> killings = new TreeSet<>();
        while (killings.size() < scenario.kills()) {
            killings.add(moments.nextInt(lives.deeds() / 5, lives.deeds()));
        }
        try (Fleet fleet = Fleet.start(config, scenario.nodes(), OUTPUT.resolve(scenario.name()))) {
            router.to(fleet);
            for (int deed = 0; !lives.over(); deed++) {
                lives.live();
                if (killings.contains(deed)) {
                    fleet.kill(moments.nextInt(scenario.nodes()));
                }
                Deliveries.keepUp(simulator);
            }
            lives.end();
            int kills = fleet.awaitAll();
            assertThat(simulator.awaitDeliveries(PATIENCE)).as("deliveries end").isTrue();
            assertThat(router.refusals()).as("answers of hosts").isEmpty();
            noLeaks(fleet);
            return kills + " kills, " + router.taken() + " deliveries taken, " + router.lost() + " to the dead";
        }
    }

    private static String catchUp(Host host) {
        ReplayReport replay = host.billing().reconciler().replay();
        work(host);
        SweepRequest everything = SweepRequest.repairing().pause(Duration.ZERO);
        DriftReport sweep = host.billing().reconciler().sweep(everything);
        work(host);
        System.out.println("torture: " + sweep.toTable());
        return ", " + replay.missed() + " events found by the last replay only, "
                + sweep.counts().repaired() + " of " + sweep.counts().drifted() + " objects repaired by the sweep";
    }

    private static void work(Host host) {
        int done = 1;
        while (done > 0) {
            done = host.billing().runDueWork();
        }
    }

    private void judge(Host host, Truth truth, Lives lives) throws Exception {
        Verdict verdict = new Verdict(host, truth, lives.people());
        verdict.inboxIsSettled();
        verdict.mirrorIsTheTruth();
        verdict.sweepIsClean();
        verdict.bookingsTellTheStory();
        verdict.factsAreTold();
        verdict.mailsFollow();
        noWarnings();
    }

    /** Background work borrows a connection for a moment now and then; one that leaks stays borrowed. */
    private static void noLeaks(Fleet fleet) throws IOException {
        Set<Integer> inUse = new HashSet<>();
        for (int look = 0; look < LOOKS && (inUse.isEmpty() || Collections.max(inUse) > 0); look++) {
            inUse = new HashSet<>(fleet.connectionsInUse());
        }
        assertThat(inUse).as("connections in use when nothing is to do").containsExactly(0);
    }

    private void noWarnings() throws IOException {
        for (Path log : Files.list(OUTPUT.resolve(scenario.name())).toList()) {
            assertThat(Files.readString(log)).as("log of a host").doesNotContain("deadlock", "Connection leak");
        }
    }
}
