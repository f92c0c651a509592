package dev.billhook.simulator.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The documents of one type in the order of their creation, with secondary indexes. */
final class Table {
    /** One stored document; {@code seq} orders documents by creation. */
    static final class Row {
        final long seq;
        ObjectNode doc;
        Map<String, List<String>> keys = Map.of();

        Row(long seq, ObjectNode doc) {
            this.seq = seq;
            this.doc = doc;
        }
    }

    private final Map<String, Row> byId = new HashMap<>();
    private final NavigableMap<Long, Row> bySeq = new TreeMap<>();
    private final Map<String, Function<ObjectNode, List<String>>> extractors;
    private final Map<String, Map<String, NavigableMap<Long, Row>>> indexes = new HashMap<>();

    Table(Map<String, Function<ObjectNode, List<String>>> extractors) {
        this.extractors = extractors;
        extractors.keySet().forEach(name -> indexes.put(name, new HashMap<>()));
    }

    @Nullable Row find(String id) {
        return byId.get(id);
    }

    void put(String id, Row row) {
        byId.put(id, row);
        bySeq.put(row.seq, row);
        reindex(row);
    }

    void remove(String id) {
        Row row = byId.remove(id);
        if (row != null) {
            bySeq.remove(row.seq);
            unindex(row);
        }
    }

    int size() {
        return byId.size();
    }

    NavigableMap<Long, Row> all() {
        return bySeq;
    }

    NavigableMap<Long, Row> matching(String index, String value) {
        Map<String, NavigableMap<Long, Row>> entries = indexes.get(index);
        if (entries == null) {
            throw new IllegalArgumentException("no index " + index);
        }
        return entries.getOrDefault(value, new TreeMap<>());
    }

    void reindex(Row row) {
        if (extractors.isEmpty()) {
            return;
        }
        Map<String, List<String>> keys = new HashMap<>();
        extractors.forEach((name, extractor) -> keys.put(name, extractor.apply(row.doc)));
        if (keys.equals(row.keys)) {
            return;
        }
        unindex(row);
        row.keys = keys;
        keys.forEach((name, values) -> values.forEach(value ->
                indexOf(name).computeIfAbsent(value, any -> new TreeMap<>()).put(row.seq, row)));
    }

    private void unindex(Row row) {
        row.keys.forEach((name, values) -> values.forEach(value -> {
            NavigableMap<Long, Row> rows = indexOf(name).get(value);
            if (rows != null) {
                rows.remove(row.seq);
                if (rows.isEmpty()) {
                    indexOf(name).remove(value);
                }
            }
        }));
        row.keys = Map.of();
    }

    private Map<String, NavigableMap<Long, Row>> indexOf(String name) {
        return indexes.computeIfAbsent(name, any -> new HashMap<>());
    }
}
