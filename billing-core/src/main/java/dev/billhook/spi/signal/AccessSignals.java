package dev.billhook.spi.signal;

import java.util.Set;

/**
 * Tells the other nodes of a scope at once whose access changes, so that they forget what they remember of it. Signals may get
 * lost, as long as the receiver is told of it as soon as may be; until then answers are as old as
 * {@link dev.billhook.entitlement.EntitlementCaching} allows. For one {@link dev.billhook.Billing}, which closes it. Thread-safe.
 *
 * @since 0.1.0
 */
public interface AccessSignals extends AutoCloseable {
    /**
     * Sends when the transaction that is open on this thread commits, and only then.
     *
     * @param marks numbers made of the accounts that change; nobody can tell from them who that is
     * @throws dev.billhook.StoreException if the transaction cannot go on
     */
    void send(Set<Integer> marks);

    /** Begins to listen. Called once. */
    void start(Receiver receiver);

    /** Stops listening. Closing twice does nothing more. */
    @Override
    void close();

    /** Forgets. Thread-safe, quick and free of failures. */
    interface Receiver {
        /** Access of the accounts of these numbers has changed on another node. */
        void changed(Set<Integer> marks);

        /** Signals may have got lost: whatever is remembered may be wrong. */
        void allChanged();
    }
}
