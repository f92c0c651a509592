package dev.billhook.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checked parameters: every value has the type its schema says; an explicitly unset one is present and null. */
public final class Params {
    private static final int MAX_METADATA_KEYS = 50;
    private static final int MAX_METADATA_KEY = 40;
    private static final int MAX_METADATA_VALUE = 500;

    private final ObjectNode values;
    private final String path;

    Params(ObjectNode values, String path) {
        this.values = values;
        this.path = path;
    }

    /** Parameters an engine makes for itself, in the shape the API's schema would give. */
    public static Params of(ObjectNode values) {
        return new Params(values, "");
    }

    /** The typed tree. */
    public ObjectNode tree() {
        return values;
    }

    /** Whether the parameter was given, be it to unset. */
    public boolean has(String name) {
        return values.has(name);
    }

    /** Whether the parameter was given with a value. */
    public boolean hasValue(String name) {
        return values.hasNonNull(name);
    }

    /** Whether the parameter was given empty, to unset. */
    public boolean isUnset(String name) {
        return values.has(name) && values.get(name).isNull();
    }

    /** A text, or null when not given. */
    public @Nullable String text(String name) {
        return Docs.text(values, name);
    }

    /** A text, or this one when not given. */
    public String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    /** A text that must be there. */
    public String requireText(String name) {
        String value = text(name);
        if (value == null) {
            throw ApiError.missing(name(name));
        }
        return value;
    }

    /** A number, or null when not given (or given as a word). */
    public @Nullable Long number(String name) {
        return Docs.number(values, name);
    }

    /** A number, or this one when not given. */
    public long number(String name, long otherwise) {
        Long value = number(name);
        return value == null ? otherwise : value;
    }

    /** Whether a boolean was given and is true. */
    public boolean flag(String name) {
        return Docs.flag(values, name);
    }

    /** Nested parameters; none when not given. */
    public Params group(String name) {
        return new Params(Docs.child(values, name), name(name));
    }

    /** A list of nested parameters. */
    public List<Params> groups(String name) {
        List<Params> result = new ArrayList<>();
        List<ObjectNode> elements = Docs.objects(values, name);
        for (int i = 0; i < elements.size(); i++) {
            result.add(new Params(elements.get(i), name(name) + "[" + i + "]"));
        }
        return result;
    }

    /** A list of texts. */
    public List<String> texts(String name) {
        return Docs.texts(values, name);
    }

    /** The full name of a parameter, for errors. */
    public String name(String name) {
        return path.isEmpty() ? name : path + "[" + name + "]";
    }

    /** Sets these fields of a document to what was given; unset ones become null, those not given stay. */
    public void copyTo(ObjectNode doc, String... names) {
        for (String name : names) {
            JsonNode value = values.get(name);
            if (value != null) {
                doc.set(name, value.deepCopy());
            }
        }
    }

    /** Merges metadata as Stripe does: given keys are set, keys given empty vanish, an empty parameter clears all. */
    public void mergeMetadata(ObjectNode doc) {
        if (isUnset("metadata")) {
            doc.putObject("metadata");
            return;
        }
        ObjectNode metadata = Docs.ensure(doc, "metadata");
        Docs.child(values, "metadata").properties().forEach(entry -> {
            String key = entry.getKey();
            if (entry.getValue().isNull()) {
                metadata.remove(key);
                return;
            }
            checkMetadata(key, entry.getValue().asText());
            metadata.set(key, entry.getValue());
        });
        if (metadata.size() > MAX_METADATA_KEYS) {
            throw ApiError.invalid(null, name("metadata"), "Metadata can have up to " + MAX_METADATA_KEYS + " keys.");
        }
    }

    private void checkMetadata(String key, String value) {
        if (key.length() > MAX_METADATA_KEY || value.length() > MAX_METADATA_VALUE) {
            throw ApiError.invalid(
                    null,
                    name("metadata"),
                    "Metadata keys can have up to 40 characters, values up to 500; check '" + key + "'.");
        }
    }
}
