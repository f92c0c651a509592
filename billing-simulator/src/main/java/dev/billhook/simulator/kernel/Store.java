package dev.billhook.simulator.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Table.Row;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All documents, by type and in the order of creation, with one open unit of work. A document read with {@link #find} must not be
 * changed; {@link #edit} hands out a private copy that replaces the stored one. {@link #rollback} puts every earlier document
 * back. Field names that begin with an underscore hold what the engine remembers and the API never shows. Not thread-safe: the
 * {@link Simulation} serialises access.
 */
public final class Store {
    private record Key(String type, String id) {}

    private record Before(@Nullable ObjectNode doc, long seq) {}

    private final Map<String, Table> tables = new HashMap<>();
    private final Map<Key, ObjectNode> tombstones = new HashMap<>();
    private final Map<Key, Before> changes = new LinkedHashMap<>();
    private long nextSeq = 1;

    /** The document, or null. */
    public @Nullable ObjectNode find(String type, String id) {
        Row row = table(type).find(id);
        return row == null ? null : row.doc;
    }

    /** The document named by a reference that is known to be valid. */
    public ObjectNode get(String type, String id) {
        ObjectNode doc = find(type, id);
        if (doc == null) {
            throw new IllegalStateException("no " + type + " " + id);
        }
        return doc;
    }

    /** What is left of a deleted document: its id, type and {@code deleted: true}; null when it was never deleted. */
    public @Nullable ObjectNode findDeleted(String type, String id) {
        return tombstones.get(new Key(type, id));
    }

    /** A copy of the document that takes its place at once; repeated calls in a unit of work give the same copy. */
    public ObjectNode edit(String type, String id) {
        Row row = table(type).find(id);
        if (row == null) {
            throw new IllegalStateException("no " + type + " " + id);
        }
        Key key = new Key(type, id);
        if (!changes.containsKey(key)) {
            changes.put(key, new Before(row.doc, row.seq));
            row.doc = row.doc.deepCopy();
        }
        return row.doc;
    }

    /** Adds a new document, which names its own type and id. */
    public void insert(ObjectNode doc) {
        String type = Docs.textOf(doc, "object");
        String id = Docs.textOf(doc, "id");
        if (table(type).find(id) != null) {
            throw new IllegalStateException(type + " " + id + " exists");
        }
        tombstones.remove(new Key(type, id));
        changes.putIfAbsent(new Key(type, id), new Before(null, 0));
        table(type).put(id, new Row(nextSeq++, doc));
    }

    /** Removes a document and leaves a tombstone. */
    public ObjectNode delete(String type, String id) {
        edit(type, id);
        table(type).remove(id);
        ObjectNode tombstone = Docs.object();
        tombstone.put("id", id);
        tombstone.put("object", type);
        tombstone.put("deleted", true);
        tombstones.put(new Key(type, id), tombstone);
        return tombstone;
    }

    /** Takes back a document that was inserted in this unit of work. */
    public void discard(String type, String id) {
        if (!changes.containsKey(new Key(type, id))) {
            throw new IllegalStateException(type + " " + id + " was not inserted just now");
        }
        table(type).remove(id);
    }

    /** The document as it was when the unit of work began; null when it is new. */
    public @Nullable ObjectNode before(String type, String id) {
        Before before = changes.get(new Key(type, id));
        return before == null ? find(type, id) : before.doc();
    }

    /** All documents of a type, newest first. */
    public Stream<ObjectNode> newestFirst(String type) {
        return table(type).all().descendingMap().values().stream().map(row -> row.doc);
    }

    /** All documents of a type whose indexed field has the value, newest first. */
    public Stream<ObjectNode> newestFirst(String type, String index, String value) {
        return List.copyOf(rows(type, index, value).descendingMap().values()).stream()
                .map(row -> row.doc);
    }

    /** Documents older than the one named, newest first. */
    public Stream<ObjectNode> after(String type, @Nullable Lookup lookup, String id) {
        return rows(type, lookup).headMap(seq(type, id), false).descendingMap().values().stream()
                .map(row -> row.doc);
    }

    /** Documents newer than the one named, oldest first. */
    public Stream<ObjectNode> before(String type, @Nullable Lookup lookup, String id) {
        return rows(type, lookup).tailMap(seq(type, id), false).values().stream()
                .map(row -> row.doc);
    }

    /** Number of documents of a type. */
    public int count(String type) {
        return table(type).size();
    }

    /** Makes what was done since the last commit permanent. */
    public void commit() {
        reindexChanged();
        changes.clear();
    }

    /** Undoes what was done since the last commit. */
    public void rollback() {
        undo(changes);
        changes.clear();
    }

    private void undo(Map<Key, Before> undone) {
        undone.forEach((key, before) -> {
            Table table = table(key.type());
            table.remove(key.id());
            tombstones.remove(key);
            if (before.doc() != null) {
                table.put(key.id(), new Row(before.seq(), before.doc()));
            }
        });
    }

    /**
     * Remembers the present state of the open unit of work; running what this returns brings it back. Documents that were being
     * edited stay the same objects, with their earlier content.
     */
    Runnable savepoint() {
        Map<Key, Before> earlier = new LinkedHashMap<>(changes);
        List<Runnable> restores = earlier.keySet().stream().map(this::restore).toList();
        return () -> {
            Map<Key, Before> since = new LinkedHashMap<>(changes);
            since.keySet().removeAll(earlier.keySet());
            undo(since);
            restores.forEach(Runnable::run);
            changes.keySet().removeAll(since.keySet());
        };
    }

    private Runnable restore(Key key) {
        Table table = table(key.type());
        Row row = table.find(key.id());
        ObjectNode tombstone = tombstones.get(key);
        ObjectNode content = row == null ? null : row.doc.deepCopy();
        return () -> {
            table.remove(key.id());
            tombstones.remove(key);
            if (row != null && content != null) {
                row.doc.removeAll();
                row.doc.setAll(content);
                table.put(key.id(), new Row(row.seq, row.doc));
            }
            if (tombstone != null) {
                tombstones.put(key, tombstone);
            }
        };
    }

    /** Forgets everything. */
    public void clear() {
        tables.clear();
        tombstones.clear();
        changes.clear();
    }

    /** A lookup by an indexed field. */
    public record Lookup(String index, String value) {}

    private NavigableMap<Long, Row> rows(String type, @Nullable Lookup lookup) {
        return lookup == null ? table(type).all() : rows(type, lookup.index(), lookup.value());
    }

    private NavigableMap<Long, Row> rows(String type, String index, String value) {
        reindexChanged();
        return table(type).matching(index, value);
    }

    private long seq(String type, String id) {
        return Objects.requireNonNull(table(type).find(id), "cursor").seq;
    }

    private void reindexChanged() {
        for (Key key : changes.keySet()) {
            Table table = table(key.type());
            Row row = table.find(key.id());
            if (row != null) {
                table.reindex(row);
            }
        }
    }

    private Table table(String type) {
        return tables.computeIfAbsent(type, name -> new Table(Indexes.of(name)));
    }
}
