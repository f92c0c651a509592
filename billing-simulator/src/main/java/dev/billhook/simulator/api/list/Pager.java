package dev.billhook.simulator.api.list;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Renderer;
import dev.billhook.simulator.kernel.Selection;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.kernel.Term;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists documents newest first, a page at a time, with Stripe's cursor parameters. */
public final class Pager {
    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 100;

    private final Store store;
    private final Renderer renderer;

    public Pager(Store store, Renderer renderer) {
        this.store = store;
        this.renderer = renderer;
    }

    /** A page of all documents of a type that satisfy the filter; one that begins with a {@link Filter} is answered by indexes. */
    public ObjectNode page(Call call, String type, Predicate<ObjectNode> filter) {
        return page(call, type, null, filter);
    }

    /** A page of the documents of a type that an index finds and that satisfy the filter. */
    public ObjectNode page(Call call, String type, @Nullable Lookup lookup, Predicate<ObjectNode> filter) {
        Params params = call.params();
        int limit = limit(params);
        String after = params.text("starting_after");
        String before = params.text("ending_before");
        if (after != null && before != null) {
            throw ApiError.invalid(null, "starting_after", "Give starting_after or ending_before, not both.");
        }
        Filter wanted = Filter.of(filter);
        Selection selection = lookup == null
                ? wanted.selection()
                : wanted.selection().and(Filter.equal(lookup).selection());
        List<ObjectNode> found = stream(type, selection, after, before)
                .filter(wanted.rest())
                .limit(limit + 1L)
                .toList();
        boolean more = found.size() > limit;
        List<ObjectNode> rendered = new ArrayList<>();
        found.stream().limit(limit).forEach(doc -> rendered.add(renderer.render(doc)));
        if (before != null) {
            Collections.reverse(rendered);
        }
        ObjectNode list = Docs.list(call.path(), rendered);
        list.put("has_more", more);
        return list;
    }

    /** Elements that are part of another object, in their order, a page at a time. */
    public static ObjectNode pageOf(Call call, List<ObjectNode> elements) {
        int limit = limit(call.params());
        String after = call.params().text("starting_after");
        int start = 0;
        for (int i = 0; after != null && i < elements.size(); i++) {
            if (after.equals(Docs.text(elements.get(i), "id"))) {
                start = i + 1;
            }
        }
        int end = Math.min(elements.size(), start + limit);
        ObjectNode list = Docs.list(call.path(), elements.subList(start, end));
        list.put("has_more", end < elements.size());
        return list;
    }

    /** A filter by a {@code created}-like parameter: a second, or bounds. */
    public static Predicate<ObjectNode> range(Params params, String name) {
        return range(params, name, name);
    }

    /** A filter by a time in another field than the parameter's name says. */
    public static Predicate<ObjectNode> range(Params params, String name, String field) {
        return Filter.range(field, params.tree().get(name));
    }

    /** A filter that wants a field to equal a text or boolean parameter, when that was given. */
    public static Predicate<ObjectNode> equal(Params params, String name) {
        return Filter.equal(name, params.tree().get(name));
    }

    /** A filter by the text of a field, null where it has none; the same answer for the same text. */
    public static Predicate<ObjectNode> passing(String field, Term.Test test) {
        return Filter.passing(field, test);
    }

    /** A filter that wants what an index finds. */
    public static Predicate<ObjectNode> found(String index, String value) {
        return Filter.equal(new Lookup(index, value));
    }

    /** The lookup by a parameter of the name of an index, when it was given. */
    public static @Nullable Lookup lookup(Params params, String name) {
        String value = params.text(name);
        return value == null ? null : new Lookup(name, value);
    }

    private Stream<ObjectNode> stream(
            String type, Selection selection, @Nullable String after, @Nullable String before) {
        String cursor = after == null ? before : after;
        if (cursor != null && store.find(type, cursor) == null) {
            throw ApiError.noSuch(type, cursor, after == null ? "ending_before" : "starting_after", false);
        }
        return before == null ? store.newestFirst(type, selection, after) : store.oldestFirst(type, selection, before);
    }

    private static int limit(Params params) {
        long limit = params.number("limit", DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ApiError.invalid(
                    "parameter_invalid_integer", "limit", "This value must be between 1 and " + MAX_LIMIT + ".");
        }
        return (int) limit;
    }
}
