package dev.billhook.stripe.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.BillingException;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.PortalSettings;
import dev.billhook.catalog.PortalSettings.Cancel;
import dev.billhook.catalog.PortalSettings.CustomerField;
import dev.billhook.catalog.PortalSettings.End;
import dev.billhook.catalog.PortalSettings.Proration;
import dev.billhook.catalog.PortalSettings.Switching;
import dev.billhook.catalog.sync.PortalOffer;
import dev.billhook.stripe.internal.read.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads portal configurations as {@link PortalParams} writes them. One that says anything else, by somebody's hand or a later
 * version, is none of ours and due to be written anew.
 */
final class PortalConfigurationReader {
    private final Map<String, PlanKey> plans;
    private final Map<String, String> products;

    /**
     * @param plans by the ids of their present prices
     * @param products product keys by id
     */
    PortalConfigurationReader(Map<String, PlanKey> plans, Map<String, String> products) {
        this.plans = plans;
        this.products = products;
    }

    /** What the configuration offers; empty if the catalog could not have written it. */
    Optional<PortalOffer> read(JsonNode configuration) {
        try {
            return Optional.of(offer(configuration));
        } catch (BillingException | IllegalArgumentException strange) {
            return Optional.empty();
        }
    }

    private PortalOffer offer(JsonNode configuration) {
        JsonNode profile = configuration.path("business_profile");
        JsonNode features = configuration.path("features");
        JsonNode update = features.path("subscription_update");
        List<PortalOffer.Switchable> switchable = enabled(update) ? switchable(update) : List.of();
        return new PortalOffer(
                new PortalSettings(
                        text(profile, "headline"),
                        address(profile, "privacy_policy_url"),
                        address(profile, "terms_of_service_url"),
                        enabled(features.path("invoice_history")),
                        enabled(features.path("payment_method_update")),
                        fields(features.path("customer_update")),
                        cancel(features.path("subscription_cancel")),
                        enabled(update) ? switching(update, switchable) : null),
                switchable);
    }

    private static Set<CustomerField> fields(JsonNode update) {
        Set<CustomerField> fields = EnumSet.noneOf(CustomerField.class);
        if (enabled(update)) {
            texts(update, "allowed_updates")
                    .forEach(field -> fields.add(CustomerField.valueOf(field.toUpperCase(Locale.ROOT))));
        }
        return fields;
    }

    private static Cancel cancel(JsonNode cancel) {
        boolean reasons = enabled(cancel.path("cancellation_reason"));
        if (!enabled(cancel)) {
            return new Cancel(End.NEVER, false);
        }
        boolean credited = !"none".equals(Json.text(cancel, "proration_behavior"));
        return switch (Json.requireText(cancel, "mode")) {
            case "at_period_end" -> new Cancel(End.PERIOD_END, reasons);
            case "immediately" -> new Cancel(credited ? End.NOW_PRORATE : End.NOW, reasons);
            default -> throw new IllegalArgumentException("an unknown way to cancel");
        };
    }

    private static Switching switching(JsonNode update, List<PortalOffer.Switchable> switchable) {
        Set<String> allowed = texts(update, "default_allowed_updates");
        Set<String> conditions = new HashSet<>();
        update.path("schedule_at_period_end")
                .path("conditions")
                .forEach(each -> conditions.add(Json.requireText(each, "type")));
        boolean renewal = conditions.equals(Set.of("decreasing_item_amount", "shortening_interval"));
        if (!allowed.remove("price") || (!renewal && !conditions.isEmpty())) {
            throw new IllegalArgumentException("a way to switch that the catalog does not have");
        }
        boolean units = allowed.remove("quantity");
        if (!allowed.isEmpty()) {
            throw new IllegalArgumentException("changes that the catalog does not have");
        }
        List<PlanKey> listed =
                switchable.stream().flatMap(product -> product.plans().stream()).toList();
        Proration proration = switch (Json.requireText(update, "proration_behavior")) {
            case "none" -> Proration.NONE;
            case "create_prorations" -> Proration.PRORATE;
            case "always_invoice" -> Proration.INVOICE;
            default -> throw new IllegalArgumentException("an unknown proration");
        };
        return new Switching(listed, units, proration, renewal);
    }

    private List<PortalOffer.Switchable> switchable(JsonNode update) {
        List<PortalOffer.Switchable> found = new ArrayList<>();
        for (JsonNode product : update.path("products")) {
            List<PlanKey> listed = new ArrayList<>();
            texts(product, "prices").forEach(price -> listed.add(known(plans.get(price))));
            JsonNode quantity = product.path("adjustable_quantity");
            Long minimum = Json.number(quantity, "minimum");
            found.add(new PortalOffer.Switchable(
                    known(products.get(Json.id(product, "product"))),
                    listed,
                    enabled(quantity)
                            ? new PortalOffer.Units(minimum == null ? 1 : minimum, Json.number(quantity, "maximum"))
                            : null));
        }
        return found;
    }

    private static <T> T known(@Nullable T found) {
        if (found == null) {
            throw new IllegalArgumentException("a product or price that the catalog does not have");
        }
        return found;
    }

    private static boolean enabled(JsonNode feature) {
        return feature.path("enabled").booleanValue();
    }

    private static Set<String> texts(JsonNode node, String field) {
        Set<String> texts = new HashSet<>();
        node.path(field).forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static @Nullable String text(JsonNode node, String field) {
        String text = Json.text(node, field);
        return text == null || text.isEmpty() ? null : text;
    }

    private static @Nullable URI address(JsonNode node, String field) {
        String text = text(node, field);
        return text == null ? null : URI.create(text);
    }
}
