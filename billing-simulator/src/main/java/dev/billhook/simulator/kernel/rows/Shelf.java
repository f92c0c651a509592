package dev.billhook.simulator.kernel.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Keeps the documents used last as trees and packs the others. What a unit of work has open stays a tree. Not thread-safe.
 */
public final class Shelf {
    private final int kept;
    private final Packer packer = new Packer();
    private final Deque<Row> warm = new ArrayDeque<>();

    /** Keeps so many trees. */
    public Shelf(int kept) {
        this.kept = kept;
    }

    /** What packs the documents. */
    public Packer packer() {
        return packer;
    }

    /** Lets packed documents name the one of this identifier by a number. */
    public void name(String id) {
        packer.name(id);
    }

    /** The document of a row that is going to be used again; the same tree until it is packed. */
    public ObjectNode take(Row row) {
        row.touch();
        if (row.form() instanceof byte[] packed) {
            ObjectNode doc = packer.unpack(packed);
            row.set(doc);
            keep(row);
            return doc;
        }
        return (ObjectNode) row.form();
    }

    /** The document of a row that is read in passing. */
    public ObjectNode glance(Row row) {
        return row.form() instanceof byte[] packed ? packer.unpack(packed) : (ObjectNode) row.form();
    }

    /** One value of a row's document. */
    public JsonNode at(Row row, List<String> path) {
        if (row.form() instanceof byte[] packed) {
            return packer.at(packed, path);
        }
        JsonNode value = (ObjectNode) row.form();
        for (String field : path) {
            value = value.path(field);
        }
        return value;
    }

    /** Holds a row's tree for a while, at the cost of those not used for longest. */
    public void keep(Row row) {
        if (!row.isWarm()) {
            row.setWarm(true);
            warm.add(row);
        }
        for (int tries = warm.size(); tries > 0 && warm.size() > kept; tries--) {
            Row oldest = warm.remove();
            if (oldest.isOpen() || oldest == row || oldest.takeTouch()) {
                warm.add(oldest);
            } else {
                oldest.setWarm(false);
                if (oldest.form() instanceof ObjectNode doc) {
                    oldest.pack(packer.pack(doc));
                }
            }
        }
    }
}
