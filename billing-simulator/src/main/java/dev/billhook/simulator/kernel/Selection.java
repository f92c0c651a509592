package dev.billhook.simulator.kernel;

import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.kernel.rows.Table.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Which documents of a type are wanted: those that have these values in these fields, were created between two seconds, and hold
 * at least one term of every clause. Fields that are indexed narrow the search, whatever their order; values that terms ask for
 * are indexed once they have been asked for. Immutable.
 *
 * @param equal fields of the first level and their texts
 * @param created when
 * @param clauses terms to choose from
 */
public record Selection(List<Lookup> equal, Span created, List<List<Term>> clauses) {
    /** Everything. */
    public static final Selection ALL = new Selection(List.of(), Span.ALWAYS, List.of());

    public Selection {
        equal = List.copyOf(equal);
        clauses = List.copyOf(clauses);
    }

    /** Whatever holds at least one term of every clause. */
    public static Selection of(List<List<Term>> clauses) {
        return new Selection(List.of(), Span.ALWAYS, clauses);
    }

    /** Whatever holds this term. */
    public static Selection of(Term term) {
        return of(List.of(List.of(term)));
    }

    /** What both select. */
    public Selection and(Selection other) {
        List<Lookup> both = new ArrayList<>(equal);
        both.addAll(other.equal);
        Span span =
                new Span(Math.max(created.from(), other.created.from()), Math.min(created.to(), other.created.to()));
        List<List<Term>> all = new ArrayList<>(clauses);
        all.addAll(other.clauses);
        return new Selection(both, span, all);
    }
}
