package dev.billhook.simulator.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Timeline.Timer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The world of one simulator: its documents, its courses of time and its identifiers. Every request and every timer is one unit
 * of work, carried out alone: what it did becomes visible as a whole or not at all. Thread-safe through {@link #atomically}.
 */
public final class Simulation {
    /** Is told how a unit of work ended. */
    public interface UnitListener {
        /** Everything the unit did is permanent. */
        void committed();

        /** Everything the unit did is undone. */
        void rolledBack();

        /** Remembers the present state of the open unit; running what this returns brings it back. */
        Runnable savepoint();
    }

    private record Pending(@Nullable String clock, Timer timer) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Settings settings;
    private final Store store = new Store();
    private final Ids ids;
    private final Ids requestIds;
    private final Clocks clocks;
    private final Map<String, Consumer<String>> timerKinds = new HashMap<>();
    private final List<UnitListener> listeners = new ArrayList<>();
    private final List<Pending> pendingTimers = new ArrayList<>();
    private final List<Runnable> afterUnit = new ArrayList<>();
    private RequestInfo request = RequestInfo.NONE;
    private boolean inUnit;
    private boolean discarding;

    public Simulation(Settings settings) {
        this.settings = settings;
        this.ids = new Ids(settings.seed());
        this.requestIds = new Ids(~settings.seed());
        this.clocks = new Clocks(settings);
    }

    /** What it was started with. */
    public Settings settings() {
        return settings;
    }

    /** The documents; only to be used within {@link #atomically}. */
    public Store store() {
        return store;
    }

    /** Makes identifiers; only to be used within {@link #atomically}. */
    public Ids ids() {
        return ids;
    }

    /** A new identifier of a request. Thread-safe. */
    public String newRequestId() {
        return exclusively(() -> "req_" + requestIds.letters(14));
    }

    /** The request being carried out. */
    public RequestInfo request() {
        return request;
    }

    /** Simulated time of everything that is on no test clock. Thread-safe. */
    public InstantSource clock() {
        return () -> exclusively(() -> clocks.common().now());
    }

    /** The second it is on this test clock, or on the common clock when null or unknown. */
    public long now(@Nullable String testClock) {
        return clocks.of(testClock).now().getEpochSecond();
    }

    /** Registers what happens when a timer of this kind is due. */
    public void onTimer(String kind, Consumer<String> action) {
        timerKinds.put(kind, action);
    }

    /** Registers a listener for the ends of units. */
    public void listen(UnitListener listener) {
        listeners.add(listener);
    }

    /**
     * Lets something happen at a second of a clock. The action checks whether it is still called for: timers are never withdrawn.
     */
    public void schedule(@Nullable String testClock, long second, String kind, String objectId) {
        pendingTimers.add(new Pending(testClock, clocks.timer(second, kind, objectId)));
    }

    /** Runs something after the present unit has been made permanent. */
    public void afterUnit(Runnable action) {
        afterUnit.add(action);
    }

    /** Lets the present unit be undone in the end although it succeeds: what it answers is hypothetical. */
    public void discardUnit() {
        discarding = true;
    }

    /**
     * Carries something out within the present unit of work as if it were this second on a clock, and undoes it: only what it
     * answers is left of it.
     */
    public <T extends @Nullable Object> T hypothetically(@Nullable String testClock, long second, Supplier<T> work) {
        List<Runnable> undo = new ArrayList<>(List.of(store.savepoint()));
        listeners.forEach(listener -> undo.add(listener.savepoint()));
        int timers = pendingTimers.size();
        int actions = afterUnit.size();
        try {
            return clocks.of(testClock).pretend(Instant.ofEpochSecond(second), work);
        } finally {
            undo.forEach(Runnable::run);
            pendingTimers.subList(timers, pendingTimers.size()).clear();
            afterUnit.subList(actions, afterUnit.size()).clear();
        }
    }

    /** Carries out a unit of work for a request, after everything that time has made due. */
    public <T> T atomically(RequestInfo info, Supplier<T> work) {
        return exclusively(() -> {
            if (inUnit) {
                return work.get();
            }
            clocks.common().runUntil(clocks.common().now(), this::fire);
            T result = unit(info, work);
            runAfterUnit();
            return result;
        });
    }

    /** Moves the common clock forward, letting everything happen that becomes due, in order. */
    public void advanceTo(Instant target) {
        exclusively(() -> {
            if (target.isBefore(clocks.common().now().truncatedTo(ChronoUnit.SECONDS))) {
                throw ApiError.invalid(null, "to", "Time cannot go back.");
            }
            clocks.common().runUntil(target, this::fire);
            clocks.common().moveTo(target);
            return target;
        });
    }

    /** When the next timer of the common clock is due; null when none is. It need not do anything: timers are never withdrawn. */
    public @Nullable Instant nextDue() {
        return exclusively(() -> Optional.ofNullable(clocks.common().next())).orElse(null);
    }

    /** Starts a test clock. */
    public void addTestClock(String id, Instant start) {
        clocks.add(id, start);
    }

    /** Moves a test clock forward; must be called between units. */
    public void advanceTestClock(String id, Instant target) {
        exclusively(() -> {
            Timeline clock = clocks.of(id);
            clock.runUntil(target, this::fire);
            clock.moveTo(target);
            return target;
        });
    }

    /** Removes a test clock and what is due on it. */
    public void removeTestClock(String id) {
        clocks.remove(id);
    }

    /** Forgets everything and starts again. */
    public void reset() {
        exclusively(() -> {
            store.clear();
            clocks.reset();
            return store;
        });
    }

    /** What time it is, and what identifiers are next. */
    public ObjectNode save() {
        ObjectNode saved = clocks.save();
        saved.put("ids", ids.state());
        saved.put("request_ids", requestIds.state());
        return saved;
    }

    /** What is due when. */
    public Stream<ObjectNode> saveTimers() {
        return clocks.saveTimers();
    }

    /** Takes up time and identifiers as they were saved; only after {@link #reset}. */
    public void restore(ObjectNode saved) {
        clocks.restore(saved);
        ids.restore(Docs.numberOf(saved, "ids"));
        requestIds.restore(Docs.numberOf(saved, "request_ids"));
    }

    /** Takes up a timer that was saved. */
    public void restoreTimer(ObjectNode saved) {
        clocks.restoreTimer(saved);
    }

    /** Takes up a document that was saved, after all that were created before it. */
    public void restoreDocument(ObjectNode doc) {
        store.insert(doc);
        store.commit();
    }

    private <T> T unit(RequestInfo info, Supplier<T> work) {
        inUnit = true;
        request = info;
        try {
            T result = work.get();
            if (discarding) {
                rollback();
            } else {
                commit();
            }
            return result;
        } catch (ApiError e) {
            if (e.isKeepingState()) {
                commit();
            } else {
                rollback();
            }
            throw e;
        } catch (RuntimeException | Error e) {
            rollback();
            throw e;
        } finally {
            inUnit = false;
            discarding = false;
            request = RequestInfo.NONE;
        }
    }

    private void commit() {
        store.commit();
        pendingTimers.forEach(pending -> clocks.of(pending.clock()).add(pending.timer()));
        pendingTimers.clear();
        listeners.forEach(UnitListener::committed);
    }

    private void rollback() {
        store.rollback();
        pendingTimers.clear();
        afterUnit.clear();
        listeners.forEach(UnitListener::rolledBack);
    }

    private void fire(Timer timer) {
        Consumer<String> action = timerKinds.get(timer.kind());
        if (action == null) {
            throw new IllegalStateException("no timer of kind " + timer.kind());
        }
        unit(RequestInfo.NONE, () -> {
            action.accept(timer.objectId());
            return timer;
        });
        runAfterUnit();
    }

    private void runAfterUnit() {
        List<Runnable> actions = List.copyOf(afterUnit);
        afterUnit.clear();
        actions.forEach(Runnable::run);
    }

    /** Carries something out while nothing else happens; several units may follow each other in it. */
    public <T> T exclusively(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
