package dev.billhook.simulator.seed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;

/** What seeded accounts pay for unless told otherwise: made on first use, found again by lookup key. */
final class SeedCatalog {
    static final String METER_EVENT = "seed_calls";

    private final SeedApi api;

    SeedCatalog(SeedApi api) {
        this.api = api;
    }

    /** The price for accounts in a state. */
    ObjectNode priceFor(AccountState state) {
        return switch (state) {
            case METERED -> metered();
            case LIFETIME -> find("seed_lifetime", "Seeded lifetime", List.of("unit_amount=19900"));
            default -> find("seed_monthly", "Seeded plan", List.of("unit_amount=1000", "recurring[interval]=month"));
        };
    }

    private ObjectNode metered() {
        String meter = meter();
        return find(
                "seed_metered",
                "Seeded calls",
                List.of(
                        "unit_amount=5",
                        "recurring[interval]=month",
                        "recurring[usage_type]=metered",
                        "recurring[meter]=" + meter));
    }

    private String meter() {
        return Docs.objects(api.get("/v1/billing/meters", List.of("status=active", "limit=100")), "data").stream()
                .filter(meter -> METER_EVENT.equals(Docs.text(meter, "event_name")))
                .findFirst()
                .map(meter -> Docs.textOf(meter, "id"))
                .orElseGet(this::newMeter);
    }

    private String newMeter() {
        return Docs.textOf(
                api.post(
                        "/v1/billing/meters",
                        List.of(
                                "display_name=Seeded calls",
                                "event_name=" + METER_EVENT,
                                "default_aggregation[formula]=sum")),
                "id");
    }

    private ObjectNode find(String lookupKey, String product, List<String> terms) {
        List<ObjectNode> found =
                Docs.objects(api.get("/v1/prices", List.of("lookup_keys[0]=" + lookupKey, "active=true")), "data");
        if (!found.isEmpty()) {
            return found.get(0);
        }
        List<String> params =
                new ArrayList<>(List.of("currency=usd", "lookup_key=" + lookupKey, "product_data[name]=" + product));
        params.addAll(terms);
        return api.post("/v1/prices", params);
    }
}
