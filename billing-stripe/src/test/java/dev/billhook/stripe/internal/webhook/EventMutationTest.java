package dev.billhook.stripe.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.BillingException;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.provider.WebhookGateway;
import dev.billhook.spi.provider.WebhookGateway.Reception;
import dev.billhook.stripe.testing.Signatures;
import dev.billhook.webhook.WebhookRequest;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C6 Real events, spoiled: each is refused, read, or told to be unreadable without quoting it")
class EventMutationTest {
    private static final String SECRET = "whsec_of_this_test";
    private static final String SPOILED = "spoiled@example.com";
    private static final String T = "1770000000";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What a field may hold instead of what belongs there. */
    private static final List<JsonNode> WRONG = List.of(
            NODES.nullNode(),
            NODES.booleanNode(true),
            NODES.numberNode(-1),
            NODES.numberNode(1.5),
            NODES.numberNode(Long.MAX_VALUE),
            NODES.numberNode(new BigInteger("9".repeat(60))),
            NODES.textNode(""),
            NODES.textNode(SPOILED),
            NODES.textNode("\0\uD800\n"),
            NODES.textNode("x".repeat(300)),
            NODES.arrayNode(),
            NODES.arrayNode().add(SPOILED),
            NODES.objectNode(),
            NODES.objectNode().put("id", SPOILED).put("object", SPOILED));

    private final StripeWebhooks webhooks = new StripeWebhooks(
            List.of(SECRET),
            Duration.ofSeconds(300),
            () -> Instant.ofEpochSecond(Long.parseLong(T)),
            event -> new EventContent.Irrelevant());

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "2020-08-27",
                "2022-11-15",
                "2024-09-30.acacia",
                "2025-03-31.basil",
                "2025-10-29.clover",
                "2026-07-29.dahlia"
            })
    @DisplayName("every field of every event: removed, doubled, and everything else in its place")
    void everyField(String version) throws IOException {
        int read = 0;
        for (JsonNode event : events(version)) {
            for (List<Object> path : paths(event)) {
                for (JsonNode wrong : WRONG) {
                    read += taken(text(with(event, path, wrong))) ? 1 : 0;
                }
                read += taken(text(with(event, path, null))) ? 1 : 0;
                read += taken(doubled(text(event), path)) ? 1 : 0;
            }
        }

        assertThat(read).as("events that can be read all the same").isGreaterThan(1_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20_261_123, -7})
    @DisplayName("bytes cut off, doubled, turned and moved about")
    void bytes(long seed) throws IOException {
        Random random = new Random(seed);
        List<JsonNode> events = events("2026-07-29.dahlia");
        for (int round = 0; round < 4_000; round++) {
            byte[] body = text(events.get(random.nextInt(events.size()))).getBytes(StandardCharsets.UTF_8);
            taken(spoiled(random, body), "seed " + seed + ", round " + round);
        }
    }

    private boolean taken(String text) {
        return taken(text.getBytes(StandardCharsets.UTF_8), text);
    }

    /**
     * Whether the event could be read. That nothing but the two ways of not being readable occurs is checked here, and that it
     * is the same to read an event at once and later.
     */
    private boolean taken(byte[] body, String what) {
        WebhookRequest request = new WebhookRequest(body, Signatures.header(SECRET, T, body));
        Reception reception = webhooks.receive(request);
        WebhookGateway.Received atOnce = webhooks.receiveAndRead(request);
        assertThat(atOnce.reception()).isEqualTo(reception);
        if (reception instanceof Reception.Refused refused) {
            assertThat(refused.detail()).doesNotContain(SPOILED);
            return false;
        }
        try {
            EventContent later = webhooks.content(((Reception.Accepted) reception).payload());
            assertThat(atOnce.content().get()).isEqualTo(later);
            return true;
        } catch (BillingException unreadable) {
            assertThat(unreadable).hasMessageNotContaining("\n");
            assertThatExceptionOfType(BillingException.class)
                    .isThrownBy(atOnce.content()::get)
                    .withMessage(unreadable.getMessage());
            return false;
        } catch (RuntimeException other) {
            throw new AssertionError(what.substring(0, Math.min(what.length(), 2_000)), other);
        }
    }

    private static byte[] spoiled(Random random, byte[] body) {
        byte[] bytes = body.clone();
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(bytes.length);
            int length = random.nextInt(Math.min(200, bytes.length - at) + 1);
            switch (random.nextInt(4)) {
                case 0 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] = (byte) "{}[]\",:0-e\\u\u0000".charAt(random.nextInt(13));
                default -> System.arraycopy(bytes, at, bytes, random.nextInt(bytes.length - length + 1), length);
            }
        }
        return bytes;
    }

    private static List<JsonNode> events(String version) throws IOException {
        try (InputStream in = EventMutationTest.class.getResourceAsStream("/events/" + version + ".json")) {
            List<JsonNode> events = new ArrayList<>();
            JSON.readTree(in).forEach(events::add);
            return events;
        }
    }

    /** Where the fields and elements are, from the outside in. */
    private static List<List<Object>> paths(JsonNode event) {
        List<List<Object>> paths = new ArrayList<>();
        collect(event, List.of(), paths);
        return paths;
    }

    private static void collect(JsonNode node, List<Object> here, List<List<Object>> paths) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                add(field.getValue(), here, field.getKey(), paths);
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            add(node.get(i), here, i, paths);
        }
    }

    private static void add(JsonNode value, List<Object> here, Object step, List<List<Object>> paths) {
        List<Object> path = new ArrayList<>(here);
        path.add(step);
        paths.add(path);
        collect(value, path, paths);
    }

    /** A copy with another value there, or with nothing for null. */
    private static JsonNode with(JsonNode event, List<Object> path, JsonNode value) {
        JsonNode copy = event.deepCopy();
        JsonNode parent = copy;
        for (Object step : path.subList(0, path.size() - 1)) {
            parent = step instanceof String name ? parent.get(name) : parent.get((int) step);
        }
        Object last = path.get(path.size() - 1);
        if (parent instanceof ObjectNode object && value == null) {
            object.remove((String) last);
        } else if (parent instanceof ObjectNode object) {
            object.set((String) last, value);
        } else if (value == null) {
            ((ArrayNode) parent).remove((int) last);
        } else {
            ((ArrayNode) parent).set((int) last, value);
        }
        return copy;
    }

    /** The field's name written twice: JSON does not forbid it. */
    private static String doubled(String event, List<Object> path) {
        return path.get(path.size() - 1) instanceof String name
                ? event.replaceFirst("\"" + name + "\":", "\"" + name + "\":\"" + SPOILED + "\",\"" + name + "\":")
                : event;
    }

    private static String text(JsonNode event) {
        return event.toString();
    }
}
