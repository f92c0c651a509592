package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.v2.core.Event;
import com.stripe.param.v2.core.EventListParams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Thin events, fetched from the v2 API")
class ThinEventTest extends OwnSimulatorTest {
    private static final String EVENTS = "/v2/core/events";

    private final StripeClient client = StripeClients.of(simulator);

    ThinEventTest() {
        super(StripeSimulator.builder().startAt(Instant.parse("2027-01-31T10:00:00Z")));
    }

    @Test
    @DisplayName("have the type, time and object of the event, not its data")
    void fetched() throws StripeException {
        String customer = shop.customer();
        String id = api.events("customer.created").get(0).path("id").asText();
        Event fetched = client.v2().core().events().retrieve(id);
        assertThat(fetched.getId()).isEqualTo(id);
        assertThat(fetched.getType()).isEqualTo("v1.customer.created");
        assertThat(fetched.getCreated()).isEqualTo(simulator.now());
        assertThat(fetched.getLivemode()).isFalse();
        JsonNode shown = api.get(EVENTS + "/" + id).body();
        assertThat(shown.path("object").asText()).isEqualTo("v2.core.event");
        assertThat(shown.at("/related_object/id").asText()).isEqualTo(customer);
        assertThat(shown.at("/related_object/url").asText()).isEqualTo("/v1/customers/" + customer);
        assertThat(shown.path("context").isNull()).isTrue();
        assertThat(shown.has("data")).isFalse();
        assertThat(api.get(EVENTS + "/evt_none").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("are listed newest first, by the addresses of further pages, forth and back")
    void pages() throws StripeException {
        for (int i = 0; i < 7; i++) {
            shop.customer();
        }
        List<String> all = new ArrayList<>();
        client.v2()
                .core()
                .events()
                .list(EventListParams.builder()
                        .setLimit(3L)
                        .addType("v1.customer.created")
                        .build())
                .autoPagingIterable()
                .forEach(event -> all.add(event.getId()));
        assertThat(all)
                .hasSize(7)
                .isEqualTo(ids(api.get("/v1/events", "type=customer.created").body()));
        JsonNode first =
                api.get(EVENTS, "limit=3", "types[0]=v1.customer.created").body();
        assertThat(first.path("previous_page_url").isNull()).isTrue();
        JsonNode second = api.get(first.path("next_page_url").asText()).body();
        assertThat(ids(second)).isEqualTo(all.subList(3, 6));
        JsonNode last = api.get(second.path("next_page_url").asText()).body();
        assertThat(ids(last)).isEqualTo(all.subList(6, 7));
        assertThat(last.path("next_page_url").isNull()).isTrue();
        JsonNode back = api.get(last.path("previous_page_url").asText()).body();
        assertThat(ids(back)).isEqualTo(all.subList(3, 6));
        JsonNode start = api.get(back.path("previous_page_url").asText()).body();
        assertThat(ids(start)).isEqualTo(all.subList(0, 3));
        assertThat(start.path("previous_page_url").isNull()).isTrue();
    }

    @Test
    @DisplayName("are found by object and time")
    void filtered() throws StripeException {
        String early = shop.customer();
        Instant between = simulator.now().plusSeconds(1);
        simulator.advance(Duration.ofSeconds(2));
        api.post("/v1/customers/" + early, "name=Janet");
        String late = shop.customer();
        var ofEarly = client.v2()
                .core()
                .events()
                .list(EventListParams.builder().setObjectId(early).build());
        assertThat(ofEarly.getData())
                .extracting(Event::getType)
                .startsWith("v1.customer.updated")
                .endsWith("v1.customer.created");
        JsonNode after =
                api.get(EVENTS, "created[gt]=" + between, "object_id=" + early).body();
        assertThat(after.path("data")).hasSize(1);
        assertThat(api.get(EVENTS, "created[lt]=" + between, "object_id=" + late)
                        .body()
                        .path("data"))
                .isEmpty();
        assertThat(api.get(EVENTS, "created[gte]=" + simulator.now()).body().path("data"))
                .isNotEmpty();
        assertThat(api.get(EVENTS, "created[gt]=" + simulator.now()).body().path("data"))
                .isEmpty();
    }

    @Test
    @DisplayName("refuse bounds, pages and limits that make no sense")
    void refused() {
        assertThat(api.get(EVENTS, "created[gt]=yesterday").status()).isEqualTo(400);
        assertThat(api.get(EVENTS, "page=page_x").status()).isEqualTo(400);
        assertThat(api.get(EVENTS, "page=p").status()).isEqualTo(400);
        assertThat(api.get(EVENTS, "limit=0").status()).isEqualTo(400);
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("data").forEach(event -> ids.add(event.path("id").asText()));
        return ids;
    }
}
