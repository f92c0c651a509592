package dev.billhook.simulator.kernel.rows;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One stored document; {@code seq} orders documents by creation. It is held as a tree, or packed when it was not used lately. */
public final class Row {
    static final long UNDATED = Long.MIN_VALUE;

    private final int seq;
    private long created = UNDATED;
    private Object form;
    private boolean open;
    private boolean touched;
    private boolean warm;

    public Row(int seq, ObjectNode doc) {
        this.seq = seq;
        this.form = doc;
    }

    /** Its place in the order of creation. */
    public int seq() {
        return seq;
    }

    /** The document's {@code created}; 0 where it has none. */
    public long created() {
        return created;
    }

    /** Replaces the document. */
    public void set(ObjectNode doc) {
        form = doc;
    }

    /** Tells whether a unit of work is changing the document, which is then not to be packed. */
    public void setOpen(boolean changing) {
        open = changing;
    }

    void setCreated(long second) {
        created = second;
    }

    boolean isOpen() {
        return open;
    }

    Object form() {
        return form;
    }

    void pack(byte[] packed) {
        form = packed;
    }

    boolean isWarm() {
        return warm;
    }

    void setWarm(boolean kept) {
        warm = kept;
        touched = false;
    }

    void touch() {
        touched = true;
    }

    /** Whether it was used since this was last asked. */
    boolean takeTouch() {
        boolean was = touched;
        touched = false;
        return was;
    }
}
