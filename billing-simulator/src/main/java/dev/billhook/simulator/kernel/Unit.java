package dev.billhook.simulator.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.rows.Row;
import dev.billhook.simulator.kernel.rows.Shelf;
import dev.billhook.simulator.kernel.rows.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The open unit of work of a {@link Store}: which documents it changed, made or deleted, and how that is undone as a whole or back
 * to a moment within it. Indexes follow what it changed when they are asked. Not thread-safe.
 */
final class Unit {
    /** Names a document. */
    record DocKey(String type, String id) {}

    /** The document before the unit of work, and where it stands in the indexes now. */
    private static final class Change {
        final Row row;
        final @Nullable ObjectNode before;
        final @Nullable ObjectNode tombstone;
        Map<String, List<String>> keys;

        Change(Row row, @Nullable ObjectNode before, @Nullable ObjectNode tombstone, Map<String, List<String>> keys) {
            this.row = row;
            this.before = before;
            this.tombstone = tombstone;
            this.keys = keys;
        }
    }

    private final Map<DocKey, Change> changes = new LinkedHashMap<>();
    private final Function<String, Table> tables;
    private final Map<DocKey, ObjectNode> tombstones;
    private final Shelf shelf;

    /** Changes these tables and tombstones; the shelf holds their documents. */
    Unit(Function<String, Table> tables, Map<DocKey, ObjectNode> tombstones, Shelf shelf) {
        this.tables = tables;
        this.tombstones = tombstones;
        this.shelf = shelf;
    }

    /** A copy of the document that takes its place at once; the same one when called again. */
    ObjectNode edit(DocKey key) {
        Row row = table(key).find(key.id());
        if (row == null) {
            throw new IllegalStateException("no " + key.type() + " " + key.id());
        }
        ObjectNode doc = shelf.take(row);
        if (changes.containsKey(key)) {
            return doc;
        }
        changes.put(key, new Change(row, doc, null, table(key).keysOf(doc)));
        ObjectNode copy = doc.deepCopy();
        row.setOpen(true);
        row.set(copy);
        return copy;
    }

    /** Adds a new document in this place of the order of creation. */
    void insert(ObjectNode doc, int seq) {
        DocKey key = new DocKey(Docs.textOf(doc, "object"), Docs.textOf(doc, "id"));
        if (table(key).find(key.id()) != null) {
            throw new IllegalStateException(key.type() + " " + key.id() + " exists");
        }
        Row row = new Row(seq, doc);
        row.setOpen(true);
        ObjectNode tombstone = tombstones.remove(key);
        Change former = changes.get(key);
        changes.put(
                key,
                former == null || former.before == null
                        ? new Change(row, null, former == null ? tombstone : former.tombstone, Map.of())
                        : new Change(former.row, former.before, former.tombstone, Map.of()));
        table(key).put(key.id(), row);
    }

    /** Removes a document and leaves a tombstone. */
    ObjectNode delete(DocKey key) {
        edit(key);
        remove(key);
        ObjectNode tombstone = Docs.object();
        tombstone.put("id", key.id());
        tombstone.put("object", key.type());
        tombstone.put("deleted", true);
        tombstones.put(key, tombstone);
        return tombstone;
    }

    /** The document as it was when the unit of work began; null when it is new. */
    @Nullable ObjectNode before(DocKey key) {
        Change change = changes.get(key);
        if (change != null) {
            return change.before;
        }
        Row row = table(key).find(key.id());
        return row == null ? null : shelf.take(row);
    }

    /** Ends it and lets everything stay. */
    void commit() {
        reindex();
        changes.forEach((key, change) -> {
            Row row = table(key).find(key.id());
            change.row.setOpen(false);
            if (row != null) {
                row.setOpen(false);
                shelf.name(key.id());
                shelf.keep(row);
            }
        });
        changes.clear();
    }

    /** Ends it and undoes everything. */
    void rollback() {
        undo(changes);
        changes.clear();
    }

    /** Remembers the present state; running what this returns brings it back. */
    Runnable savepoint() {
        Map<DocKey, Change> earlier = new LinkedHashMap<>(changes);
        List<Runnable> restores = new ArrayList<>();
        earlier.forEach((key, change) -> restores.add(restore(key, change)));
        return () -> {
            Map<DocKey, Change> since = new LinkedHashMap<>(changes);
            since.keySet().removeAll(earlier.keySet());
            undo(since);
            restores.forEach(Runnable::run);
            changes.keySet().removeAll(since.keySet());
        };
    }

    /** Whether anything was changed. */
    boolean isOpen() {
        return !changes.isEmpty();
    }

    /** Brings the indexes up to what has been changed. */
    void reindex() {
        changes.forEach((key, change) -> {
            Row row = table(key).find(key.id());
            if (row != null) {
                change.keys = table(key).reindex(row, shelf.glance(row), change.keys);
            }
        });
    }

    private void undo(Map<DocKey, Change> undone) {
        undone.forEach((key, change) -> {
            change.row.setOpen(false);
            remove(key);
            entomb(key, change.tombstone);
            if (change.before != null) {
                change.row.set(change.before);
                putBack(key, change, change.row, change.before);
                shelf.keep(change.row);
            }
        });
    }

    private Runnable restore(DocKey key, Change change) {
        Row row = table(key).find(key.id());
        ObjectNode tombstone = tombstones.get(key);
        ObjectNode doc = row == null ? null : shelf.take(row);
        ObjectNode content = doc == null ? null : doc.deepCopy();
        return () -> {
            remove(key);
            changes.put(key, change);
            entomb(key, tombstone);
            if (row != null && doc != null && content != null) {
                doc.removeAll();
                doc.setAll(content);
                row.set(doc);
                putBack(key, change, row, doc);
            }
        };
    }

    private void putBack(DocKey key, Change change, Row row, ObjectNode doc) {
        table(key).put(key.id(), row);
        change.keys = table(key).reindex(row, doc, Map.of());
    }

    private void entomb(DocKey key, @Nullable ObjectNode tombstone) {
        if (tombstone == null) {
            tombstones.remove(key);
        } else {
            tombstones.put(key, tombstone);
        }
    }

    private void remove(DocKey key) {
        Change change = changes.get(key);
        table(key).remove(key.id(), change == null ? Map.of() : change.keys);
        if (change != null) {
            change.keys = Map.of();
        }
    }

    private Table table(DocKey key) {
        return tables.apply(key.type());
    }
}
