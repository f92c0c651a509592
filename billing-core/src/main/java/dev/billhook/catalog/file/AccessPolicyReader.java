package dev.billhook.catalog.file;

import dev.billhook.catalog.CatalogException;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.AccessPolicy.Meaning;
import dev.billhook.entitlement.AccessPolicy.Situation;
import dev.billhook.internal.yaml.YamlNode;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the access policy of a catalog file: the section {@code access}. A file without one has {@link AccessPolicy#STANDARD}.
 * Stateless and thread-safe.
 *
 * @since 0.1.0
 */
public final class AccessPolicyReader {
    private static final List<String> PRESETS = List.of("standard", "strict", "lenient");

    private static final Pattern TIME = Pattern.compile("(0|[1-9][0-9]{0,4})([dh])");
    private static final String FOR_EVER = "forever";

    private AccessPolicyReader() {}

    /**
     * Reads a UTF-8 file.
     *
     * @throws CatalogException if anything in the file is not valid
     * @throws dev.billhook.BillingException if there is no such file or it cannot be read
     */
    public static AccessPolicy read(Path file) {
        return CatalogReader.contents(file).access();
    }

    /**
     * Reads characters; leaves the reader open.
     *
     * @param sourceName names the source in errors
     * @throws CatalogException if anything in them is not valid
     * @throws dev.billhook.BillingException if the reader fails
     */
    public static AccessPolicy read(String sourceName, Reader reader) {
        return CatalogReader.contents(sourceName, reader).access();
    }

    /**
     * Reads a text.
     *
     * @throws CatalogException if anything in it is not valid
     */
    public static AccessPolicy readYaml(String yaml) {
        return read("text", new StringReader(yaml));
    }

    /**
     * The policy of the section; what is wrong with it is noted there.
     *
     * @param plans keys of the file's plans
     */
    static AccessPolicy section(YamlNode node, Collection<String> plans) {
        node.asMapOf(List.of("preset", "grace", "grace_of", "read_only", "meanings"));
        AccessPolicy policy = node.optional("preset")
                .flatMap(value -> value.asOneOf(PRESETS))
                .map(AccessPolicyReader::preset)
                .orElse(AccessPolicy.STANDARD);
        policy = node.optional("grace")
                .flatMap(AccessPolicyReader::time)
                .map(policy::withGrace)
                .orElse(policy);
        policy = node.optional("read_only").map(readOnly(policy)).orElse(policy);
        return meanings(node, graces(node, plans, policy));
    }

    private static AccessPolicy preset(String name) {
        return switch (name) {
            case "strict" -> AccessPolicy.STRICT;
            case "lenient" -> AccessPolicy.LENIENT;
            default -> AccessPolicy.STANDARD;
        };
    }

    private static Function<YamlNode, AccessPolicy> readOnly(AccessPolicy policy) {
        return node -> node.written().filter(FOR_EVER::equals).isPresent()
                ? policy.withReadOnly(null)
                : time(node).map(policy::withReadOnly).orElse(policy);
    }

    private static AccessPolicy graces(YamlNode node, Collection<String> plans, AccessPolicy policy) {
        AccessPolicy changed = policy;
        for (Map.Entry<String, YamlNode> each : entries(node, "grace_of", "a map of times by plan")) {
            Optional<Duration> grace = time(each.getValue());
            if (known(each, plans) && grace.isPresent()) {
                changed = changed.withGrace(PlanKey.of(each.getKey()), grace.get());
            }
        }
        return changed;
    }

    private static AccessPolicy meanings(YamlNode node, AccessPolicy policy) {
        AccessPolicy changed = policy;
        for (Map.Entry<String, YamlNode> each : entries(node, "meanings", "a map of meanings by situation")) {
            Optional<String> meaning = each.getValue().asOneOf(words(Meaning.values()));
            if (known(each, words(Situation.values())) && meaning.isPresent()) {
                changed = changed.with(
                        Situation.valueOf(each.getKey().toUpperCase(Locale.ROOT)),
                        Meaning.valueOf(meaning.get().toUpperCase(Locale.ROOT)));
            }
        }
        return changed;
    }

    private static Set<Map.Entry<String, YamlNode>> entries(YamlNode node, String key, String expected) {
        return node.optional(key).map(map -> map.asMap(expected).entrySet()).orElse(Set.of());
    }

    private static boolean known(Map.Entry<String, YamlNode> entry, Collection<String> keys) {
        if (!keys.contains(entry.getKey())) {
            entry.getValue().problem("is not known; there is " + String.join(", ", keys));
        }
        return keys.contains(entry.getKey());
    }

    private static List<String> words(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Optional<Duration> time(YamlNode node) {
        return node.asText().flatMap(text -> {
            Matcher time = TIME.matcher(text);
            if (!time.matches()) {
                node.problem("'" + text + "' is no time; write days like 14d or hours like 36h");
                return Optional.empty();
            }
            long count = Long.parseLong(time.group(1));
            return Optional.of(time.group(2).equals("d") ? Duration.ofDays(count) : Duration.ofHours(count));
        });
    }
}
