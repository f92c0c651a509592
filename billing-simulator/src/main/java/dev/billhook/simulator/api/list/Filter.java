package dev.billhook.simulator.api.list;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Selection;
import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.kernel.Term;
import dev.billhook.simulator.kernel.rows.Table.Span;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A filter of documents that also tells, as far as it can, what it wants in a form that indexes answer. Joined with {@link #and} it
 * stays one.
 *
 * @param selection what indexes and single fields decide
 * @param rest what only the whole document decides
 */
record Filter(Selection selection, Predicate<ObjectNode> rest) implements Predicate<ObjectNode> {
    private static final Filter ALL = new Filter(Selection.ALL, any -> true);

    static Filter of(Predicate<? super ObjectNode> filter) {
        return filter instanceof Filter known ? known : new Filter(Selection.ALL, filter::test);
    }

    static Filter equal(Lookup lookup) {
        return new Filter(new Selection(List.of(lookup), Span.ALWAYS, List.of()), any -> true);
    }

    static Filter equal(String field, @Nullable JsonNode wanted) {
        if (wanted == null) {
            return ALL;
        }
        return wanted.isTextual()
                ? equal(new Lookup(field, wanted.textValue()))
                : passing(field, wanted.isNull() ? Objects::isNull : wanted.asText()::equals);
    }

    static Filter range(String field, @Nullable JsonNode given) {
        if (given == null || given.isNull()) {
            return ALL;
        }
        long from = given.isNumber() ? given.longValue() : Math.max(bound(given, "gte", 0), bound(given, "gt", 1));
        long to = given.isNumber() ? given.longValue() : Math.min(bound(given, "lte", 0), bound(given, "lt", -1));
        if ("created".equals(field)) {
            return new Filter(new Selection(List.of(), new Span(from, to), List.of()), any -> true);
        }
        return passing(field, text -> {
            Long number = SearchQuery.number(text);
            return number != null && number >= from && number <= to;
        });
    }

    /** What wants something of the text of a field; null where it has none. */
    static Filter passing(String field, Term.Test test) {
        return new Filter(Selection.of(Term.of(field, test)), any -> true);
    }

    /** The bound, moved by a second where it is exclusive; open where it is not given. */
    private static long bound(JsonNode given, String name, int step) {
        Long value = Docs.number(given, name);
        boolean lower = name.startsWith("gt");
        if (value == null) {
            return lower ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        boolean atEdge = value == (lower ? Long.MAX_VALUE : Long.MIN_VALUE);
        return atEdge ? value : value + step;
    }

    @Override
    public boolean test(ObjectNode doc) {
        return selection.created().contains(Docs.numberOf(doc, "created"))
                && selection.equal().stream().allMatch(wanted -> wanted.value().equals(Docs.text(doc, wanted.index())))
                && selection.clauses().stream()
                        .allMatch(clause -> clause.stream().anyMatch(term -> term.holdsFor(doc)))
                && rest.test(doc);
    }

    @Override
    public Predicate<ObjectNode> and(Predicate<? super ObjectNode> other) {
        Filter more = of(other);
        return new Filter(selection.and(more.selection), rest.and(more.rest));
    }
}
