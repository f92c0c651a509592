package dev.billhook.simulator.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.kernel.rows.Row;
import dev.billhook.simulator.kernel.rows.Shelf;
import dev.billhook.simulator.kernel.rows.Table;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a table that a {@link Selection} wants. The index that leaves fewest leads. What terms want is read from the
 * documents that are left; where these are many it is found by indexes, made when a value is first asked for. An index cannot be
 * made in the middle of a unit of work.
 */
final class Choice {
    private static final String NONE = "\0";

    private final Table table;
    private final Shelf shelf;
    private final Selection selection;
    private final @Nullable Lookup lead;
    private final List<Lookup> others;
    private final Predicate<Row> wanted;
    /** Numbers of the rows that may be wanted; null where values are read instead. */
    private final @Nullable BitSet numbers;

    /** Reads values of up to so many documents before it finds them by indexes, and of any number while a unit is open. */
    Choice(Table table, Shelf shelf, Selection selection, int few) {
        this.table = table;
        this.shelf = shelf;
        this.selection = selection;
        List<Lookup> indexed = selection.equal().stream()
                .filter(lookup -> table.hasIndex(lookup.index()))
                .toList();
        this.lead = indexed.stream()
                .min(Comparator.comparingInt(lookup -> table.count(lookup.index(), lookup.value())))
                .orElse(null);
        this.others = indexed.stream().filter(lookup -> !lookup.equals(lead)).toList();
        int left = lead == null ? table.size() : table.count(lead.index(), lead.value());
        List<List<Term>> clauses = clauses();
        BitSet found = clauses.isEmpty() || left <= few ? null : found(clauses);
        this.numbers = found;
        this.wanted = found == null ? row -> reads(row, clauses) : row -> found.get(row.seq());
    }

    Stream<ObjectNode> newestFirst(@Nullable String after) {
        Row cursor = after == null ? null : cursor(after);
        return chosen(
                lead == null
                        ? table.newestFirst(null, "", cursor, selection.created(), numbers)
                        : table.newestFirst(lead.index(), lead.value(), cursor, selection.created(), numbers));
    }

    Stream<ObjectNode> oldestFirst(String before) {
        return chosen(
                lead == null
                        ? table.oldestFirst(null, "", cursor(before), selection.created(), numbers)
                        : table.oldestFirst(lead.index(), lead.value(), cursor(before), selection.created(), numbers));
    }

    private Row cursor(String id) {
        return Objects.requireNonNull(table.find(id), "cursor");
    }

    private Stream<ObjectNode> chosen(Stream<Row> rows) {
        return rows.filter(row -> wanted.test(row) && selection.created().contains(row.created()) && isInOthers(row))
                .map(shelf::glance);
    }

    private boolean isInOthers(Row row) {
        for (Lookup lookup : others) {
            if (!table.isFoundBy(lookup.index(), lookup.value(), row)) {
                return false;
            }
        }
        return true;
    }

    /** What is wanted of values, also of fields that should equal something and have no index of their own. */
    private List<List<Term>> clauses() {
        List<List<Term>> clauses = new ArrayList<>(selection.clauses());
        selection.equal().stream()
                .filter(lookup -> !table.hasIndex(lookup.index()))
                .forEach(lookup -> clauses.add(List.of(Term.of(lookup.index(), lookup.value()::equals))));
        return clauses;
    }

    private boolean reads(Row row, List<List<Term>> clauses) {
        return clauses.stream()
                .allMatch(clause -> clause.stream().anyMatch(term -> term.passes(shelf.at(row, term.path()))));
    }

    private BitSet found(List<List<Term>> clauses) {
        BitSet all = null;
        for (List<Term> clause : clauses) {
            BitSet any = new BitSet();
            clause.forEach(term -> any.or(numbers(term)));
            if (all == null) {
                all = any;
            } else {
                all.and(any);
            }
        }
        return all == null ? new BitSet() : all;
    }

    private BitSet numbers(Term term) {
        String name = "/" + String.join(NONE, term.path());
        table.use(name, doc -> key(Term.textOf(term.in(doc))), row -> key(Term.textOf(shelf.at(row, term.path()))));
        return table.numbers(name, value -> term.test().passes(NONE.equals(value) ? null : value));
    }

    private static List<String> key(@Nullable String text) {
        return List.of(text == null ? NONE : text);
    }
}
