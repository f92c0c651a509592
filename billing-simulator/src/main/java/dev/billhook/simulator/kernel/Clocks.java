package dev.billhook.simulator.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Timeline.Timer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The common course of time and those of test clocks. Not thread-safe. */
final class Clocks {
    private final Settings settings;
    private final Map<String, Timeline> testClocks = new TreeMap<>();
    private Timeline common;
    private long timerSeq;

    Clocks(Settings settings) {
        this.settings = settings;
        this.common = at(settings.start() == null ? settings.wall().instant() : settings.start());
    }

    Timeline common() {
        return common;
    }

    /** The course of a test clock; the common one when there is none of this name. */
    Timeline of(@Nullable String testClock) {
        return testClock == null ? common : testClocks.getOrDefault(testClock, common);
    }

    void add(String id, Instant start) {
        testClocks.put(id, new Timeline(start, null));
    }

    void remove(String id) {
        testClocks.remove(id);
    }

    /** A timer after all that were made before. */
    Timer timer(long second, String kind, String objectId) {
        return new Timer(Instant.ofEpochSecond(second), timerSeq++, kind, objectId);
    }

    void reset() {
        testClocks.clear();
        common = at(settings.start() == null ? settings.wall().instant() : settings.start());
    }

    /** What time it is on which clock. */
    ObjectNode save() {
        ObjectNode saved = Docs.object();
        saved.put("now", common.now().toString());
        saved.put("timer_seq", timerSeq);
        ObjectNode clocks = saved.putObject("test_clocks");
        testClocks.forEach((id, clock) -> clocks.put(id, clock.now().toString()));
        return saved;
    }

    /** What is due when, in the order in which it was set. */
    Stream<ObjectNode> saveTimers() {
        return Stream.concat(
                common.timers().map(timer -> save(null, timer)),
                testClocks.entrySet().stream()
                        .flatMap(entry -> entry.getValue().timers().map(timer -> save(entry.getKey(), timer))));
    }

    void restore(ObjectNode saved) {
        testClocks.clear();
        common = at(Instant.parse(Docs.textOf(saved, "now")));
        timerSeq = Docs.numberOf(saved, "timer_seq");
        Docs.child(saved, "test_clocks")
                .properties()
                .forEach(clock ->
                        add(clock.getKey(), Instant.parse(clock.getValue().asText())));
    }

    void restoreTimer(ObjectNode saved) {
        Instant at = Instant.ofEpochSecond(Docs.numberOf(saved, "at"));
        of(Docs.text(saved, "clock"))
                .add(new Timer(
                        at, Docs.numberOf(saved, "seq"), Docs.textOf(saved, "kind"), Docs.textOf(saved, "object")));
    }

    private static ObjectNode save(@Nullable String clock, Timer timer) {
        ObjectNode saved = Docs.object();
        saved.put("clock", clock);
        saved.put("at", timer.at().getEpochSecond());
        saved.put("seq", timer.seq());
        saved.put("kind", timer.kind());
        saved.put("object", timer.objectId());
        return saved;
    }

    private Timeline at(Instant start) {
        InstantSource wall = settings.wall();
        return settings.running()
                ? new Timeline(start, wall)
                : new Timeline(start.truncatedTo(ChronoUnit.SECONDS), null);
    }
}
