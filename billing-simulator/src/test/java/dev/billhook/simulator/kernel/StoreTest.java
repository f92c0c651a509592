package dev.billhook.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Store.Lookup;
import dev.billhook.simulator.kernel.rows.Table.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The store")
class StoreTest {
    private static final String TYPE = "subscription";
    private static final long SEED = Long.getLong("billhook.seed", 20261123L);

    /** What the store is to hold, in the order of creation, as simply as can be. */
    private Map<String, ObjectNode> model = new LinkedHashMap<>();

    private boolean inOrder;
    private long created;

    @ParameterizedTest
    @CsvSource({"0, true", "3, false", "4, true", "1000, false"})
    @DisplayName("holds, finds and undoes the same, however many documents it holds packed")
    void model(int trees, boolean datesInOrder) {
        inOrder = datesInOrder;
        Random random = new Random(SEED);
        Store store = new Store(trees);
        for (int unit = 0; unit < 400; unit++) {
            Map<String, ObjectNode> before = copy(model);
            act(store, random, unit, 0);
            if (random.nextInt(3) == 0) {
                Runnable back = store.savepoint();
                Map<String, ObjectNode> then = copy(model);
                act(store, random, unit, 1);
                back.run();
                model = then;
            }
            act(store, random, unit, 2);
            if (random.nextInt(4) == 0) {
                store.rollback();
                model = before;
            } else {
                store.commit();
            }
            check(store, random, "seed " + SEED + ", unit " + unit);
        }
        assertThat(model).hasSizeGreaterThan(50);
    }

    private void act(Store store, Random random, int unit, int part) {
        for (int step = random.nextInt(4); step > 0; step--) {
            act(store, random, unit * 100 + part * 10 + step);
        }
    }

    private void act(Store store, Random random, int number) {
        List<String> ids = new ArrayList<>(model.keySet());
        String some = ids.isEmpty() ? "" : ids.get(random.nextInt(ids.size()));
        int action = ids.isEmpty() ? 0 : random.nextInt(8);
        if (action < 3) {
            ObjectNode doc = doc("sub_" + number, random);
            store.insert(doc);
            model.put("sub_" + number, doc.deepCopy());
        } else if (action < 7) {
            ObjectNode doc = store.edit(TYPE, some);
            change(doc, random.nextInt(3), random.nextInt(3));
            model.put(some, doc.deepCopy());
        } else {
            store.delete(TYPE, some);
            model.remove(some);
            assertThat(store.findDeleted(TYPE, some)).isNotNull();
            if (random.nextBoolean()) {
                ObjectNode doc = doc(some, random);
                store.insert(doc);
                model.put(some, doc.deepCopy());
            }
        }
    }

    private void check(Store store, Random random, String as) {
        assertThat(store.count(TYPE)).as(as).isEqualTo(model.size());
        assertThat(store.newestFirst(TYPE).map(StoreTest::id)).as(as).isEqualTo(newest(model.values().stream()));
        String customer = "cus_" + random.nextInt(3);
        String status = random.nextBoolean() ? "active" : "past_due";
        assertThat(store.newestFirst(TYPE, "customer", customer).map(StoreTest::id))
                .as(as)
                .isEqualTo(newest(model.values().stream().filter(doc -> has(doc, "customer", customer))));
        Selection both = new Selection(
                List.of(new Lookup("customer", customer), new Lookup("status", status)),
                new Span(3, 6),
                List.of(List.of(Term.of("note", text -> text != null))));
        List<ObjectNode> wanted = model.values().stream()
                .filter(doc -> has(doc, "customer", customer)
                        && has(doc, "status", status)
                        && Docs.numberOf(doc, "created") >= 3
                        && Docs.numberOf(doc, "created") <= 6
                        && !doc.path("note").isNull())
                .toList();
        assertThat(store.newestFirst(TYPE, both, null).map(StoreTest::id))
                .as(as)
                .isEqualTo(newest(wanted.stream()));
        if (!wanted.isEmpty()) {
            String cursor = id(wanted.get(wanted.size() / 2));
            assertThat(store.oldestFirst(TYPE, both, cursor).map(StoreTest::id))
                    .as(as)
                    .isEqualTo(wanted.subList(wanted.size() / 2 + 1, wanted.size()).stream()
                            .map(StoreTest::id)
                            .toList());
        }
        model.forEach((id, doc) -> assertThat(store.find(TYPE, id)).as(as).isEqualTo(doc));
    }

    private ObjectNode doc(String id, Random random) {
        ObjectNode doc = Docs.object();
        doc.put("id", id);
        doc.put("object", TYPE);
        doc.put("created", inOrder ? created++ / 40 : random.nextLong(10));
        change(doc, random.nextInt(3), random.nextInt(3));
        return doc;
    }

    private static void change(ObjectNode doc, int customer, int status) {
        doc.put("customer", "cus_" + customer);
        doc.put("status", List.of("active", "past_due", "canceled").get(status));
        Docs.put(doc, "note", status == 0 ? null : "noted");
    }

    private static boolean has(ObjectNode doc, String field, String value) {
        return value.equals(Docs.text(doc, field));
    }

    private static List<String> newest(Stream<ObjectNode> oldest) {
        List<String> ids = new ArrayList<>(oldest.map(StoreTest::id).toList());
        java.util.Collections.reverse(ids);
        return ids;
    }

    private static String id(ObjectNode doc) {
        return Docs.textOf(doc, "id");
    }

    private static Map<String, ObjectNode> copy(Map<String, ObjectNode> docs) {
        Map<String, ObjectNode> copy = new LinkedHashMap<>();
        docs.forEach((id, doc) -> copy.put(id, doc.deepCopy()));
        return copy;
    }
}
