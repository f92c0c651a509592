package dev.billhook.simulator.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Unit.DocKey;
import dev.billhook.simulator.kernel.rows.Packer;
import dev.billhook.simulator.kernel.rows.Row;
import dev.billhook.simulator.kernel.rows.Shelf;
import dev.billhook.simulator.kernel.rows.Table;
import dev.billhook.simulator.kernel.rows.Table.Span;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
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
    private static final int FEW = 2_000;

    private final Map<String, Table> tables = new HashMap<>();
    private final Map<DocKey, ObjectNode> tombstones = new LinkedHashMap<>();
    private final int trees;
    private final int few;
    private Shelf shelf;
    private Unit unit;
    private int nextSeq = 1;

    /** An empty store that holds as many trees as are quick to come back to. */
    public Store() {
        this(TREES, FEW);
    }

    /** An empty store that holds this many documents as trees besides those being changed. */
    Store(int trees) {
        this(trees, FEW);
    }

    /** The same that looks for values in more than so many documents by indexes. */
    Store(int trees, int few) {
        this.few = few;
        this.trees = trees;
        this.shelf = new Shelf(trees);
        this.unit = new Unit(this::table, tombstones, shelf);
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
        return tombstones.get(new DocKey(type, id));
    }

    /** A copy of the document that takes its place at once; repeated calls in a unit of work give the same copy. */
    public ObjectNode edit(String type, String id) {
        return unit.edit(new DocKey(type, id));
    }

    /** Adds a new document, which names its own type and id. */
    public void insert(ObjectNode doc) {
        unit.insert(doc, nextSeq++);
    }

    /** Removes a document and leaves a tombstone. */
    public ObjectNode delete(String type, String id) {
        return unit.delete(new DocKey(type, id));
    }

    /** The document as it was when the unit of work began; null when it is new. */
    public @Nullable ObjectNode before(String type, String id) {
        return unit.before(new DocKey(type, id));
    }

    /** All documents of a type, newest first. */
    public Stream<ObjectNode> newestFirst(String type) {
        return table(type).newestFirst(null, "", null, Span.ALWAYS, null).map(shelf::glance);
    }

    /** All documents of a type whose indexed field has the value, newest first. */
    public Stream<ObjectNode> newestFirst(String type, String index, String value) {
        unit.reindex();
        return table(type).newestFirst(index, value, null, Span.ALWAYS, null).map(shelf::glance);
    }

    /** The selected documents newest first, beginning behind the one named if any. */
    public Stream<ObjectNode> newestFirst(String type, Selection selection, @Nullable String after) {
        return choice(type, selection).newestFirst(after);
    }

    /** The selected documents newer than the one named, oldest first. */
    public Stream<ObjectNode> oldestFirst(String type, Selection selection, String before) {
        return choice(type, selection).oldestFirst(before);
    }

    private Choice choice(String type, Selection selection) {
        unit.reindex();
        return new Choice(table(type), shelf, selection, unit.isOpen() ? Integer.MAX_VALUE : few);
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
        unit.commit();
    }

    /** Undoes what was done since the last commit. */
    public void rollback() {
        unit.rollback();
    }

    /**
     * Remembers the present state of the open unit of work; running what this returns brings it back. Documents that were being
     * edited stay the same objects, with their earlier content.
     */
    Runnable savepoint() {
        return unit.savepoint();
    }

    /** Every document in the order of creation, between units of work. */
    public Stream<ObjectNode> everything() {
        return tables.values().stream()
                .flatMap(Table::all)
                .sorted(Comparator.comparingInt(Row::seq))
                .map(shelf::glance);
    }

    /** What is left of every deleted document. */
    public Stream<ObjectNode> everythingDeleted() {
        return tombstones.values().stream();
    }

    /** Puts back what is left of a deleted document. */
    public void addDeleted(ObjectNode tombstone) {
        tombstones.put(new DocKey(Docs.textOf(tombstone, "object"), Docs.textOf(tombstone, "id")), tombstone);
    }

    /** Forgets everything. */
    public void clear() {
        tables.clear();
        tombstones.clear();
        shelf = new Shelf(trees);
        unit = new Unit(this::table, tombstones, shelf);
        nextSeq = 1;
    }

    /** A lookup by an index, or by a field of the first level that has none. */
    public record Lookup(String index, String value) {}

    private Table table(String type) {
        return tables.computeIfAbsent(type, name -> new Table(Indexes.of(name)));
    }
}
