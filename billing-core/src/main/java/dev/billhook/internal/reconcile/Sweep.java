package dev.billhook.internal.reconcile;

import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.Snapshot;
import dev.billhook.spi.provider.Page;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What going through one of the provider's lists needs. Used by one thread.
 *
 * @param comparison confirms suspects
 * @param state how far it got
 * @param pause waits between two calls to the provider
 */
record Sweep(Comparison comparison, SweepState state, Runnable pause) {
    /** Most objects of a page. */
    static final int PAGE = 100;

    /** Goes through the pages of a list, from where the run before has stopped. */
    <T extends Snapshot> void through(
            SweepState.Phase phase, Function<@Nullable String, Page<T>> list, Consumer<Page<T>> visitor) {
        String last = state.lastOf(phase);
        boolean more = true;
        while (more) {
            Page<T> page = list.apply(last);
            visitor.accept(page);
            more = page.more();
            List<T> items = page.items();
            if (!items.isEmpty()) {
                last = items.get(items.size() - 1).objectId();
            }
            state.reached(phase, last, items.size());
            pause.run();
        }
    }

    /** Notes the difference of a suspect, if there is one. */
    void confirm(
            String objectId, Supplier<Comparison.Ours> ours, Supplier<? extends Fetched<? extends Snapshot>> theirs) {
        state.found(comparison.confirm(objectId, ours, theirs));
        pause.run();
    }
}
