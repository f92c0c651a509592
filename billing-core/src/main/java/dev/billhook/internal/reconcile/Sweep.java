package dev.billhook.internal.reconcile;

import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.Snapshot;
import dev.billhook.reconcile.Drift;
import dev.billhook.spi.provider.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
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
        through(phase, list, Snapshot::objectId, page -> {
            visitor.accept(page);
            return page.items().size();
        });
    }

    /**
     * The same for what is no snapshot.
     *
     * @param id what the next page follows on
     * @param visitor answers how many it compared
     */
    <T> void through(
            SweepState.Phase phase,
            Function<@Nullable String, Page<T>> list,
            Function<T, String> id,
            ToIntFunction<Page<T>> visitor) {
        String last = state.lastOf(phase);
        boolean more = true;
        while (more) {
            Page<T> page = list.apply(last);
            int compared = visitor.applyAsInt(page);
            more = page.more();
            List<T> items = page.items();
            if (!items.isEmpty()) {
                last = id.apply(items.get(items.size() - 1));
            }
            state.reached(phase, last, compared);
            pause.run();
        }
    }

    /**
     * Notes a difference that needs no comparison.
     *
     * @param drift what it is, once it is known whether it was repaired
     * @param repair answers whether it was; not called by a sweep that only looks
     */
    void found(Function<Boolean, Drift> drift, BooleanSupplier repair) {
        state.found(Optional.of(drift.apply(comparison.repairs() && repair.getAsBoolean())));
        pause.run();
    }

    /** Notes the difference of a suspect, if there is one. */
    void confirm(
            String objectId, Supplier<Comparison.Ours> ours, Supplier<? extends Fetched<? extends Snapshot>> theirs) {
        state.found(comparison.confirm(objectId, ours, theirs));
        pause.run();
    }
}
