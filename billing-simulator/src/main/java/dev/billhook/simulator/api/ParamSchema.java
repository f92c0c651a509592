package dev.billhook.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.ParamType.Either;
import dev.billhook.simulator.api.ParamType.Field;
import dev.billhook.simulator.api.ParamType.Group;
import dev.billhook.simulator.api.ParamType.Keyed;
import dev.billhook.simulator.api.ParamType.Kind;
import dev.billhook.simulator.api.ParamType.Many;
import dev.billhook.simulator.api.ParamType.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters an endpoint knows, written compactly: {@code "name! email? items:[{price quantity:int}] metadata?:map"}. A
 * {@code !} marks what is required, a {@code ?} what may be unset with an empty value. Types are {@code str} (the default),
 * {@code int}, {@code bool}, {@code dec} (decimal text), {@code num} (decimal number), {@code range} (a number or its bounds), {@code map} (free keys, texts),
 * {@code any} (accepted but not modelled), a list {@code [type]}, an object {@code {fields}}, free keys {@code <type>}, and
 * words separated by bars: the allowed values, or next to {@code int} the words allowed beside numbers. A last alternative in braces
 * allows an object instead.
 */
public final class ParamSchema {
    private final Group root;

    private ParamSchema(Group root) {
        this.root = root;
    }

    /** Reads a schema; every endpoint also takes {@code expand}. */
    public static ParamSchema of(String text) {
        return new ParamSchema(new Parser(text + " expand:[str]").group('\0'));
    }

    /** Reads the schema of an endpoint that lists: it also takes the cursor parameters. */
    public static ParamSchema ofList(String text) {
        return of(text + " limit:int starting_after ending_before");
    }

    /** The names of all parameters in bracket notation; of lists the first element, of free keys the key {@code key}. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        names("", root, names);
        return names;
    }

    private static void names(String name, ParamType type, List<String> names) {
        if (type instanceof Group group) {
            group.fields()
                    .values()
                    .forEach(field -> names(
                            name.isEmpty() ? field.name() : name + "[" + field.name() + "]", field.type(), names));
        } else if (type instanceof Many many) {
            names(name + "[0]", many.element(), names);
        } else if (type instanceof Keyed keyed) {
            names(name + "[key]", keyed.value(), names);
        } else {
            names.add(name);
            if (type instanceof Either either) {
                names(name, either.group(), names);
            }
        }
    }

    /** Checks and types what came with a request. */
    public Params check(ObjectNode raw) {
        return new Params(new ParamChecker().group(root, raw, ""), "");
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Group group(char end) {
            Map<String, Field> fields = new LinkedHashMap<>();
            skipBlanks();
            while (at < text.length() && text.charAt(at) != end) {
                Field field = field();
                fields.put(field.name(), field);
                skipBlanks();
            }
            at++;
            return new Group(fields);
        }

        private Field field() {
            String name = word();
            if (name.isEmpty()) {
                throw new IllegalArgumentException("bad schema at " + at + ": " + text);
            }
            boolean required = take('!');
            boolean emptyable = take('?');
            boolean typed = take(':');
            if (typed || peek() == '{' || peek() == '[' || peek() == '<') {
                return new Field(name, required, emptyable, type());
            }
            return new Field(name, required, emptyable, new Scalar(Kind.TEXT, List.of()));
        }

        private ParamType type() {
            if (take('{')) {
                return group('}');
            }
            if (take('[')) {
                ParamType element = type();
                take(']');
                return new Many(element);
            }
            if (take('<')) {
                ParamType value = type();
                take('>');
                return new Keyed(value);
            }
            List<String> words = new ArrayList<>(List.of(word()));
            while (take('|')) {
                if (take('{')) {
                    return new Either(scalar(words), group('}'));
                }
                words.add(word());
            }
            return "map".equals(words.get(0)) ? new Keyed(new Scalar(Kind.TEXT, List.of())) : scalar(words);
        }

        private static Scalar scalar(List<String> words) {
            Kind kind = Kind.of(words.get(0));
            return kind == null
                    ? new Scalar(Kind.TEXT, List.copyOf(words))
                    : new Scalar(kind, List.copyOf(words.subList(1, words.size())));
        }

        private String word() {
            int start = at;
            while (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '-' || peek() == '.') {
                at++;
            }
            return text.substring(start, at);
        }

        private boolean take(char c) {
            if (peek() == c) {
                at++;
                return true;
            }
            return false;
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : '\0';
        }

        private void skipBlanks() {
            while (Character.isWhitespace(peek())) {
                at++;
            }
        }
    }
}
