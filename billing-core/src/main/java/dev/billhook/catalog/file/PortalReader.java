package dev.billhook.catalog.file;

import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.PortalSettings;
import dev.billhook.catalog.PortalSettings.Cancel;
import dev.billhook.catalog.PortalSettings.CustomerField;
import dev.billhook.catalog.PortalSettings.End;
import dev.billhook.catalog.PortalSettings.Proration;
import dev.billhook.catalog.PortalSettings.Switching;
import dev.billhook.internal.yaml.YamlNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what stands under {@code portal}. */
final class PortalReader {
    private static final Set<CustomerField> USUAL =
            EnumSet.of(CustomerField.EMAIL, CustomerField.NAME, CustomerField.ADDRESS);
    private static final List<String> KEYS = List.of(
            "headline",
            "privacy_policy",
            "terms_of_service",
            "invoices",
            "payment_method",
            "customer",
            "cancel",
            "cancel_reasons",
            "switch");

    private final Collection<String> planKeys;

    PortalReader(Collection<String> planKeys) {
        this.planKeys = planKeys;
    }

    /** The settings, if they are valid. */
    Optional<PortalSettings> read(YamlNode node) {
        node.asMapOf(KEYS);
        Optional<URI> privacy = node.optional("privacy_policy").flatMap(PortalReader::address);
        Optional<URI> terms = node.optional("terms_of_service").flatMap(PortalReader::address);
        Cancel cancel = new Cancel(word(node, "cancel", End.PERIOD_END), flag(node, "cancel_reasons", true));
        Optional<Switching> switching = node.optional("switch").map(this::switching);
        return node.checked(() -> new PortalSettings(
                node.optional("headline").flatMap(YamlNode::asText).orElse(null),
                privacy.orElse(null),
                terms.orElse(null),
                flag(node, "invoices", true),
                flag(node, "payment_method", true),
                node.optional("customer").map(PortalReader::fields).orElse(USUAL),
                cancel,
                switching.orElse(null)));
    }

    private Switching switching(YamlNode node) {
        node.asMapOf(List.of("plans", "units", "proration", "down"));
        List<PlanKey> plans = new ArrayList<>();
        node.required("plans")
                .ifPresent(list -> list.asList("a list of plans")
                        .forEach(element -> element.asOneOf(planKeys)
                                .filter(PlanKey::isValid)
                                .map(PlanKey::of)
                                .ifPresent(plans::add)));
        boolean later = node.optional("down")
                .flatMap(value -> value.asOneOf(List.of("renewal", "now")))
                .map("renewal"::equals)
                .orElse(true);
        return new Switching(plans, flag(node, "units", false), word(node, "proration", Proration.PRORATE), later);
    }

    private static Set<CustomerField> fields(YamlNode node) {
        Set<CustomerField> fields = EnumSet.noneOf(CustomerField.class);
        node.asList("a list of what customers can change")
                .forEach(element -> element.asOneOf(words(CustomerField.class))
                        .map(word -> CustomerField.valueOf(word.toUpperCase(Locale.ROOT)))
                        .ifPresent(fields::add));
        return fields;
    }

    private static Optional<URI> address(YamlNode node) {
        return node.asText().flatMap(text -> node.checked(() -> URI.create(text)));
    }

    private static boolean flag(YamlNode node, String key, boolean otherwise) {
        return node.optional(key)
                .flatMap(value -> value.asOneOf(List.of("true", "false")))
                .map("true"::equals)
                .orElse(otherwise);
    }

    private static <E extends Enum<E>> E word(YamlNode node, String key, E otherwise) {
        Class<E> type = otherwise.getDeclaringClass();
        return node.optional(key)
                .flatMap(value -> value.asOneOf(words(type)))
                .map(word -> Enum.valueOf(type, word.toUpperCase(Locale.ROOT)))
                .orElse(otherwise);
    }

    private static <E extends Enum<E>> List<String> words(Class<E> type) {
        return Stream.of(type.getEnumConstants())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
