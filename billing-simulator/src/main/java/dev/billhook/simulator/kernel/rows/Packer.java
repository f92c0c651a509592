package dev.billhook.simulator.kernel.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns documents into few bytes and back. An object is the number of its shape, a bit for each field whether it is unusual, and
 * the unusual values; identifiers of stored documents are numbers. Only the packer that packed a document can read it. Not
 * thread-safe.
 */
public final class Packer {
    /** Beyond so many shapes, objects tell their field names: metadata can have any. */
    private static final int MAX_SHAPES = 4_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int NULL = 0;
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int OBJECT = 3;
    private static final int ODD_OBJECT = 4;
    private static final int ARRAY = 5;
    private static final int INT = 6;
    private static final int LONG = 7;
    private static final int DECIMAL = 8;
    private static final int TEXT = 9;
    private static final int NAME = 10;

    private final Names names = new Names();
    private final Map<List<String>, Shape> shapes = new HashMap<>();
    private final List<Shape> byNumber = new ArrayList<>();
    private final Bytes out = new Bytes();

    /** Gives an identifier a number. */
    void name(String id) {
        names.add(id);
    }

    /** The document in few bytes. */
    public byte[] pack(ObjectNode doc) {
        out.cutTo(0);
        write(doc);
        return out.taken();
    }

    /** The document again, as a new tree. */
    public ObjectNode unpack(byte[] packed) {
        return (ObjectNode) read(new Cursor(packed));
    }

    /** One value of a packed document, without unpacking the rest; missing where there is none. */
    JsonNode at(byte[] packed, List<String> path) {
        Cursor in = new Cursor(packed);
        for (String field : path) {
            int kind = in.next();
            Cursor found = kind == OBJECT ? field(in, field) : kind == ODD_OBJECT ? oddField(in, field) : null;
            if (found == null) {
                return MissingNode.getInstance();
            }
            in = found;
        }
        return read(in);
    }

    private void write(JsonNode value) {
        switch (value.getNodeType()) {
            case OBJECT -> object((ObjectNode) value);
            case ARRAY -> {
                out.put(ARRAY);
                out.number(value.size());
                value.forEach(this::write);
            }
            case STRING -> text(value.textValue());
            case BOOLEAN -> out.put(value.booleanValue() ? TRUE : FALSE);
            case NUMBER -> number(value);
            case NULL -> out.put(NULL);
            default -> throw new IllegalArgumentException("not JSON: " + value.getNodeType());
        }
    }

    private void text(String text) {
        int name = names.find(text);
        if (name >= 0) {
            out.put(NAME);
            out.number(name);
        } else {
            out.put(TEXT);
            out.text(text);
        }
    }

    private void number(JsonNode value) {
        if (value.isInt() || value.isLong()) {
            out.put(value.isInt() ? INT : LONG);
            out.signed(value.longValue());
        } else {
            out.put(DECIMAL);
            out.text(value.decimalValue().toString());
        }
    }

    private void object(ObjectNode value) {
        Shape shape = shapeOf(value);
        if (shape == null) {
            out.put(ODD_OBJECT);
            out.number(value.size());
            value.properties().forEach(field -> {
                out.text(field.getKey());
                write(field.getValue());
            });
            return;
        }
        out.put(OBJECT);
        out.number(shape.number());
        int bits = out.bits(shape.bytes());
        int field = 0;
        for (JsonNode element : value) {
            int start = out.size();
            write(element);
            if (shape.isUsual(field, out.array(), start, out.size())) {
                out.cutTo(start);
            } else {
                out.setBit(bits, field);
            }
            field++;
        }
    }

    private @Nullable Shape shapeOf(ObjectNode value) {
        List<String> fields = new ArrayList<>(value.size());
        value.fieldNames().forEachRemaining(fields::add);
        Shape shape = shapes.get(fields);
        if (shape == null && byNumber.size() < MAX_SHAPES) {
            shape = new Shape(byNumber.size(), List.copyOf(fields));
            byNumber.add(shape);
            shapes.put(shape.fields(), shape);
        }
        return shape;
    }

    private JsonNode read(Cursor in) {
        int kind = in.next();
        return switch (kind) {
            case NULL -> NODES.nullNode();
            case TRUE -> NODES.booleanNode(true);
            case FALSE -> NODES.booleanNode(false);
            case OBJECT -> readObject(in);
            case ODD_OBJECT -> readOdd(in);
            case ARRAY -> {
                int count = in.count();
                ArrayNode array = NODES.arrayNode(count);
                for (int i = 0; i < count; i++) {
                    array.add(read(in));
                }
                yield array;
            }
            case INT -> NODES.numberNode((int) in.signed());
            case LONG -> NODES.numberNode(in.signed());
            case DECIMAL -> NODES.numberNode(new BigDecimal(in.text()));
            case TEXT -> NODES.textNode(in.text());
            case NAME -> NODES.textNode(names.get(in.count()));
            default -> throw new IllegalStateException("packed with kind " + kind);
        };
    }

    private ObjectNode readObject(Cursor in) {
        Shape shape = byNumber.get(in.count());
        int bits = in.skip(shape.bytes());
        ObjectNode object = NODES.objectNode();
        List<String> fields = shape.fields();
        for (int field = 0; field < fields.size(); field++) {
            object.set(fields.get(field), read(in.bit(bits, field) ? in : new Cursor(shape.usual(field))));
        }
        return object;
    }

    private ObjectNode readOdd(Cursor in) {
        int count = in.count();
        ObjectNode object = NODES.objectNode();
        for (int i = 0; i < count; i++) {
            String field = in.text();
            object.set(field, read(in));
        }
        return object;
    }

    private @Nullable Cursor field(Cursor in, String wanted) {
        Shape shape = byNumber.get(in.count());
        int bits = in.skip(shape.bytes());
        int position = shape.fields().indexOf(wanted);
        if (position < 0) {
            return null;
        }
        if (!in.bit(bits, position)) {
            return new Cursor(shape.usual(position));
        }
        for (int field = 0; field < position; field++) {
            if (in.bit(bits, field)) {
                skip(in);
            }
        }
        return in;
    }

    private @Nullable Cursor oddField(Cursor in, String wanted) {
        int count = in.count();
        for (int i = 0; i < count; i++) {
            if (in.text().equals(wanted)) {
                return in;
            }
            skip(in);
        }
        return null;
    }

    private void skip(Cursor in) {
        int kind = in.next();
        switch (kind) {
            case OBJECT -> {
                Shape shape = byNumber.get(in.count());
                int bits = in.skip(shape.bytes());
                for (int field = 0; field < shape.fields().size(); field++) {
                    if (in.bit(bits, field)) {
                        skip(in);
                    }
                }
            }
            case ODD_OBJECT -> {
                for (int left = in.count(); left > 0; left--) {
                    in.skip(in.count());
                    skip(in);
                }
            }
            case ARRAY -> {
                for (int left = in.count(); left > 0; left--) {
                    skip(in);
                }
            }
            case INT, LONG, NAME -> in.number();
            case DECIMAL, TEXT -> in.skip(in.count());
            default -> {
                // null, true and false have nothing behind their kind
            }
        }
    }
}
