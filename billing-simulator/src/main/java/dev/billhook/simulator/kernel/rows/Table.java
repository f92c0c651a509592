package dev.billhook.simulator.kernel.rows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.rows.Rows.View;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The documents of one type in the order of their creation, with secondary indexes. Not thread-safe. */
public final class Table {
    /** From one second to another, both included. */
    public record Span(long from, long to) {
        /** Always. */
        public static final Span ALWAYS = new Span(Long.MIN_VALUE, Long.MAX_VALUE);

        /** Whether a second is in it. */
        public boolean contains(long second) {
            return second >= from && second <= to;
        }
    }

    private final Map<String, Row> byId = new HashMap<>();
    private final Rows all = new Rows();
    private static final int MOST_ON_DEMAND = 32;

    private final Map<String, Function<ObjectNode, List<String>>> extractors;
    private final Deque<String> onDemand = new ArrayDeque<>();

    private boolean ordered = true;
    private long latest = Long.MIN_VALUE;

    /** By index and value: the row, or {@link Rows} where there are several; most values have one. */
    private final Map<String, Map<String, Object>> indexes = new HashMap<>();

    /** What of a document is to be found how, by the name of the index. */
    public Table(Map<String, Function<ObjectNode, List<String>>> extractors) {
        this.extractors = new LinkedHashMap<>(extractors);
        extractors.keySet().forEach(name -> indexes.put(name, new HashMap<>()));
    }

    /** The row of this id, or null. */
    public @Nullable Row find(String id) {
        return byId.get(id);
    }

    /** Number of documents. */
    public int size() {
        return all.size();
    }

    /** Adds a row that is in no index yet. */
    public void put(String id, Row row) {
        byId.put(id, row);
        all.add(row);
    }

    /** Removes a row that is in the indexes under these keys. */
    public void remove(String id, Map<String, List<String>> keys) {
        Row row = byId.remove(id);
        if (row != null) {
            all.remove(row);
            keys.forEach((name, values) -> values.forEach(value -> unindex(name, value, row)));
        }
    }

    /** Under which keys a document is to be found. */
    public Map<String, List<String>> keysOf(ObjectNode doc) {
        if (extractors.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> keys = new HashMap<>();
        extractors.forEach((name, extractor) -> keys.put(name, extractor.apply(doc)));
        return keys;
    }

    /** Moves a row from its former keys to those of its document, and returns these. */
    public Map<String, List<String>> reindex(Row row, ObjectNode doc, Map<String, List<String>> former) {
        date(row, doc.path("created").asLong());
        Map<String, List<String>> keys = keysOf(doc);
        for (String name : extractors.keySet()) {
            List<String> before = former.getOrDefault(name, List.of());
            List<String> after = keys.getOrDefault(name, List.of());
            if (!before.equals(after)) {
                before.forEach(value -> unindex(name, value, row));
                after.forEach(value -> index(name, value, row));
            }
        }
        return keys;
    }

    /** Test clocks make the order of creation differ from that of the seconds of creation. */
    private void date(Row row, long created) {
        if (row.created() != created) {
            ordered &= created >= latest && row.created() == Row.UNDATED;
            latest = Math.max(latest, created);
            row.setCreated(created);
        }
    }

    /** Whether documents can be found by this field. */
    public boolean hasIndex(String name) {
        return extractors.containsKey(name);
    }

    /**
     * Lets documents be found by what this extracts from now on; of indexes added like this those not used for longest go. Only
     * while no document is being changed.
     */
    public void use(String name, Function<ObjectNode, List<String>> extractor, Function<Row, List<String>> reader) {
        if (onDemand.remove(name)) {
            onDemand.add(name);
            return;
        }
        if (onDemand.size() == MOST_ON_DEMAND) {
            String unused = onDemand.remove();
            extractors.remove(unused);
            indexes.remove(unused);
        }
        onDemand.add(name);
        indexes.put(name, new HashMap<>());
        extractors.put(name, extractor);
        all.view().oldestFirst().forEach(row -> reader.apply(row).forEach(value -> index(name, value, row)));
    }

    /** The numbers of all rows for which an index has a value that passes. */
    public BitSet numbers(String index, Predicate<String> test) {
        BitSet numbers = new BitSet();
        indexOf(index).forEach((value, found) -> {
            if (test.test(value)) {
                if (found instanceof Row row) {
                    numbers.set(row.seq());
                } else {
                    ((Rows) found).view().oldestFirst().forEach(row -> numbers.set(row.seq()));
                }
            }
        });
        return numbers;
    }

    /** How many documents an index has for a value. */
    public int count(String index, String value) {
        return view(index, value).size();
    }

    /** Whether an index finds this row by a value. */
    public boolean isFoundBy(String index, String value, Row row) {
        return view(index, value).contains(row);
    }

    /** All rows, oldest first. */
    public Stream<Row> all() {
        return all.view().oldestFirst();
    }

    /** Rows newest first: those of an index where one is given, older than another where one is given. */
    public Stream<Row> newestFirst(
            @Nullable String index, String value, @Nullable Row olderThan, Span created, @Nullable BitSet numbers) {
        View view = narrowed(view(index, value, created), numbers);
        return (olderThan == null ? view : view.olderThan(olderThan.seq())).newestFirst();
    }

    /** Rows newer than another, oldest first. */
    public Stream<Row> oldestFirst(
            @Nullable String index, String value, Row newerThan, Span created, @Nullable BitSet numbers) {
        return narrowed(view(index, value, created), numbers)
                .newerThan(newerThan.seq())
                .oldestFirst();
    }

    private static View narrowed(View view, @Nullable BitSet numbers) {
        return numbers == null ? view : view.narrowedTo(numbers);
    }

    private View view(@Nullable String index, String value, Span created) {
        View view = index == null ? all.view() : view(index, value);
        return ordered ? view.createdBetween(created.from(), created.to()) : view;
    }

    private View view(String index, String value) {
        Object found = indexOf(index).get(value);
        if (found instanceof Row row) {
            return new View(new Row[] {row}, 0, 1);
        }
        return found instanceof Rows rows ? rows.view() : View.NONE;
    }

    private void index(String name, String value, Row row) {
        indexOf(name).merge(value, row, (present, added) -> {
            Rows rows;
            if (present instanceof Rows several) {
                rows = several;
            } else {
                rows = new Rows();
                rows.add((Row) present);
            }
            rows.add((Row) added);
            return rows;
        });
    }

    private void unindex(String name, String value, Row row) {
        indexOf(name).computeIfPresent(value, (key, present) -> {
            if (present instanceof Rows rows) {
                rows.remove(row);
                return rows.size() == 0 ? null : rows;
            }
            return present == row ? null : present;
        });
    }

    private Map<String, Object> indexOf(String name) {
        Map<String, Object> entries = indexes.get(name);
        if (entries == null) {
            throw new IllegalArgumentException("no index " + name);
        }
        return entries;
    }
}
