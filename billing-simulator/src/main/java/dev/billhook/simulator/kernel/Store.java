package dev.billhook.simulator.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.rows.Packer;
import dev.billhook.simulator.kernel.rows.Row;
import dev.billhook.simulator.kernel.rows.Shelf;
import dev.billhook.simulator.kernel.rows.Table;
import dev.billhook.simulator.kernel.rows.Table.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All documents, by type and in the order of creation, with one open unit of work. A document read with {@link #find} must not be
 * changed; {@link #edit} hands out a private copy that replaces the stored one. {@link #rollback} puts every earlier document
 * back. Field names that begin with an underscore hold what the engine remembers and the API never shows. Documents that were not
 * used lately are held packed, so two reads need not give the same tree. Not thread-safe: the {@link Simulation} serialises
 * access.
 */
public final class Store {
    private static final int TREES = 4_000;

    private record Key(String type, String id) {}

    /** What a unit of work changes: the document before it, and where it stands in the indexes now. */
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

    private final Map<String, Table> tables = new HashMap<>();
    private final Map<Key, ObjectNode> tombstones = new HashMap<>();
    private final Map<Key, Change> changes = new LinkedHashMap<>();
    private final int trees;
    private Shelf shelf;
    private int nextSeq = 1;

    /** An empty store that holds as many trees as are quick to come back to. */
    public Store() {
        this(TREES);
    }

    /** An empty store that holds this many documents as trees besides those being changed. */
    Store(int trees) {
        this.trees = trees;
        this.shelf = new Shelf(trees);
    }

    /** The document, or null. */
    public @Nullable ObjectNode find(String type, String id) {
        Row row = table(type).find(id);
        return row == null ? null : shelf.take(row);
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
        ObjectNode doc = shelf.take(row);
        Key key = new Key(type, id);
        if (changes.containsKey(key)) {
            return doc;
        }
        changes.put(key, new Change(row, doc, null, table(type).keysOf(doc)));
        ObjectNode copy = doc.deepCopy();
        row.setOpen(true);
        row.set(copy);
        return copy;
    }

    /** Adds a new document, which names its own type and id. */
    public void insert(ObjectNode doc) {
        String type = Docs.textOf(doc, "object");
        String id = Docs.textOf(doc, "id");
        Table table = table(type);
        if (table.find(id) != null) {
            throw new IllegalStateException(type + " " + id + " exists");
        }
        Key key = new Key(type, id);
        Row row = new Row(nextSeq++, doc);
        row.setOpen(true);
        ObjectNode tombstone = tombstones.remove(key);
        Change former = changes.get(key);
        changes.put(
                key,
                former == null || former.before == null
                        ? new Change(row, null, former == null ? tombstone : former.tombstone, Map.of())
                        : new Change(former.row, former.before, former.tombstone, Map.of()));
        table.put(id, row);
    }

    /** Removes a document and leaves a tombstone. */
    public ObjectNode delete(String type, String id) {
        edit(type, id);
        Key key = new Key(type, id);
        remove(key);
        ObjectNode tombstone = Docs.object();
        tombstone.put("id", id);
        tombstone.put("object", type);
        tombstone.put("deleted", true);
        tombstones.put(key, tombstone);
        return tombstone;
    }

    /** The document as it was when the unit of work began; null when it is new. */
    public @Nullable ObjectNode before(String type, String id) {
        Change change = changes.get(new Key(type, id));
        return change == null ? find(type, id) : change.before;
    }

    /** All documents of a type, newest first. */
    public Stream<ObjectNode> newestFirst(String type) {
        return table(type).newestFirst(null, "", null, Span.ALWAYS).map(shelf::glance);
    }

    /** All documents of a type whose indexed field has the value, newest first. */
    public Stream<ObjectNode> newestFirst(String type, String index, String value) {
        reindexChanged();
        return table(type).newestFirst(index, value, null, Span.ALWAYS).map(shelf::glance);
    }

    /** The selected documents newest first, beginning behind the one named if any. */
    public Stream<ObjectNode> newestFirst(String type, Selection selection, @Nullable String after) {
        Lookup lookup = narrowest(type, selection);
        Table table = table(type);
        Row cursor = after == null ? null : Objects.requireNonNull(table.find(after), "cursor");
        Stream<Row> rows = lookup == null
                ? table.newestFirst(null, "", cursor, selection.created())
                : table.newestFirst(lookup.index(), lookup.value(), cursor, selection.created());
        return select(table, rows, selection);
    }

    /** The selected documents newer than the one named, oldest first. */
    public Stream<ObjectNode> oldestFirst(String type, Selection selection, String before) {
        Lookup lookup = narrowest(type, selection);
        Table table = table(type);
        Row cursor = Objects.requireNonNull(table.find(before), "cursor");
        Stream<Row> rows = lookup == null
                ? table.oldestFirst(null, "", cursor, selection.created())
                : table.oldestFirst(lookup.index(), lookup.value(), cursor, selection.created());
        return select(table, rows, selection);
    }

    /** What packs documents, and others like them, as small as they are held here; a new one after {@link #clear}. */
    public Packer packer() {
        return shelf.packer();
    }

    /** Number of documents of a type. */
    public int count(String type) {
        return table(type).size();
    }

    /** Makes what was done since the last commit permanent. */
    public void commit() {
        reindexChanged();
        changes.forEach((key, change) -> {
            Row row = table(key.type()).find(key.id());
            change.row.setOpen(false);
            if (row != null) {
                row.setOpen(false);
                shelf.name(key.id());
                shelf.keep(row);
            }
        });
        changes.clear();
    }

    /** Undoes what was done since the last commit. */
    public void rollback() {
        undo(changes);
        changes.clear();
    }

    private void undo(Map<Key, Change> undone) {
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

    /**
     * Remembers the present state of the open unit of work; running what this returns brings it back. Documents that were being
     * edited stay the same objects, with their earlier content.
     */
    Runnable savepoint() {
        Map<Key, Change> earlier = new LinkedHashMap<>(changes);
        List<Runnable> restores = new ArrayList<>();
        earlier.forEach((key, change) -> restores.add(restore(key, change)));
        return () -> {
            Map<Key, Change> since = new LinkedHashMap<>(changes);
            since.keySet().removeAll(earlier.keySet());
            undo(since);
            restores.forEach(Runnable::run);
            changes.keySet().removeAll(since.keySet());
        };
    }

    private Runnable restore(Key key, Change change) {
        Row row = table(key.type()).find(key.id());
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

    private void putBack(Key key, Change change, Row row, ObjectNode doc) {
        Table table = table(key.type());
        table.put(key.id(), row);
        change.keys = table.reindex(row, doc, Map.of());
    }

    private void entomb(Key key, @Nullable ObjectNode tombstone) {
        if (tombstone == null) {
            tombstones.remove(key);
        } else {
            tombstones.put(key, tombstone);
        }
    }

    /** Forgets everything. */
    public void clear() {
        tables.clear();
        tombstones.clear();
        changes.clear();
        shelf = new Shelf(trees);
        nextSeq = 1;
    }

    /** A lookup by an index, or by a field of the first level that has none. */
    public record Lookup(String index, String value) {}

    private Stream<ObjectNode> select(Table table, Stream<Row> rows, Selection selection) {
        return rows.filter(row -> selection.created().contains(row.created())
                        && selection.equal().stream().allMatch(wanted -> matches(table, row, wanted))
                        && selection.test().test(path -> shelf.at(row, path)))
                .map(shelf::glance);
    }

    private boolean matches(Table table, Row row, Lookup wanted) {
        return table.hasIndex(wanted.index())
                ? table.isFoundBy(wanted.index(), wanted.value(), row)
                : wanted.value().equals(shelf.at(row, List.of(wanted.index())).textValue());
    }

    /** The index that leaves the fewest documents to look at. */
    private @Nullable Lookup narrowest(String type, Selection selection) {
        reindexChanged();
        Table table = table(type);
        return selection.equal().stream()
                .filter(lookup -> table.hasIndex(lookup.index()))
                .min(Comparator.comparingInt(lookup -> table.count(lookup.index(), lookup.value())))
                .orElse(null);
    }

    private void remove(Key key) {
        Change change = changes.get(key);
        table(key.type()).remove(key.id(), change == null ? Map.of() : change.keys);
        if (change != null) {
            change.keys = Map.of();
        }
    }

    private void reindexChanged() {
        changes.forEach((key, change) -> {
            Table table = table(key.type());
            Row row = table.find(key.id());
            if (row != null) {
                change.keys = table.reindex(row, shelf.glance(row), change.keys);
            }
        });
    }

    private Table table(String type) {
        return tables.computeIfAbsent(type, name -> new Table(Indexes.of(name)));
    }
}
