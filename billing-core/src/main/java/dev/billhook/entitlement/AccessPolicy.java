package dev.billhook.entitlement;

import dev.billhook.catalog.PlanKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The host's rules for subscriptions that are late, waiting or ended. Immutable.
 *
 * @param grace how long a late subscription still gives full access, counted from the start of the unpaid period
 * @param graceOf the same for single plans; of several lines the longest counts
 * @param readOnly how long what has ended can still be read, or null for ever
 * @param meanings what each situation means; every one has a meaning
 * @since 0.1.0
 */
public record AccessPolicy(
        Duration grace,
        Map<PlanKey, Duration> graceOf,
        @Nullable Duration readOnly,
        Map<Situation, Meaning> meanings) {
    /** Fourteen days of grace; what was not paid after it, and what has ended, can be read for ever. */
    public static final AccessPolicy STANDARD = new AccessPolicy(Duration.ofDays(14), null);

    /** No grace; what has ended can be read for thirty days. For what costs the host money every day. */
    public static final AccessPolicy STRICT =
            new AccessPolicy(Duration.ZERO, Duration.ofDays(30)).with(Situation.COLLECTION_PAUSED, Meaning.READ_ONLY);

    /** Thirty days of grace, and full access while a first payment is on its way, as bank debits need days. */
    public static final AccessPolicy LENIENT =
            new AccessPolicy(Duration.ofDays(30), null).with(Situation.FIRST_PAYMENT_OPEN, Meaning.GRACE);

    /**
     * @throws IllegalArgumentException if a duration is negative or a situation has no meaning
     */
    public AccessPolicy {
        graceOf = Map.copyOf(graceOf);
        meanings = Map.copyOf(meanings);
        boolean negative =
                Stream.concat(Stream.of(grace), graceOf.values().stream()).anyMatch(Duration::isNegative);
        if (negative || (readOnly != null && readOnly.isNegative())) {
            throw new IllegalArgumentException("grace and readOnly must not be negative");
        }
        if (meanings.size() < Situation.values().length) {
            throw new IllegalArgumentException("An access policy tells the meaning of every situation");
        }
    }

    /**
     * With the usual meanings.
     *
     * @throws IllegalArgumentException if a duration is negative
     */
    public AccessPolicy(Duration grace, @Nullable Duration readOnly) {
        this(grace, Map.of(), readOnly, usual());
    }

    /** The same with another meaning of a situation. */
    public AccessPolicy with(Situation situation, Meaning meaning) {
        Map<Situation, Meaning> changed = new EnumMap<>(meanings);
        changed.put(situation, meaning);
        return new AccessPolicy(grace, graceOf, readOnly, changed);
    }

    /** The same with another grace for a plan. */
    public AccessPolicy withGrace(PlanKey plan, Duration time) {
        Map<PlanKey, Duration> changed = new HashMap<>(graceOf);
        changed.put(plan, time);
        return new AccessPolicy(grace, changed, readOnly, meanings);
    }

    /** The same with another grace for all plans that have none of their own. */
    public AccessPolicy withGrace(Duration time) {
        return new AccessPolicy(time, graceOf, readOnly, meanings);
    }

    /** The same with another time for reading, null for ever. */
    public AccessPolicy withReadOnly(@Nullable Duration time) {
        return new AccessPolicy(grace, graceOf, time, meanings);
    }

    Meaning meaning(Situation situation) {
        return Objects.requireNonNull(meanings.get(situation));
    }

    Duration graceOf(Collection<PlanKey> plans) {
        return plans.stream()
                .map(graceOf::get)
                .filter(Objects::nonNull)
                .max(Duration::compareTo)
                .orElse(grace);
    }

    private static Map<Situation, Meaning> usual() {
        Map<Situation, Meaning> usual = new EnumMap<>(Situation.class);
        Arrays.stream(Situation.values()).forEach(situation -> usual.put(situation, situation.usual));
        return usual;
    }

    /** Where a subscription stands that a host may see one way or another. */
    public enum Situation {
        /** The first payment is open: status {@code incomplete}. */
        FIRST_PAYMENT_OPEN(Meaning.NOTHING),
        /** Late for longer than the grace: status {@code past_due}. */
        GRACE_OVER(Meaning.READ_ONLY),
        /** The provider gave up collecting: status {@code unpaid}. */
        UNPAID(Meaning.READ_ONLY),
        /** The trial ended without a payment method: status {@code paused}. */
        TRIAL_WITHOUT_PAYMENT_METHOD(Meaning.READ_ONLY),
        /** In good standing, but invoices are not collected for a time. */
        COLLECTION_PAUSED(Meaning.FULL);

        private final Meaning usual;

        Situation(Meaning usual) {
            this.usual = usual;
        }
    }

    /** What a subscription in a situation gives. */
    public enum Meaning {
        /** Nothing, as if there were none. */
        NOTHING,
        /** Reading. */
        READ_ONLY,
        /** Everything, with the request to pay. */
        GRACE,
        /** Everything. */
        FULL
    }
}
