package dev.billhook.simulator.event.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Difference;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Shows objects as an earlier version of the API did, by undoing the changes that came after it, newest first. Versions before
 * 2020-08-27 are shown like that one.
 */
public final class VersionShape {
    private static final Pattern VERSION = Pattern.compile("20\\d\\d-\\d\\d-\\d\\d(\\.[a-z]+)?");

    private final String version;
    private final List<Change> unknown;

    private VersionShape(String version) {
        this.version = version;
        this.unknown = Changes.NEWEST_FIRST.stream()
                .filter(change -> change.isUnknownTo(version))
                .toList();
    }

    /**
     * The shape of a version.
     *
     * @throws IllegalArgumentException unless it is a date, perhaps with the name of a release
     */
    public static VersionShape of(String version) {
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("Invalid Stripe API version: " + version);
        }
        return new VersionShape(version);
    }

    /** A copy of an event in this shape: its object, the old values of what changed, and the version it names. */
    public ObjectNode renderEvent(ObjectNode event, Related related) {
        ObjectNode copy = event.deepCopy();
        copy.put("api_version", version);
        if (!unknown.isEmpty()) {
            ObjectNode data = Docs.child(copy, "data");
            ObjectNode object = Docs.child(data, "object");
            ObjectNode shown = render(object, related);
            data.set("object", shown);
            if (data.get("previous_attributes") instanceof ObjectNode previous) {
                ObjectNode before = render(Difference.undone(object, previous), related);
                data.set("previous_attributes", Difference.previousAttributes(before, shown));
            }
        }
        return copy;
    }

    /** A copy of an object in this shape, with everything in it. */
    public ObjectNode render(ObjectNode object, Related related) {
        ObjectNode copy = object.deepCopy();
        rewrite(copy, new Scope(this, related));
        return copy;
    }

    private void rewrite(ObjectNode doc, Scope scope) {
        String type = Docs.text(doc, "object");
        // What the steps add is complete already: only what was there before is gone into.
        List<String> present = new ArrayList<>();
        doc.fieldNames().forEachRemaining(present::add);
        for (Change change : unknown) {
            if (change.object().equals(type)) {
                change.steps().forEach(step -> step.undo(doc, scope));
            }
        }
        for (String name : present) {
            rewriteAll(doc.path(name), scope);
        }
    }

    private void rewriteAll(JsonNode value, Scope scope) {
        if (value instanceof ObjectNode object) {
            rewrite(object, scope);
        } else if (value instanceof ArrayNode array) {
            array.forEach(element -> rewriteAll(element, scope));
        }
    }
}
