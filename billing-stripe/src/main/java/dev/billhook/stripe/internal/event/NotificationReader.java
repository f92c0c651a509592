package dev.billhook.stripe.internal.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.stripe.internal.read.Json;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads event notifications of the v2 API ("thin" events). They carry no object, only where it is, so a subscription or a
 * customer is to be read again, and of what else Billhook needs the object is asked for. Types of v2 itself mean nothing.
 */
public final class NotificationReader {
    /** The {@code object} of a notification. */
    public static final String OBJECT = "v2.core.event";

    private static final EventContent IRRELEVANT = new EventContent.Irrelevant();
    private static final String PREFIX = "v1.";
    private static final String REMINDER = "customer.subscription.trial_will_end";
    private static final Pattern PATH = Pattern.compile("/v1/[a-z_]{1,50}(/[a-z_]{1,50})?/[A-Za-z0-9_-]{1,255}");

    private NotificationReader() {}

    /** Whether the document is a notification. */
    public static boolean isNotification(JsonNode document) {
        return OBJECT.equals(Json.text(document, "object"));
    }

    /** What the notification says by itself. */
    public static EventContent read(JsonNode notification) {
        String type = typeOf(notification);
        String id = relatedId(notification);
        if (type == null || id == null || !EventReader.isRelevant(type)) {
            return IRRELEVANT;
        }
        if (type.startsWith("customer.subscription.") && !type.equals(REMINDER)) {
            return new EventContent.SubscriptionTouched(id);
        }
        return switch (type) {
            case "customer.created", "customer.updated", "customer.deleted" -> new EventContent.CustomerTouched(id);
            default -> path(notification).isPresent() ? new EventContent.Elsewhere() : IRRELEVANT;
        };
    }

    /** Where the object is that the notification leaves out; empty if that is no path of the v1 API. */
    public static Optional<String> path(JsonNode notification) {
        JsonNode related = Json.node(notification, "related_object");
        return Optional.ofNullable(related == null ? null : Json.text(related, "url"))
                .filter(url -> PATH.matcher(url).matches());
    }

    /** What the notification says with its object, which is of now and not of the event's time. */
    public static EventContent readWith(JsonNode notification, JsonNode object) {
        String type = typeOf(notification);
        if (type == null) {
            return IRRELEVANT;
        }
        EventContent content = EventReader.read(type, object, null, null);
        if (content instanceof EventContent.State state) {
            return state.notice() == null
                    ? new EventContent.SubscriptionTouched(state.snapshot().objectId())
                    : new EventContent.Noted(state.notice());
        }
        return content;
    }

    private static @Nullable String typeOf(JsonNode notification) {
        String type = Json.requireText(notification, "type");
        return type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : null;
    }

    private static @Nullable String relatedId(JsonNode notification) {
        JsonNode related = Json.node(notification, "related_object");
        return related == null ? null : Json.text(related, "id");
    }
}
