package dev.billhook.simulator.kernel.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Packed documents")
class PackerTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long SEED = Long.getLong("billhook.seed", 20261123L);

    @Test
    @DisplayName("are the documents again when they are unpacked, and each value can be read alone")
    void roundTrip() {
        Random random = new Random(SEED);
        Packer packer = new Packer();
        List<ObjectNode> docs = new ArrayList<>();
        List<byte[]> packed = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            ObjectNode doc = object(random, 4);
            if (i % 3 == 0) {
                packer.name("id_" + i);
            }
            docs.add(doc);
            packed.add(packer.pack(doc));
        }
        for (int i = 0; i < docs.size(); i++) {
            ObjectNode doc = docs.get(i);
            assertThat(packer.unpack(packed.get(i)))
                    .as("seed %d, document %d", SEED, i)
                    .isEqualTo(doc);
            String field = "f" + random.nextInt(8);
            String nested = "f" + random.nextInt(8);
            assertThat(packer.at(packed.get(i), List.of(field, nested)))
                    .as("seed %d, document %d, %s.%s", SEED, i, field, nested)
                    .isEqualTo(doc.path(field).path(nested));
        }
    }

    @Test
    @DisplayName("of one kind take a few bytes each")
    void small() {
        Packer packer = new Packer();
        ObjectNode doc = Docs.object();
        for (int field = 0; field < 80; field++) {
            doc.put("a_field_with_a_name_" + field, "and its text");
        }
        packer.pack(doc);
        doc.put("a_field_with_a_name_7", "another");
        assertThat(packer.pack(doc).length).isLessThan(24);
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 8 : 10)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextInt());
            case 3 -> NODES.numberNode(random.nextLong());
            case 4 -> NODES.numberNode(new BigDecimal("1.25"));
            case 5 -> NODES.textNode("id_" + random.nextInt(6_000));
            case 6 -> NODES.textNode("ünï-" + "x".repeat(random.nextInt(200)));
            case 7 -> NODES.numberNode(random.nextInt(4));
            case 8 -> array(random, depth - 1);
            default -> object(random, depth - 1);
        };
    }

    private static ArrayNode array(Random random, int depth) {
        ArrayNode array = NODES.arrayNode();
        for (int left = random.nextInt(4); left > 0; left--) {
            array.add(value(random, depth));
        }
        return array;
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = NODES.objectNode();
        for (int left = random.nextInt(6); left > 0; left--) {
            object.set("f" + random.nextInt(8), value(random, depth));
        }
        return object;
    }
}
