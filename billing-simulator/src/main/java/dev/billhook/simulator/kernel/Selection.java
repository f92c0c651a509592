package dev.billhook.simulator.kernel;

import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.kernel.rows.Table.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which documents of a type are wanted: those that have these values in these fields, were created between two seconds, and pass
 * the test. Fields that are indexed narrow the search, whatever their order. Immutable.
 *
 * @param equal fields of the first level and their texts
 * @param created when
 * @param test what else is wanted
 */
public record Selection(List<Lookup> equal, Span created, Predicate<Fields> test) {
    /** Everything. */
    public static final Selection ALL = new Selection(List.of(), Span.ALWAYS, any -> true);

    public Selection {
        equal = List.copyOf(equal);
    }

    /** What both select. */
    public Selection and(Selection other) {
        List<Lookup> both = new ArrayList<>(equal);
        both.addAll(other.equal);
        Span span =
                new Span(Math.max(created.from(), other.created.from()), Math.min(created.to(), other.created.to()));
        return new Selection(both, span, test.and(other.test));
    }
}
