package dev.billhook.simulator.resource.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.event.version.ThinEvent;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Selection;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.kernel.Term;
import dev.billhook.simulator.kernel.rows.Table.Span;
import dev.billhook.simulator.resource.ApiKit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /v2/core/events}: the events that thin notifications tell of, in pages that name the next one by its address. */
final class ThinEventResource {
    private static final String PATH = "/v2/core/events";
    private static final String EVENT = "event";
    private static final String OLDER = "page_o";
    private static final String NEWER = "page_n";
    private static final ParamSchema LIST =
            ParamSchema.of("created:{gt gte lt lte} limit:int object_id page types:[str]");
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    private final ApiKit kit;

    ThinEventResource(ApiKit kit) {
        this.kit = kit;
        kit.router()
                .get(PATH, LIST, this::list)
                .get(
                        PATH + "/{id}",
                        ApiKit.NOTHING,
                        call -> ThinEvent.of(kit.world().finder().inUrl(EVENT, call.id())));
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        long limit = params.number("limit", DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ApiError.invalid(
                    "parameter_invalid_integer", "limit", "This value must be between 1 and " + MAX_LIMIT + ".");
        }
        String page = params.text("page");
        boolean back = page != null && page.startsWith(NEWER);
        List<ObjectNode> found =
                new ArrayList<>(from(selection(params), page).limit(limit + 1).toList());
        boolean more = found.size() > limit;
        if (more) {
            found.remove((int) limit);
        }
        if (back) {
            Collections.reverse(found);
        }
        ObjectNode answer = Docs.object();
        found.forEach(event -> answer.withArray("data").add(ThinEvent.of(event)));
        boolean older = !found.isEmpty() && (more || back);
        boolean newer = !found.isEmpty() && (back ? more : page != null);
        answer.withArray("data");
        answer.put("next_page_url", older ? url(params, OLDER, found.get(found.size() - 1)) : null);
        answer.put("previous_page_url", newer ? url(params, NEWER, found.get(0)) : null);
        return answer;
    }

    private Stream<ObjectNode> from(Selection wanted, @Nullable String page) {
        Store store = kit.world().store();
        if (page == null) {
            return store.newestFirst(EVENT, wanted, null);
        }
        String cursor = page.substring(Math.min(page.length(), OLDER.length()));
        if (!(page.startsWith(OLDER) || page.startsWith(NEWER)) || store.find(EVENT, cursor) == null) {
            throw ApiError.invalid(null, "page", "Invalid page token.");
        }
        return page.startsWith(OLDER)
                ? store.newestFirst(EVENT, wanted, cursor)
                : store.oldestFirst(EVENT, wanted, cursor);
    }

    private static Selection selection(Params params) {
        String about = params.text("object_id");
        List<String> types = params.texts("types");
        Selection selection =
                new Selection(about == null ? List.of() : List.of(new Lookup("about", about)), span(params), List.of());
        return types.isEmpty()
                ? selection
                : selection.and(Selection.of(
                        Term.of("type", text -> text != null && types.contains(ThinEvent.PREFIX + text))));
    }

    /** Events have whole seconds. */
    private static Span span(Params params) {
        if (!params.has("created")) {
            return Span.ALWAYS;
        }
        Params bounds = params.group("created");
        long from = Math.max(second(bounds, "gte", 0, 1, Long.MIN_VALUE), second(bounds, "gt", 1, 1, Long.MIN_VALUE));
        long to = Math.min(second(bounds, "lte", 0, 0, Long.MAX_VALUE), second(bounds, "lt", -1, 0, Long.MAX_VALUE));
        return new Span(from, to);
    }

    /** The outermost second within a bound: so much behind a whole second, or behind the second that a fraction belongs to. */
    private static long second(Params bounds, String name, int behindWhole, int behindFraction, long open) {
        String text = bounds.text(name);
        if (text == null) {
            return open;
        }
        try {
            Instant bound = Instant.parse(text);
            return bound.getEpochSecond() + (bound.getNano() == 0 ? behindWhole : behindFraction);
        } catch (DateTimeException e) {
            throw ApiError.invalid(null, "created[" + name + "]", "Give a time such as 2027-01-31T10:00:00Z.");
        }
    }

    private static String url(Params params, String direction, ObjectNode cursor) {
        StringBuilder query = new StringBuilder("page=" + direction + Docs.textOf(cursor, "id"));
        append(query, "limit", String.valueOf(params.number("limit", DEFAULT_LIMIT)));
        append(query, "object_id", params.text("object_id"));
        List<String> types = params.texts("types");
        for (int i = 0; i < types.size(); i++) {
            append(query, "types[" + i + "]", types.get(i));
        }
        Docs.child(params.tree(), "created")
                .properties()
                .forEach(bound -> append(
                        query,
                        "created[" + bound.getKey() + "]",
                        bound.getValue().asText()));
        return PATH + "?" + query;
    }

    private static void append(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append('&')
                    .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
