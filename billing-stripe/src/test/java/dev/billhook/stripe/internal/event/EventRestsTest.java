package dev.billhook.stripe.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billhook.mirror.Notice;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.stripe.testing.MirroredShop;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What an event leaves out")
class EventRestsTest {
    @Test
    @DisplayName("C21 entitlements beyond those a summary lists are asked for")
    void entitlements() throws Exception {
        try (MirroredShop shop = new MirroredShop(UnaryOperator.identity())) {
            String product = shop.get("/v1/prices/" + shop.priceOf("pro-monthly"))
                    .path("product")
                    .textValue();
            List<String> keys =
                    IntStream.rangeClosed(10, 24).mapToObj(i -> "feature-" + i).toList();
            for (String key : keys) {
                String feature = shop.post("/v1/entitlements/features", "name=" + key, "lookup_key=" + key)
                        .path("id")
                        .textValue();
                shop.post("/v1/products/" + product + "/features", "entitlement_feature=" + feature);
            }
            String customer = shop.customer(MirroredShop.ADA, "pm_card_visa");
            shop.post("/v1/subscriptions", "customer=" + customer, "items[0][price]=" + shop.priceOf("pro-monthly"));
            JsonNode event = new ObjectMapper()
                    .readTree(shop.get("/v1/events?type=entitlements.active_entitlement_summary.updated")
                            .at("/data/0")
                            .toString()
                            .replaceFirst("\"has_more\":false", "\"has_more\":true"));

            assertThat(shop.stripe().webhooks().content(event.toString())).isEqualTo(new EventContent.Elsewhere());
            assertThat(shop.stripe().webhooks().fetch(event.toString()))
                    .isInstanceOfSatisfying(EventContent.Noted.class, noted -> {
                        assertThat(noted.notice()).isInstanceOfSatisfying(Notice.Features.class, features -> {
                            assertThat(features.customerId()).isEqualTo(customer);
                            assertThat(features.features()).isEqualTo(keys);
                        });
                    });
        }
    }
}
