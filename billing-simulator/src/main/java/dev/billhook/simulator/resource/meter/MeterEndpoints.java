package dev.billhook.simulator.resource.meter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.meter.MeterEvents;
import dev.billhook.simulator.engine.meter.MeterUsage;
import dev.billhook.simulator.engine.meter.Meters;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/billing/meters}, {@code /v1/billing/meter_events} and {@code /v1/billing/meter_event_adjustments}. */
public final class MeterEndpoints {
    private static final String METERS = "/v1/billing/meters";
    private static final String METER = METERS + "/{id}";
    private static final ParamSchema CREATE = ParamSchema.of("""
        display_name! event_name! default_aggregation!:{formula!:count|last|sum}
        customer_mapping:{event_payload_key! type!:by_id} event_time_window:day|hour
        value_settings:{event_payload_key!}\
        """);
    private static final ParamSchema UPDATE = ParamSchema.of("display_name");
    private static final ParamSchema LIST = ParamSchema.ofList("status:active|inactive");
    private static final ParamSchema SUMMARIES =
            ParamSchema.ofList("customer! start_time!:int end_time!:int value_grouping_window:day|hour");
    private static final ParamSchema EVENT = ParamSchema.of("event_name! payload!:map identifier timestamp:int");
    private static final ParamSchema ADJUSTMENT = ParamSchema.of("event_name! type!:cancel cancel!:{identifier!}");

    private final ApiKit kit;
    private final MeterEvents events;

    private MeterEndpoints(ApiKit kit, MeterEvents events) {
        this.kit = kit;
        this.events = events;
    }

    /** Adds them to the router. */
    public static void add(ApiKit kit, Meters meters, MeterEvents events, MeterUsage usage) {
        MeterEndpoints endpoints = new MeterEndpoints(kit, events);
        kit.router()
                .post(METERS, CREATE, call -> kit.show(meters.create(call.params())))
                .post(METER, UPDATE, call -> kit.show(meters.update(call.id(), call.params())))
                .post(METER + "/deactivate", ApiKit.NOTHING, call -> kit.show(meters.deactivate(call.id())))
                .post(METER + "/reactivate", ApiKit.NOTHING, call -> kit.show(meters.reactivate(call.id())))
                .get(METERS, LIST, endpoints::list)
                .get(
                        METER + "/event_summaries",
                        SUMMARIES,
                        call -> Pager.pageOf(call, usage.summaries(call.id(), call.params())))
                .post("/v1/billing/meter_events", EVENT, endpoints::record)
                .post("/v1/billing/meter_event_adjustments", ADJUSTMENT, call -> events.cancel(call.params()));
        kit.retrieve(METER, "billing.meter");
    }

    private ObjectNode list(Call call) {
        return kit.pager().page(call, "billing.meter", Pager.equal(call.params(), "status"));
    }

    /** Stripe shows events without an id: an identifier names them. */
    private ObjectNode record(Call call) {
        ObjectNode shown = kit.show(events.record(call.params()));
        shown.remove("id");
        return shown;
    }
}
