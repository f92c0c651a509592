package dev.billhook.simulator.event;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What goes wrong with deliveries on purpose, as it may with Stripe's own. Shares are between 0 (never) and 1 (always). What
 * happens to a delivery follows from the seed, the event's id and the endpoint's id alone, so a run with the same seeds goes wrong
 * in the same way.
 *
 * @param drop share of deliveries that are lost: never sent and never tried again; the event stays readable
 * @param duplicate share of deliveries that are sent once more later, with the same event id
 * @param reorder share of deliveries that are held back until one to three later events have overtaken them
 * @param delay share of deliveries that start late
 * @param twin share of changes that are told by two events with different ids
 * @param longest real time by which something is late at most
 * @param seed what the choices follow from
 */
public record Chaos(
        double drop, double duplicate, double reorder, double delay, double twin, Duration longest, long seed) {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_OVERTAKERS = 3;
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** Everything is delivered once, in order and at once. */
    public static final Chaos NONE = new Chaos(0, 0, 0, 0, 0, Duration.ofSeconds(1), 0);

    /** What happens to one delivery; zero where nothing does. */
    record Fate(boolean dropped, int overtakers, Duration delay, Duration duplicateAfter) {
        static final Fate NORMAL = new Fate(false, 0, Duration.ZERO, Duration.ZERO);
    }

    public Chaos {
        share("drop", drop);
        share("duplicate", duplicate);
        share("reorder", reorder);
        share("delay", delay);
        share("twin", twin);
        if (longest.isNegative() || longest.isZero() || longest.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("longest must be above zero and at most an hour");
        }
    }

    /** The same with this share of lost deliveries. */
    public Chaos dropping(double share) {
        return new Chaos(share, duplicate, reorder, delay, twin, longest, seed);
    }

    /** The same with this share of repeated deliveries. */
    public Chaos duplicating(double share) {
        return new Chaos(drop, share, reorder, delay, twin, longest, seed);
    }

    /** The same with this share of overtaken deliveries. */
    public Chaos reordering(double share) {
        return new Chaos(drop, duplicate, share, delay, twin, longest, seed);
    }

    /** The same with this share of late deliveries. */
    public Chaos delaying(double share) {
        return new Chaos(drop, duplicate, reorder, share, twin, longest, seed);
    }

    /** The same with this share of changes that are told by two events. */
    public Chaos twinning(double share) {
        return new Chaos(drop, duplicate, reorder, delay, share, longest, seed);
    }

    /** The same, with nothing later than this in real time. */
    public Chaos within(Duration duration) {
        return new Chaos(drop, duplicate, reorder, delay, twin, duration, seed);
    }

    /** The same with choices that follow from this seed. */
    public Chaos seeded(long value) {
        return new Chaos(drop, duplicate, reorder, delay, twin, longest, value);
    }

    /**
     * Reads settings as {@link #toString} writes them, for example {@code drop=0.05,duplicate=0.1,longest_ms=200,seed=7}; what is
     * not named stays as in {@link #NONE}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Chaos parse(String text) {
        Chaos chaos = NONE;
        for (String setting : text.split(",", -1)) {
            int equals = setting.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + setting + "' is not of the form name=value");
            }
            chaos = chaos.with(
                    setting.substring(0, equals).trim(),
                    setting.substring(equals + 1).trim());
        }
        return chaos;
    }

    /**
     * The same with one setting, named as in {@link #settings}.
     *
     * @throws IllegalArgumentException when there is no such setting or it cannot have this value
     */
    public Chaos with(String name, String value) {
        try {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "drop" -> dropping(Double.parseDouble(value));
                case "duplicate" -> duplicating(Double.parseDouble(value));
                case "reorder" -> reordering(Double.parseDouble(value));
                case "delay" -> delaying(Double.parseDouble(value));
                case "twin" -> twinning(Double.parseDouble(value));
                case "longest_ms" -> within(Duration.ofMillis(Long.parseLong(value)));
                case "seed" -> seeded(Long.parseLong(value));
                default ->
                    throw new IllegalArgumentException(
                            "chaos knows " + String.join(", ", NONE.settings().keySet()) + ", not " + name);
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, not '" + value + "'", e);
        }
    }

    /** The settings by name. */
    public Map<String, Number> settings() {
        Map<String, Number> settings = new LinkedHashMap<>();
        settings.put("drop", drop);
        settings.put("duplicate", duplicate);
        settings.put("reorder", reorder);
        settings.put("delay", delay);
        settings.put("twin", twin);
        settings.put("longest_ms", longest.toMillis());
        settings.put("seed", seed);
        return settings;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        settings()
                .forEach((name, value) -> text.append(text.isEmpty() ? "" : ",")
                        .append(name)
                        .append('=')
                        .append(value));
        return text.toString();
    }

    /** What happens to the delivery of an event to an endpoint. */
    Fate fateOf(String eventId, String endpointId) {
        SplittableRandom random = random(eventId + ' ' + endpointId);
        // Every number is drawn always: raising one share must not change what the others hit.
        boolean dropped = random.nextDouble() < drop;
        boolean duplicated = random.nextDouble() < duplicate;
        boolean overtaken = random.nextDouble() < reorder;
        boolean late = random.nextDouble() < delay;
        int overtakers = 1 + random.nextInt(MOST_OVERTAKERS);
        Duration lateBy = Duration.ofMillis(1 + random.nextLong(longest.toMillis() + 1));
        Duration again = Duration.ofMillis(1 + random.nextLong(longest.toMillis() + 1));
        return new Fate(
                dropped,
                overtaken ? overtakers : 0,
                late && !overtaken ? lateBy : Duration.ZERO,
                duplicated ? again : Duration.ZERO);
    }

    /** Whether a change is told by a second event. */
    public boolean isTwinned(String eventId) {
        return twin > 0 && random(eventId).nextDouble() < twin;
    }

    private SplittableRandom random(String text) {
        long hash = FNV_BASIS ^ seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return new SplittableRandom(hash);
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1");
        }
    }
}
