package dev.billhook.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.billhook.simulator.api.ParamType.Either;
import dev.billhook.simulator.api.ParamType.Field;
import dev.billhook.simulator.api.ParamType.Group;
import dev.billhook.simulator.api.ParamType.Keyed;
import dev.billhook.simulator.api.ParamType.Kind;
import dev.billhook.simulator.api.ParamType.Many;
import dev.billhook.simulator.api.ParamType.Scalar;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Types decoded form fields by a schema and refuses, as Stripe does, what the schema does not know or allow. */
final class ParamChecker {
    private static final int MAX_TEXT = 5_000;
    private static final Set<String> BOUNDS = Set.of("gt", "gte", "lt", "lte");

    ObjectNode group(Group group, ObjectNode raw, String path) {
        ObjectNode typed = Docs.object();
        for (Map.Entry<String, JsonNode> entry : raw.properties()) {
            String name = join(path, entry.getKey());
            Field field = group.fields().get(entry.getKey());
            if (field == null) {
                throw ApiError.invalid("parameter_unknown", name, "Received unknown parameter: " + name);
            }
            typed.set(field.name(), field(field, entry.getValue(), name));
        }
        for (Field field : group.fields().values()) {
            if (field.required() && !typed.has(field.name())) {
                throw ApiError.missing(join(path, field.name()));
            }
        }
        return typed;
    }

    private JsonNode field(Field field, JsonNode raw, String name) {
        if (raw.isTextual() && raw.textValue().isEmpty()) {
            if (field.emptyable()) {
                return NullNode.getInstance();
            }
            if (!(field.type() instanceof Scalar scalar && scalar.kind() == Kind.ANY)) {
                throw ApiError.invalid(
                        "parameter_invalid_empty",
                        name,
                        "An empty value would unset '" + name
                                + "', which cannot be unset. Leave it out or give a value.");
            }
        }
        return typed(field.type(), raw, name);
    }

    private JsonNode typed(ParamType type, JsonNode raw, String name) {
        if (type instanceof Group group) {
            return group(group, object(raw, name), name);
        }
        if (type instanceof Either either) {
            return raw instanceof ObjectNode object
                    ? group(either.group(), object, name)
                    : scalar(either.scalar(), raw, name);
        }
        if (type instanceof Many many) {
            return list(many, raw, name);
        }
        if (type instanceof Keyed keyed) {
            ObjectNode result = Docs.object();
            object(raw, name).properties().forEach(entry -> {
                String entryName = join(name, entry.getKey());
                boolean unset = entry.getValue().isTextual()
                        && entry.getValue().textValue().isEmpty();
                result.set(
                        entry.getKey(),
                        unset ? NullNode.getInstance() : typed(keyed.value(), entry.getValue(), entryName));
            });
            return result;
        }
        return scalar((Scalar) type, raw, name);
    }

    private ArrayNode list(Many many, JsonNode raw, String name) {
        Map<Integer, JsonNode> byIndex = new TreeMap<>();
        if (!(raw instanceof ObjectNode object)) {
            throw ApiError.invalid(null, name, "Invalid array");
        }
        object.properties().forEach(entry -> byIndex.put(index(entry.getKey(), name), entry.getValue()));
        ArrayNode array = Docs.array();
        byIndex.forEach((index, element) -> array.add(typed(many.element(), element, join(name, "" + index))));
        return array;
    }

    private static int index(String key, String name) {
        try {
            return Integer.parseInt(key);
        } catch (NumberFormatException e) {
            throw ApiError.invalid(null, name, "Invalid array");
        }
    }

    private static ObjectNode object(JsonNode raw, String name) {
        if (raw instanceof ObjectNode object) {
            return object;
        }
        throw ApiError.invalid("parameter_invalid_object", name, "Invalid object");
    }

    private static JsonNode scalar(Scalar type, JsonNode raw, String name) {
        if (type.kind() == Kind.ANY) {
            return raw;
        }
        if (type.kind() == Kind.RANGE && raw instanceof ObjectNode bounds) {
            return bounds(bounds, name);
        }
        if (!raw.isTextual()) {
            throw ApiError.invalid("parameter_invalid_string", name, "Invalid string: a single value is expected");
        }
        String text = raw.textValue();
        if (type.choices().contains(text)) {
            return raw;
        }
        return switch (type.kind()) {
            case INTEGER, RANGE -> integer(text, name);
            case BOOLEAN -> bool(text, name);
            case DECIMAL -> TextNode.valueOf(decimal(text, name).toPlainString());
            case NUMBER -> DecimalNode.valueOf(decimal(text, name));
            default -> text(type, text, name);
        };
    }

    private static JsonNode text(Scalar type, String text, String name) {
        if (!type.choices().isEmpty()) {
            throw ApiError.invalid(
                    null, name, "Invalid " + name + ": must be one of " + String.join(", ", type.choices()));
        }
        if (text.length() > MAX_TEXT) {
            throw ApiError.invalid(
                    "parameter_invalid_string", name, "Invalid string: longer than " + MAX_TEXT + " characters");
        }
        return TextNode.valueOf(text);
    }

    private static ObjectNode bounds(ObjectNode raw, String name) {
        ObjectNode typed = Docs.object();
        raw.properties().forEach(entry -> {
            String bound = join(name, entry.getKey());
            if (!BOUNDS.contains(entry.getKey())) {
                throw ApiError.invalid("parameter_unknown", bound, "Received unknown parameter: " + bound);
            }
            typed.set(entry.getKey(), integer(entry.getValue().asText(), bound));
        });
        return typed;
    }

    private static JsonNode integer(String text, String name) {
        try {
            return LongNode.valueOf(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw ApiError.invalid("parameter_invalid_integer", name, "Invalid integer: " + text);
        }
    }

    private static JsonNode bool(String text, String name) {
        return switch (text) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            default -> throw ApiError.invalid(null, name, "Invalid boolean: " + text);
        };
    }

    private static BigDecimal decimal(String text, String name) {
        if (text.length() <= 40 && text.matches("-?\\d+(\\.\\d+)?")) {
            return new BigDecimal(text);
        }
        throw ApiError.invalid(null, name, "Invalid decimal: " + text);
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "[" + name + "]";
    }
}
