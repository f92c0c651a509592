package dev.billhook.internal.entitlement;

import dev.billhook.enforcement.ShadowObserver;
import dev.billhook.entitlement.Entitlements;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Denies nothing, and tells what would have been denied: about once a minute for each account and thing, and never more than the
 * table has places. Of two things that share a place in one minute the second is told in the next, where their places are others.
 */
public final class Shadow implements Entitlements.OnDenial {
    private static final Logger LOG = LoggerFactory.getLogger(Shadow.class);
    private static final int PLACES = 1 << 14;
    private static final long MILLIS_A_MINUTE = 60_000;

    private final ShadowObserver observer;
    private final InstantSource clock;
    private final AtomicIntegerArray toldInMinute = new AtomicIntegerArray(PLACES);

    /**
     * @param observer who is told, or null for the log
     */
    public Shadow(@Nullable ShadowObserver observer, InstantSource clock) {
        this.observer = observer == null ? Shadow::log : observer;
        this.clock = clock;
    }

    @Override
    public boolean letsThrough(Entitlements answer, String what) {
        int minute = (int) (clock.millis() / MILLIS_A_MINUTE);
        int place = spread((answer.account().hashCode() * 31 + what.hashCode()) * 31 + minute) & (PLACES - 1);
        int told = toldInMinute.get(place);
        if (told != minute && toldInMinute.compareAndSet(place, told, minute)) {
            tell(answer.computed(), what);
        }
        return true;
    }

    /** The finishing step of MurmurHash 3: near hashes get places far apart. */
    private static int spread(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
        mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
        return mixed ^ (mixed >>> 16);
    }

    private void tell(Entitlements computed, String what) {
        try {
            observer.wouldDeny(computed, what);
        } catch (RuntimeException e) {
            LOG.warn("The shadow observer failed; nothing is denied all the same", e);
        }
    }

    private static void log(Entitlements computed, String what) {
        LOG.info(
                "Account {} would be denied '{}': its access is {} ({}), next step {}",
                computed.account(),
                what,
                computed.state(),
                computed.reason(),
                computed.nextStep());
    }
}
