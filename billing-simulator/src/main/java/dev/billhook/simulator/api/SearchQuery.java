package dev.billhook.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's search language: {@code field:"exact"}, {@code field~"part"}, {@code metadata["key"]:"value"}, comparisons of numbers,
 * {@code field:null}, a minus to negate, joined by AND (or a blank) or by OR, never both. Source: Stripe's search query language.
 */
public final class SearchQuery {
    private static final Pattern TERM = Pattern.compile("\\s*(-?)(\\w+(?:\\.\\w+)*)(?:\\[[\"']([^\"']*)[\"']\\])?"
            + "(:|~|>=|<=|>|<)(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^'\\\\]|\\\\.)*)'|([\\w.-]+))");
    private static final Pattern JOIN = Pattern.compile("\\s+(AND|OR|and|or)(?=\\s)|\\s+|$");

    private SearchQuery() {}

    /** The filter a query describes. */
    public static Predicate<ObjectNode> parse(String query) {
        List<Predicate<ObjectNode>> terms = new ArrayList<>();
        boolean any = false;
        boolean all = false;
        int at = 0;
        String text = query.strip();
        while (at < text.length()) {
            Matcher term = TERM.matcher(text).region(at, text.length());
            if (!term.lookingAt()) {
                throw bad(text);
            }
            terms.add(term(term));
            Matcher join = JOIN.matcher(text).region(term.end(), text.length());
            if (!join.lookingAt()) {
                throw bad(text);
            }
            boolean last = join.end() >= text.length();
            boolean or = "or".equalsIgnoreCase(join.group(1));
            any |= !last && or;
            all |= !last && !or;
            at = join.end();
        }
        if (terms.isEmpty() || (any && all)) {
            throw bad(text);
        }
        boolean or = any;
        return doc -> or
                ? terms.stream().anyMatch(term -> term.test(doc))
                : terms.stream().allMatch(term -> term.test(doc));
    }

    private static Predicate<ObjectNode> term(Matcher term) {
        boolean negated = !term.group(1).isEmpty();
        String field = term.group(2);
        String key = term.group(3);
        String operator = term.group(4);
        String quoted = term.group(5) == null ? term.group(6) : term.group(5);
        String wanted = quoted == null ? term.group(7) : quoted.replaceAll("\\\\(.)", "$1");
        boolean isNull = quoted == null && "null".equalsIgnoreCase(wanted);
        String pointer = "/" + field.replace('.', '/');
        Predicate<ObjectNode> test = doc -> {
            JsonNode value = doc.at(pointer);
            return matches(key == null ? value : value.path(key), operator, wanted, isNull);
        };
        return negated ? test.negate() : test;
    }

    private static boolean matches(JsonNode value, String operator, String wanted, boolean isNull) {
        if (isNull) {
            return value.isMissingNode() || value.isNull();
        }
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        String text = value.asText().toLowerCase(Locale.ROOT);
        String sought = wanted.toLowerCase(Locale.ROOT);
        return switch (operator) {
            case ":" -> text.equals(sought);
            case "~" -> text.contains(sought);
            default -> compares(value, operator, wanted);
        };
    }

    private static boolean compares(JsonNode value, String operator, String wanted) {
        Long bound = number(wanted);
        if (bound == null || !value.isNumber()) {
            return false;
        }
        int order = Long.compare(value.longValue(), bound);
        return switch (operator) {
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            default -> order <= 0;
        };
    }

    private static @Nullable Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static ApiError bad(String query) {
        return ApiError.invalid(null, "query", "The search query cannot be understood: " + query);
    }

    /** The answer to a search: matching documents, newest first, a page at a time. */
    public static ObjectNode result(Call call, List<ObjectNode> matches) {
        int limit = (int) Math.max(1, Math.min(100, call.params().number("limit", 10)));
        String page = call.params().text("page");
        Long start = page == null ? Long.valueOf(0) : number(page);
        if (start == null || start < 0) {
            throw ApiError.invalid(null, "page", "Invalid page token.");
        }
        int from = (int) Math.min(start, matches.size());
        int to = Math.min(matches.size(), from + limit);
        ObjectNode result = Docs.list(call.path(), matches.subList(from, to));
        result.put("object", "search_result");
        result.put("has_more", to < matches.size());
        result.put("next_page", to < matches.size() ? String.valueOf(to) : null);
        return result;
    }
}
