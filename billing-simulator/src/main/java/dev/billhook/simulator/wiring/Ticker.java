package dev.billhook.simulator.wiring;

import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.kernel.Simulation;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Lets what becomes due by itself happen while time runs and nobody asks for anything. */
public final class Ticker implements AutoCloseable {
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "billing-simulator-clock");
        thread.setDaemon(true);
        return thread;
    });

    /** Begins, once a second of real time. */
    public Ticker(Simulation simulation) {
        Runnable tick = () -> simulation.atomically(RequestInfo.NONE, () -> "tick");
        var unused = scheduler.scheduleWithFixedDelay(tick, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
