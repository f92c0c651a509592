package dev.billhook.simulator.api.list;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Selection;
import dev.billhook.simulator.kernel.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's search language: {@code field:"exact"}, {@code field~"part"}, {@code metadata["key"]:"value"}, comparisons of numbers,
 * {@code field:null}, a minus to negate, joined by AND (or a blank) or by OR, never both. Source: Stripe's search query language.
 */
public final class SearchQuery {
    private static final Pattern TERM = Pattern.compile("\\s*(-?)(\\w+(?:\\.\\w+)*)(?:\\[[\"']([^\"']*)[\"']\\])?"
            + "(:|~|>=|<=|>|<)(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^'\\\\]|\\\\.)*)'|([\\w.-]+))");
    private static final Pattern JOIN = Pattern.compile("\\s+(AND|OR|and|or)(?=\\s)|\\s+|$");

    /** No number of this many digits is too large. */
    private static final int MOST_DIGITS = 18;

    private SearchQuery() {}

    /** What a query about objects of a type wants. */
    public static Selection parse(String type, String query) {
        List<Term> terms = new ArrayList<>();
        boolean any = false;
        boolean all = false;
        int at = 0;
        String text = query.strip();
        while (at < text.length()) {
            Matcher term = TERM.matcher(text).region(at, text.length());
            if (!term.lookingAt()) {
                throw bad(text);
            }
            terms.add(term(type, term));
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
        return Selection.of(any ? List.of(terms) : terms.stream().map(List::of).toList());
    }

    private static Term term(String type, Matcher term) {
        boolean negated = !term.group(1).isEmpty();
        String key = term.group(3);
        String operator = term.group(4);
        String quoted = term.group(5) == null ? term.group(6) : term.group(5);
        String wanted = quoted == null ? term.group(7) : quoted.replaceAll("\\\\(.)", "$1");
        Term.Test test = quoted == null && "null".equalsIgnoreCase(wanted)
                ? Objects::isNull
                : text -> text != null && matches(text, operator, wanted);
        return new Term(SearchFields.path(type, term.group(2), key), negated ? text -> !test.passes(text) : test);
    }

    private static boolean matches(String text, String operator, String wanted) {
        return switch (operator) {
            case ":" -> text.equalsIgnoreCase(wanted);
            case "~" -> contains(text, wanted);
            default -> compares(number(text), operator, number(wanted));
        };
    }

    private static boolean contains(String text, String part) {
        for (int at = text.length() - part.length(); at >= 0; at--) {
            if (text.regionMatches(true, at, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean compares(@Nullable Long value, String operator, @Nullable Long bound) {
        if (value == null || bound == null) {
            return false;
        }
        int order = value.compareTo(bound);
        return switch (operator) {
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            default -> order <= 0;
        };
    }

    /** A whole number, or null where a text is none. */
    static @Nullable Long number(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > MOST_DIGITS) {
            return null;
        }
        for (int i = text.charAt(0) == '-' && text.length() > 1 ? 1 : 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        return Long.valueOf(text);
    }

    private static ApiError bad(String query) {
        return ApiError.invalid(null, "query", "The search query cannot be understood: " + query);
    }

    /** The answer to a search: of the matching documents, newest first, a page. */
    public static ObjectNode result(Call call, Stream<ObjectNode> matches, UnaryOperator<ObjectNode> shown) {
        int limit = (int) Math.max(1, Math.min(100, call.params().number("limit", 10)));
        String page = call.params().text("page");
        Long start = page == null ? Long.valueOf(0) : number(page);
        if (start == null || start < 0) {
            throw ApiError.invalid(null, "page", "Invalid page token.");
        }
        List<ObjectNode> found = matches.skip(start).limit(limit + 1L).toList();
        boolean more = found.size() > limit;
        ObjectNode result =
                Docs.list(call.path(), found.stream().limit(limit).map(shown).toList());
        result.put("object", "search_result");
        result.put("has_more", more);
        result.put("next_page", more ? String.valueOf(start + limit) : null);
        return result;
    }
}
