package dev.billhook.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.rows.Table.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Repeat one with {@code -Dbillhook.seed=…}. */
@DisplayName("What is chosen of many documents")
class ChoiceTest {
    private static final long SEED = Long.getLong("billhook.seed", 1L);
    private static final String TYPE = "customer";
    private static final int STEPS = 2_000;

    private final Random random = new Random(SEED);
    private final Store store = new Store(20, 0);
    private final List<String> ids = new ArrayList<>();
    private int made;

    @Test
    @DisplayName("is the same by indexes as by reading every document, whatever was changed, deleted or undone before")
    void sameByIndex() {
        for (int step = 0; step < STEPS; step++) {
            unit();
            if (step % 5 == 0) {
                Selection wanted = selection();
                List<String> expected = reading(wanted);
                assertThat(found(wanted)).as("seed %d, step %d", SEED, step).isEqualTo(expected);
                if (!expected.isEmpty()) {
                    backAndForth(wanted, expected, step);
                }
            }
        }
        assertThat(made).isGreaterThan(STEPS / 4);
    }

    private void backAndForth(Selection wanted, List<String> expected, int step) {
        int at = random.nextInt(expected.size());
        assertThat(store.newestFirst(TYPE, wanted, expected.get(at)).map(ChoiceTest::id))
                .as("seed %d, step %d", SEED, step)
                .containsExactlyElementsOf(expected.subList(at + 1, expected.size()));
        List<String> newer = new ArrayList<>(expected.subList(0, at));
        Collections.reverse(newer);
        assertThat(store.oldestFirst(TYPE, wanted, expected.get(at)).map(ChoiceTest::id))
                .as("seed %d, step %d", SEED, step)
                .containsExactlyElementsOf(newer);
    }

    private List<String> found(Selection wanted) {
        return store.newestFirst(TYPE, wanted, null).map(ChoiceTest::id).toList();
    }

    private List<String> reading(Selection wanted) {
        return store.newestFirst(TYPE)
                .filter(doc -> wanted.created().contains(Docs.numberOf(doc, "created")))
                .filter(doc ->
                        wanted.equal().stream().allMatch(one -> one.value().equals(Docs.text(doc, one.index()))))
                .filter(doc -> wanted.clauses().stream()
                        .allMatch(clause -> clause.stream().anyMatch(one -> one.holdsFor(doc))))
                .map(ChoiceTest::id)
                .toList();
    }

    /** A few changes, most of them to stay. */
    private void unit() {
        List<String> before = List.copyOf(ids);
        for (int left = random.nextInt(4); left > 0; left--) {
            int what = ids.isEmpty() ? 0 : random.nextInt(10);
            if (what < 4) {
                insert();
            } else if (what < 9) {
                set(store.edit(TYPE, ids.get(random.nextInt(ids.size()))));
            } else {
                store.delete(TYPE, ids.remove(random.nextInt(ids.size())));
            }
            if (random.nextInt(20) == 0) {
                Selection wanted = selection();
                assertThat(found(wanted)).as("seed %d, within a unit", SEED).isEqualTo(reading(wanted));
            }
        }
        if (random.nextInt(5) == 0) {
            store.rollback();
            ids.clear();
            ids.addAll(before);
        } else {
            store.commit();
        }
    }

    private void insert() {
        ObjectNode doc = Docs.object();
        doc.put("id", "cus_" + made++);
        doc.put("object", TYPE);
        doc.put("created", made / 3);
        set(doc);
        store.insert(doc);
        ids.add(id(doc));
    }

    private void set(ObjectNode doc) {
        doc.put("email", text());
        doc.put("name", text());
        doc.put("balance", random.nextInt(4));
        doc.put("delinquent", random.nextBoolean());
        ObjectNode metadata = doc.putObject("metadata");
        if (random.nextBoolean()) {
            metadata.put("k" + random.nextInt(50), text());
        }
    }

    private String text() {
        return random.nextInt(5) == 0 ? null : "t" + random.nextInt(6);
    }

    private Selection selection() {
        List<Store.Lookup> equal = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            equal.add(new Store.Lookup(random.nextBoolean() ? "email" : "name", "t" + random.nextInt(6)));
        }
        Span created = random.nextInt(3) == 0 ? new Span(random.nextInt(1 + made / 3), Long.MAX_VALUE) : Span.ALWAYS;
        List<List<Term>> clauses = new ArrayList<>();
        for (int left = random.nextInt(3); left > 0; left--) {
            List<Term> clause = new ArrayList<>();
            for (int more = 1 + random.nextInt(2); more > 0; more--) {
                clause.add(term());
            }
            clauses.add(clause);
        }
        return new Selection(equal, created, clauses);
    }

    private Term term() {
        String sought = String.valueOf(random.nextInt(6));
        boolean negated = random.nextInt(4) == 0;
        return switch (random.nextInt(5)) {
            case 0 -> new Term(List.of("metadata", "k" + random.nextInt(50)), text -> (text != null) != negated);
            case 1 -> Term.of("balance", text -> sought.equals(text) != negated);
            case 2 -> Term.of("delinquent", text -> "true".equals(text) != negated);
            case 3 -> Term.of("name", text -> text == null);
            default -> Term.of("name", text -> (text != null && text.contains(sought)) != negated);
        };
    }

    private static String id(ObjectNode doc) {
        return Docs.textOf(doc, "id");
    }
}
