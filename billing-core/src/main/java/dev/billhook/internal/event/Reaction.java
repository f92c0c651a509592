package dev.billhook.internal.event;

import dev.billhook.event.BillingEvent;

/** What Billhook itself does because of events, after the commit that told of them. May come more than once for an event. */
public interface Reaction {
    /** Whether the event can mean anything here; answers the same for the same event. */
    boolean concerns(BillingEvent event);

    /** Does what follows from the event and from how things are now. */
    void on(BillingEvent event);
}
