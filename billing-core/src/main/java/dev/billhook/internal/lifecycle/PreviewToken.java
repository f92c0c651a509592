package dev.billhook.internal.lifecycle;

import dev.billhook.catalog.PlanKey;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Timing;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a preview promised, as it leaves the host and comes back.
 *
 * @param subscriptionId the subscription that changes
 * @param wish what was asked for
 * @param prorationDate until when the present lines count as used
 * @param expiresAt until when it can be confirmed
 * @param free whether only something that was scheduled is withdrawn, if anything: that leaves no mark at the provider
 * @param amends the schedule that is put in step with the change once that is made, or empty
 * @param state fingerprint of the subscription
 * @param money fingerprint of the forecast
 */
record PreviewToken(
        String subscriptionId,
        PlanChange wish,
        Instant prorationDate,
        Instant expiresAt,
        boolean free,
        String amends,
        String state,
        String money) {
    private static final String VERSION = "2";
    private static final String SEPARATOR = "\n";
    private static final int FIELDS = 12;

    /** One field a line. */
    String text() {
        return String.join(
                SEPARATOR,
                VERSION,
                subscriptionId,
                wish.target().value(),
                wish.units() == null ? "" : wish.units().toString(),
                wish.timing() == null ? "" : wish.timing().name(),
                Boolean.toString(wish.toPresentPrices()),
                Long.toString(prorationDate.getEpochSecond()),
                Long.toString(expiresAt.getEpochSecond()),
                Boolean.toString(free),
                amends,
                state,
                money);
    }

    /** Reads what {@link #text} wrote; empty if it is something else. */
    static Optional<PreviewToken> parse(String text) {
        String[] fields = text.split(SEPARATOR, -1);
        if (fields.length != FIELDS || !fields[0].equals(VERSION)) {
            return Optional.empty();
        }
        try {
            PlanChange wish = new PlanChange(
                    PlanKey.of(fields[2]),
                    fields[3].isEmpty() ? null : Long.valueOf(fields[3]),
                    fields[4].isEmpty() ? null : Timing.valueOf(fields[4]),
                    Boolean.parseBoolean(fields[5]));
            return Optional.of(new PreviewToken(
                    fields[1],
                    wish,
                    second(fields[6]),
                    second(fields[7]),
                    Boolean.parseBoolean(fields[8]),
                    fields[9],
                    fields[10],
                    fields[11]));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant second(String text) {
        return Instant.ofEpochSecond(Long.parseLong(text));
    }
}
