package dev.billhook.internal.yaml;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A value in a document. Every {@code as…} answers empty, with a problem noted once at this value's path, if the value is of
 * another kind. Not thread-safe.
 */
public final class YamlNode {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,18})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?");

    private final Kind kind;
    private final String path;
    private final Position position;
    private final Problems problems;
    private final String text;
    private final Map<String, YamlNode> fields;
    private final List<YamlNode> elements;
    private final Set<String> misspelled = new HashSet<>();

    private YamlNode(Kind kind, Place place, String text, Map<String, YamlNode> fields, List<YamlNode> elements) {
        this.kind = kind;
        this.path = place.path();
        this.position = place.position();
        this.problems = place.problems();
        this.text = text;
        this.fields = fields;
        this.elements = elements;
    }

    static YamlNode map(String path, Position position, Problems problems, Map<String, YamlNode> fields) {
        return new YamlNode(Kind.MAP, new Place(path, position, problems), "", fields, List.of());
    }

    static YamlNode list(String path, Position position, Problems problems, List<YamlNode> elements) {
        return new YamlNode(Kind.LIST, new Place(path, position, problems), "", Map.of(), elements);
    }

    static YamlNode scalar(String path, Position position, Problems problems, String text) {
        return new YamlNode(Kind.SCALAR, new Place(path, position, problems), text, Map.of(), List.of());
    }

    static YamlNode nothing(String path, Position position, Problems problems) {
        return new YamlNode(Kind.NOTHING, new Place(path, position, problems), "", Map.of(), List.of());
    }

    /** A value whose problem is noted already. */
    static YamlNode unusable(String path, Position position, Problems problems) {
        return new YamlNode(Kind.UNUSABLE, new Place(path, position, problems), "", Map.of(), List.of());
    }

    /** Notes a problem of this value. */
    public void problem(String message) {
        problems.add(position, path, message);
    }

    /** Whether it is a map. */
    public boolean isMap() {
        return kind == Kind.MAP;
    }

    /** Whether it is a list. */
    public boolean isList() {
        return kind == Kind.LIST;
    }

    /** What the supplier makes; empty, with its message as this value's problem, if it refuses its arguments. */
    public <T> Optional<T> checked(Supplier<T> constructor) {
        try {
            return Optional.of(constructor.get());
        } catch (IllegalArgumentException e) {
            problem(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** The fields of a map that may have any key, in the document's order. */
    public Map<String, YamlNode> asMap(String expected) {
        if (kind != Kind.MAP) {
            expected(expected);
        }
        return new LinkedHashMap<>(fields);
    }

    /** The fields of a map that has these keys only; every other key is a problem. */
    public Map<String, YamlNode> asMapOf(Collection<String> keys) {
        Map<String, YamlNode> known = asMap("a map of " + String.join(", ", keys));
        known.forEach((key, value) -> {
            if (!keys.contains(key)) {
                value.problem("unknown key" + Suggestions.hint(key, keys));
                Suggestions.nearest(key, keys).ifPresent(misspelled::add);
            }
        });
        known.keySet().retainAll(keys);
        return known;
    }

    /** The value of a key; empty, with a problem noted, if a map lacks it and has nothing that was meant to be it. */
    public Optional<YamlNode> required(String key) {
        if (kind == Kind.MAP && !fields.containsKey(key) && !misspelled.contains(key)) {
            problem("needs '" + key + "'");
        }
        return optional(key);
    }

    /** The value of a key, if it is there. */
    public Optional<YamlNode> optional(String key) {
        return Optional.ofNullable(fields.get(key));
    }

    /** The elements of a list. */
    public List<YamlNode> asList(String expected) {
        if (kind != Kind.LIST) {
            expected(expected);
        }
        return List.copyOf(elements);
    }

    /** A text that is not blank. */
    public Optional<String> asText() {
        return scalar("a text").filter(value -> !value.isBlank() || expected("a text"));
    }

    /** One of these words. */
    public Optional<String> asOneOf(Collection<String> words) {
        Optional<String> word = scalar("one of " + String.join(", ", words));
        word.filter(given -> !words.contains(given))
                .ifPresent(given -> problem("'" + given + "' is not known" + Suggestions.hint(given, words)));
        return word.filter(words::contains);
    }

    /** A whole number of at most 19 digits from the least to the greatest value given. */
    public Optional<Long> asWhole(long least, long greatest) {
        String expected = "a whole number from " + least + " to " + greatest + " in plain digits";
        return scalar(expected)
                .filter(value -> WHOLE.matcher(value).matches() || expected(expected))
                .map(BigDecimal::new)
                .filter(value -> isBetween(value, least, greatest) || expected(expected))
                .map(BigDecimal::longValueExact);
    }

    private static boolean isBetween(BigDecimal value, long least, long greatest) {
        return value.compareTo(BigDecimal.valueOf(least)) >= 0 && value.compareTo(BigDecimal.valueOf(greatest)) <= 0;
    }

    /** A decimal number exactly as written, of at most 18 digits before and after the point. */
    public Optional<BigDecimal> asDecimal() {
        String expected = "a number like 12.50 in plain digits";
        return scalar(expected)
                .filter(value -> DECIMAL.matcher(value).matches() || expected(expected))
                .map(BigDecimal::new);
    }

    /** The text as it was written, if this is a scalar; notes no problem. */
    public Optional<String> written() {
        return Optional.ofNullable(kind == Kind.SCALAR ? text : null);
    }

    private Optional<String> scalar(String expected) {
        if (kind != Kind.SCALAR) {
            expected(expected);
        }
        return written();
    }

    /** Notes what was expected; always false, for use in filters. */
    private boolean expected(String expected) {
        if (kind != Kind.UNUSABLE) {
            problem("expected " + expected + ", found " + found());
        }
        return false;
    }

    private String found() {
        return switch (kind) {
            case MAP -> "a map";
            case LIST -> "a list";
            case SCALAR -> "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
            case NOTHING, UNUSABLE -> "nothing";
        };
    }

    private enum Kind {
        MAP,
        LIST,
        SCALAR,
        NOTHING,
        UNUSABLE
    }

    private record Place(String path, Position position, Problems problems) {}
}
