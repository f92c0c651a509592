package dev.billhook.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Stripe's own sample of each object: whatever key it has, ours must have, too. */
final class GoldenSamples {
    /** Keys a sample has and an object need not have, with the reason. */
    private static final Map<String, String> EXCUSED = Map.of(
            "invoice.subscription", "left over from earlier versions; the type has no such key",
            "invoice.id", "the invoice of invoice.upcoming has none; of all others the type demands it",
            "charge.refunds", "shown when it is expanded",
            "credit_note_line_item.invoice_line_item", "of lines that credit an invoice's line only",
            "tax_id.owner.customer", "of tax ids of customers only",
            "subscription_item.quantity", "not of metered items");
    /** Keys whose value is free: its keys say nothing. */
    private static final Set<String> FREE = Set.of("metadata", "previous_attributes");

    private final JsonNode samples;
    private final Set<String> compared = new TreeSet<>();
    private final List<Violation> violations = new ArrayList<>();

    private GoldenSamples(JsonNode samples) {
        this.samples = samples;
    }

    /** Reads the samples of a file of Stripe's. */
    static GoldenSamples read(Path file) throws IOException {
        return of(new ObjectMapper().readTree(Files.readAllBytes(file)));
    }

    /** Samples by the type of the object, below {@code resources}. */
    static GoldenSamples of(JsonNode file) {
        return new GoldenSamples(file.path("resources"));
    }

    /** Compares every object in a recorded answer or event. */
    void compare(String module, JsonNode recorded) {
        if (!"request".equals(recorded.path("kind").asText())) {
            walk(module, recorded.path("route").asText("webhook"), recorded.path("body"));
        }
    }

    /** The types of objects that had a sample. */
    Set<String> compared() {
        return compared;
    }

    /** Each missing key once. */
    List<Violation> violations() {
        return violations.stream().distinct().toList();
    }

    private void walk(String module, String what, JsonNode node) {
        String type = node.path("object").asText();
        String name = node.path("deleted").asBoolean() ? "deleted_" + type : type;
        JsonNode sample = samples.path(name);
        if (sample.isObject()) {
            compared.add(name);
            keys(new Violation(module, what, name, ""), sample, node);
        }
        if (node.isArray()) {
            node.forEach(element -> walk(module, what, element));
        }
        node.properties().forEach(entry -> {
            if (!FREE.contains(entry.getKey())) {
                walk(module, what, entry.getValue());
            }
        });
    }

    private void keys(Violation place, JsonNode sample, JsonNode node) {
        sample.properties().forEach(entry -> {
            String key = place.key() + "." + entry.getKey();
            JsonNode value = node.path(entry.getKey());
            Violation here = new Violation(place.module(), place.what(), key, "Stripe's sample has this key");
            if (isDetailOfAnotherType(entry.getKey(), sample, node)) {
                return;
            }
            if (value.isMissingNode() && !EXCUSED.containsKey(key)) {
                violations.add(here);
            } else if (value.isObject() && value.path("object").isMissingNode() && !FREE.contains(entry.getKey())) {
                keys(here, entry.getValue(), value);
            }
        });
    }

    /** What is of a type has its details under the type's name: a bank account has no card. */
    private static boolean isDetailOfAnotherType(String key, JsonNode sample, JsonNode node) {
        return key.equals(sample.path("type").asText())
                && !key.equals(node.path("type").asText());
    }
}
