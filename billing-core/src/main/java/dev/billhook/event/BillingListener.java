package dev.billhook.event;

/**
 * The host's reaction to events. Must be thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BillingListener {
    /**
     * Takes one event. For {@link ListenerPhase#IN_TRANSACTION} an exception rolls the whole change back, and the
     * provider's event is tried again later; for {@link ListenerPhase#AFTER_COMMIT} only this listener is called again
     * with this event.
     */
    void on(BillingEvent event);

    /** Whether it is told of the event; of all unless overridden. Must answer the same for the same event. */
    default boolean wants(BillingEvent event) {
        return true;
    }

    /** When it is called; after the commit unless overridden. */
    default ListenerPhase phase() {
        return ListenerPhase.AFTER_COMMIT;
    }

    /**
     * Stable name, unique in the host: undelivered events are kept under it across restarts. The class name unless
     * overridden; lambdas have no stable class name and are given one by {@link #named}.
     */
    default String name() {
        return getClass().getName();
    }

    /** A listener with a name of its own. */
    static BillingListener named(String name, ListenerPhase phase, BillingListener listener) {
        return new NamedListener(name, phase, listener);
    }
}
