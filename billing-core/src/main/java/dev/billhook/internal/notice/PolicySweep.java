package dev.billhook.internal.notice;

import dev.billhook.account.AccountRef;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.notice.NoticePolicy;
import dev.billhook.notice.Told;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.notice.NoticeStore.Mark;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Has every account looked at once when the policies are others than those the looks were planned by: at the first start with a
 * database, and after a change. A page at a time, by all nodes together; a node that dies leaves off where the next goes on.
 */
public final class PolicySweep {
    private static final String CURSOR = "notices.sweep";
    private static final String DONE = "*";

    private final BillingStores stores;
    private final String fingerprint;
    private final boolean off;
    private boolean begun;
    private boolean done;

    /** A sweep for these policies. */
    public PolicySweep(BillingStores stores, NoticePolicy notices, AccessPolicy access) {
        this.stores = stores;
        this.fingerprint = fingerprint(notices, access);
        this.off = notices.equals(NoticePolicy.NONE);
    }

    /**
     * Marks the accounts of the next page.
     *
     * @return how many those were; 0 once all are
     */
    public synchronized int run(Instant now, int max) {
        if (done) {
            return 0;
        }
        int marked = stores.transactor().inTransaction(() -> page(now, max));
        begun = true;
        done = marked < max;
        return marked;
    }

    /** Of two processes with different policies the one that began last has its way. */
    private int page(Instant now, int max) {
        Reached reached = Reached.parse(stores.cursors().find(CURSOR).orElse(""));
        if (!reached.fingerprint().equals(fingerprint)) {
            if (begun) {
                return 0;
            }
            reached = new Reached(fingerprint, off ? DONE : "");
            save(reached);
        }
        if (reached.after().equals(DONE)) {
            return 0;
        }
        List<AccountRef> page = stores.accounts().list(reached.account(), max);
        stores.notices()
                .mark(page.stream()
                        .filter(account -> !account.deleted())
                        .map(account -> new Mark(account, now, Told.UNKNOWN))
                        .toList());
        save(new Reached(
                fingerprint,
                page.size() < max ? DONE : page.get(page.size() - 1).toString()));
        return page.size();
    }

    private void save(Reached reached) {
        stores.cursors().save(CURSOR, reached.toString());
    }

    /** The policies' values have the same text in every process, which their maps alone have not. */
    private static String fingerprint(NoticePolicy notices, AccessPolicy access) {
        String text = notices + "|" + access.grace() + "|" + texts(access.graceOf()) + "|" + access.readOnly() + "|"
                + texts(access.meanings());
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String texts(Map<?, ?> values) {
        Map<String, Object> sorted = new TreeMap<>();
        values.forEach((key, value) -> sorted.put(key.toString(), value));
        return sorted.toString();
    }

    private record Reached(String fingerprint, String after) {
        static Reached parse(String text) {
            int space = text.indexOf(' ');
            return space < 0 ? new Reached("", "") : new Reached(text.substring(0, space), text.substring(space + 1));
        }

        @Nullable AccountRef account() {
            return after.isEmpty() ? null : AccountRef.parse(after);
        }

        @Override
        public String toString() {
            return fingerprint + " " + after;
        }
    }
}
