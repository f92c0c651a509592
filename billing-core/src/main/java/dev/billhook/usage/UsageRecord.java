package dev.billhook.usage;

import dev.billhook.account.AccountRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What an account used of a meter. Account, meter and key together are its identity: recorded again, it counts once.
 *
 * @param account who used it
 * @param meter the meter's event name, as the catalog's metered prices name it
 * @param quantity how much; a negative one takes back what was recorded in excess
 * @param occurredAt when (UTC); decides which period it is charged in, to the second
 * @param key the host's name for this use, 1 to 190 visible ASCII characters, without personal data: a request's id, or account
 *     and minute where a minute's use is summed up
 * @since 0.1.0
 */
public record UsageRecord(AccountRef account, String meter, long quantity, Instant occurredAt, String key) {
    private static final Pattern KEY = Pattern.compile("\\p{Graph}{1,190}");
    private static final int LONGEST_METER = 100;

    /**
     * @throws IllegalArgumentException if the quantity is 0, or the key or the meter is not of the form above
     */
    public UsageRecord {
        if (quantity == 0) {
            throw new IllegalArgumentException("Nothing was used: the quantity is 0");
        }
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("The key of a usage is 1 to 190 visible ASCII characters");
        }
        if (meter.isBlank() || meter.length() > LONGEST_METER) {
            throw new IllegalArgumentException("A meter's name has 1 to " + LONGEST_METER + " characters");
        }
    }

    /** The same for the same account, meter and key, and no others. */
    public String id() {
        String named = part(account.type()) + part(account.id()) + part(meter) + part(key);
        return UUID.nameUUIDFromBytes(named.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** With its length before it, so that no two lists of parts make the same text. */
    private static String part(String text) {
        return text.length() + ":" + text;
    }
}
