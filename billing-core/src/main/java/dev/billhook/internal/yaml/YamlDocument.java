package dev.billhook.internal.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a document into a tree. Scalars keep the text they were written with, so YAML's guesses (octal, sexagesimal,
 * floating point, {@code no} as false) never apply. Aliases are refused: a small file cannot unfold into a huge one.
 */
public final class YamlDocument {
    private static final Pattern MARK = Pattern.compile("line [0-9]+, column [0-9]+");

    private final YAMLParser parser;
    private final Problems problems;

    private YamlDocument(YAMLParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /**
     * The root of the document; empty, with a problem noted, if the text is not well-formed or has no value.
     *
     * @param text YAML or JSON
     * @param problems where this and everything asked of the tree notes its problems
     */
    public static Optional<YamlNode> parse(String text, Problems problems) {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            return new YamlDocument(parser, problems).root();
        } catch (JsonProcessingException e) {
            problems.add(Position.NOWHERE, where(e), reason(e));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory does not fail", e);
        }
    }

    private Optional<YamlNode> root() throws IOException {
        if (parser.nextToken() == null) {
            problems.add(Position.NOWHERE, "", "is empty");
            return Optional.empty();
        }
        YamlNode root = node("");
        if (parser.nextToken() != null) {
            problems.add(
                    Position.of(parser.currentTokenLocation()),
                    "",
                    "a second document starts here; put everything into one");
        }
        return Optional.of(root);
    }

    private YamlNode node(String path) throws IOException {
        Position position = Position.of(parser.currentTokenLocation());
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return YamlNode.map(path, position, problems, fields(path));
        }
        if (token == JsonToken.START_ARRAY) {
            return YamlNode.list(path, position, problems, elements(path));
        }
        if (parser.isCurrentAlias()) {
            problems.add(position, path, "aliases (*" + parser.getText() + ") are not supported; repeat the value");
            return YamlNode.unusable(path, position, problems);
        }
        return token == JsonToken.VALUE_NULL
                ? YamlNode.nothing(path, position, problems)
                : YamlNode.scalar(path, position, problems, parser.getText());
    }

    private Map<String, YamlNode> fields(String path) throws IOException {
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Position position = Position.of(parser.currentTokenLocation());
            String childPath = path.isEmpty() ? key : path + "." + key;
            parser.nextToken();
            if (fields.putIfAbsent(key, node(childPath)) != null) {
                problems.add(position, childPath, "stands here twice");
            }
        }
        return fields;
    }

    private List<YamlNode> elements(String path) throws IOException {
        List<YamlNode> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(node(path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    /** The last mark in the parser's message: where it gave up, not where the construct began. */
    private static String where(JsonProcessingException e) {
        return MARK.matcher(Objects.requireNonNullElse(e.getOriginalMessage(), ""))
                .results()
                .map(MatchResult::group)
                .reduce((first, last) -> last)
                .orElseGet(() -> e.getLocation() == null
                        ? "syntax"
                        : "line " + e.getLocation().getLineNr() + ", column "
                                + e.getLocation().getColumnNr());
    }

    /** The parser's message without its quotation of the text, whose lines are indented. */
    private static String reason(JsonProcessingException e) {
        return Objects.requireNonNullElse(e.getOriginalMessage(), "is not well-formed")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .map(String::strip)
                .collect(Collectors.joining(", "));
    }
}
