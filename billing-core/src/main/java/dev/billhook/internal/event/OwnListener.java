package dev.billhook.internal.event;

import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import java.util.List;

/** Hands events to Billhook's own reactions, by the outbox like any other after-commit listener: none is lost. */
public final class OwnListener implements BillingListener {
    /** Its name in the outbox. */
    public static final String NAME = "billhook";

    private volatile List<Reaction> reactions = List.of();

    /** Names the reactions; they need the mirror, which tells its events here. */
    public void reactWith(List<Reaction> all) {
        reactions = List.copyOf(all);
    }

    @Override
    public boolean wants(BillingEvent event) {
        return reactions.stream().anyMatch(reaction -> reaction.concerns(event));
    }

    @Override
    public void on(BillingEvent event) {
        reactions.stream().filter(reaction -> reaction.concerns(event)).forEach(reaction -> reaction.on(event));
    }

    @Override
    public String name() {
        return NAME;
    }
}
