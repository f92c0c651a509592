package dev.billhook.simulator.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.Expander;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Router;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.api.list.SearchQuery;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.Selection;

/** What endpoints are made with. */
public record ApiKit(World world, Router router, Expander expander, Pager pager) {
    /** No parameters but {@code expand}. */
    public static final ParamSchema NOTHING = ParamSchema.of("");

    private static final ParamSchema SEARCH = ParamSchema.of("query! limit:int page");

    /** A document as the API shows it. */
    public ObjectNode show(ObjectNode doc) {
        return world.renderer().render(doc);
    }

    /** Adds the route that answers one object by its id. */
    public void retrieve(String template, String type) {
        router.get(template, NOTHING, call -> show(world.finder().inUrl(type, call.id())));
    }

    /** Adds the route that searches objects of a type. */
    public void search(String template, String type) {
        router.get(template, SEARCH, call -> search(call, type));
    }

    private ObjectNode search(Call call, String type) {
        Selection wanted = SearchQuery.parse(type, call.params().requireText("query"));
        return SearchQuery.result(call, world.store().newestFirst(type, wanted, null), this::show);
    }
}
