package dev.billhook.catalog.file;

import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.internal.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code version} and {@code versions} of a plan. */
final class VersionReader {
    private VersionReader() {}

    /** What the plan's versions are called and keep; problems are noted at their places. */
    static Plan.Versions read(YamlNode plan) {
        String sold = plan.optional("version").flatMap(YamlNode::asText).orElse(Plan.FIRST_VERSION);
        plan.optional("version").ifPresent(node -> CatalogReader.checkKey(sold, node));
        Map<String, Plan.Pinned> pinned = new HashMap<>();
        plan.optional("versions")
                .ifPresent(node -> node.asMap("a map of what versions keep, by their names")
                        .forEach((name, value) -> {
                            CatalogReader.checkKey(name, value);
                            pinned.put(name, pinned(value));
                        }));
        boolean named = PlanKey.isValid(sold) && pinned.keySet().stream().allMatch(PlanKey::isValid);
        return named
                ? plan.checked(() -> new Plan.Versions(sold, pinned)).orElse(Plan.Versions.ONLY)
                : Plan.Versions.ONLY;
    }

    private static Plan.Pinned pinned(YamlNode node) {
        node.asMapOf(List.of("features", "limits"));
        boolean features = node.optional("features").isPresent();
        boolean limits = node.optional("limits").isPresent();
        if (node.isMap() && !features && !limits) {
            node.problem("keeps nothing; say its features, its limits or both, or leave it out");
        }
        return new Plan.Pinned(
                features ? ProductReader.keys(node, "features") : null, limits ? ProductReader.limits(node) : null);
    }
}
