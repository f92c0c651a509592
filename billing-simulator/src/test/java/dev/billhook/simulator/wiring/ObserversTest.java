package dev.billhook.simulator.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Router;
import dev.billhook.simulator.http.WireRequest;
import dev.billhook.simulator.http.WireResponse;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.spi.Exchange;
import dev.billhook.simulator.spi.ExchangeObserver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D10 Observers of the simulator")
class ObserversTest {
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<JsonNode> events = new ArrayList<>();
    private final Observers observers = new Observers(
            new Router().post("/v1/customers/{id}", ParamSchema.of("name"), call -> Docs.object()),
            List.of(new ExchangeObserver() {
                @Override
                public void exchange(Exchange exchange) {
                    exchanges.add(exchange);
                }

                @Override
                public void event(JsonNode event) {
                    events.add(event);
                }
            }));

    @Test
    @DisplayName("see the route, the client, the decoded form and the answer, which they let pass")
    void exchange() {
        WireResponse response = WireResponse.json(402, "{\"error\":{}}");
        assertThat(observers.seen(request("/v1/customers/cus_1", "name=Jane&items[0][price]=p"), response))
                .isSameAs(response);
        assertThat(exchanges)
                .containsExactly(new Exchange(
                        "POST",
                        "/v1/customers/{id}",
                        "curl/8",
                        Docs.shape("{\"name\":\"Jane\",\"items\":{\"0\":{\"price\":\"p\"}}}"),
                        402,
                        Docs.shape("{\"error\":{}}")));
    }

    @Test
    @DisplayName("see what no route serves, what cannot be decoded and what is not JSON")
    void odd() {
        observers.seen(request("/v1/none", "%ZZ=1"), WireResponse.text(200, "application/pdf", "%PDF"));
        assertThat(exchanges).hasSize(1);
        assertThat(exchanges.get(0).template()).isNull();
        assertThat(exchanges.get(0).form()).isEmpty();
        assertThat(exchanges.get(0).answer().isNull()).isTrue();
    }

    @Test
    @DisplayName("see each event")
    void event() {
        observers.seen(Docs.shape("{\"type\":\"customer.created\"}"));
        assertThat(events).hasSize(1);
    }

    private static WireRequest request(String path, String form) {
        byte[] body = form.getBytes(StandardCharsets.UTF_8);
        return new WireRequest("POST", path, "", Map.of("user-agent", "curl/8"), body);
    }
}
