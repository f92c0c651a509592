package dev.billhook.simulator.resource.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.payment.Customers;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.resource.ApiKit;
import java.time.Instant;

/** {@code /v1/test_helpers/test_clocks}: customers with a time of their own. */
final class TestClockResource {
    private static final String TYPE = "test_helpers.test_clock";
    private static final long KEPT_SECONDS = 30L * 86_400;
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"test_helpers.test_clock","created":0,"deletes_after":0,"frozen_time":0,"livemode":false,
         "name":null,"status":"ready","status_details":{}}\
        """);
    private static final ParamSchema CREATE = ParamSchema.of("frozen_time!:int name");
    private static final ParamSchema ADVANCE = ParamSchema.of("frozen_time!:int");
    private static final ParamSchema LIST = ParamSchema.ofList("");

    private final ApiKit kit;
    private final Customers customers;

    TestClockResource(ApiKit kit, Customers customers) {
        this.kit = kit;
        this.customers = customers;
        kit.router()
                .post("/v1/test_helpers/test_clocks", CREATE, this::create)
                .post("/v1/test_helpers/test_clocks/{id}/advance", ADVANCE, this::advance)
                .delete("/v1/test_helpers/test_clocks/{id}", ApiKit.NOTHING, this::delete)
                .get("/v1/test_helpers/test_clocks", LIST, call -> kit.pager().page(call, TYPE, any -> true));
        kit.retrieve("/v1/test_helpers/test_clocks/{id}", TYPE);
    }

    private ObjectNode create(Call call) {
        World world = kit.world();
        if (world.simulation().settings().livemode()) {
            throw ApiError.invalid("testmode_only", null, "Test clocks exist in test mode only.");
        }
        ObjectNode clock = world.create(SHAPE, world.ids().next("clock"), null);
        long start = call.params().number("frozen_time", 0);
        clock.put("frozen_time", start);
        clock.put("deletes_after", Docs.numberOf(clock, "created") + KEPT_SECONDS);
        call.params().copyTo(clock, "name");
        world.store().insert(clock);
        world.simulation().addTestClock(Docs.textOf(clock, "id"), Instant.ofEpochSecond(start));
        world.events().emit("test_helpers.test_clock.created", clock);
        return kit.show(clock);
    }

    private ObjectNode advance(Call call) {
        World world = kit.world();
        ObjectNode clock = world.finder().editInUrl(TYPE, call.id());
        long target = call.params().number("frozen_time", 0);
        if (target <= Docs.numberOf(clock, "frozen_time")) {
            throw ApiError.invalid(null, "frozen_time", "A test clock can only be advanced to a later time.");
        }
        clock.put("status", "advancing");
        Docs.ensure(clock, "status_details").putObject("advancing").put("target_frozen_time", target);
        world.events().emit("test_helpers.test_clock.advancing", clock);
        world.simulation().afterUnit(() -> {
            world.simulation().advanceTestClock(call.id(), Instant.ofEpochSecond(target));
            world.simulation().atomically(RequestInfo.NONE, () -> ready(call.id(), target));
        });
        return kit.show(clock);
    }

    private ObjectNode ready(String id, long target) {
        ObjectNode clock = kit.world().store().edit(TYPE, id);
        clock.put("status", "ready");
        clock.put("frozen_time", target);
        clock.putObject("status_details");
        kit.world().events().emit("test_helpers.test_clock.ready", clock);
        return clock;
    }

    private ObjectNode delete(Call call) {
        World world = kit.world();
        ObjectNode clock = world.finder().inUrl(TYPE, call.id());
        world.store()
                .newestFirst("customer", "test_clock", call.id())
                .forEach(customer -> customers.delete(Docs.textOf(customer, "id")));
        world.events().emit("test_helpers.test_clock.deleted", clock);
        world.simulation().afterUnit(() -> world.simulation().removeTestClock(call.id()));
        return world.store().delete(TYPE, call.id());
    }
}
