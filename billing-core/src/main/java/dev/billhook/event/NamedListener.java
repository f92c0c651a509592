package dev.billhook.event;

/** Gives a lambda a stable name and a phase. */
record NamedListener(String name, ListenerPhase phase, BillingListener listener) implements BillingListener {
    @Override
    public void on(BillingEvent event) {
        listener.on(event);
    }

    @Override
    public boolean wants(BillingEvent event) {
        return listener.wants(event);
    }
}
