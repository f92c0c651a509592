package dev.billhook.stripe.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.mirror.InvoiceNotice;
import dev.billhook.spi.provider.EventContent;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads what an event says. Types Billhook needs nothing of are {@link EventContent.Irrelevant}, known or not. */
public final class EventReader {
    private static final EventContent IRRELEVANT = new EventContent.Irrelevant();

    private final UnaryOperator<JsonNode> completer;

    /**
     * @param completer answers a subscription document with all its lines for one that lists only some
     */
    public EventReader(UnaryOperator<JsonNode> completer) {
        this.completer = completer;
    }

    /**
     * What the event says.
     *
     * @throws dev.billhook.BillingException if it is of a type Billhook needs and cannot be understood
     */
    public EventContent read(JsonNode event) {
        String type = Json.requireText(event, "type");
        JsonNode data = Json.node(event, "data");
        JsonNode object = data == null ? null : Json.node(data, "object");
        if (object == null) {
            return IRRELEVANT;
        }
        if (type.startsWith("customer.subscription.")) {
            return subscription(object);
        }
        return switch (type) {
            case "customer.created", "customer.updated" -> new EventContent.State(CustomerReader.read(object));
            case "customer.deleted" -> new EventContent.State(CustomerReader.readDeleted(object));
            case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
                CheckoutReader.readEnded(object, CheckoutStatus.COMPLETE);
            case "checkout.session.expired" -> CheckoutReader.readEnded(object, CheckoutStatus.EXPIRED);
            case "invoice.paid" -> invoice(InvoiceNotice.Kind.PAID, object);
            case "invoice.payment_failed" -> invoice(InvoiceNotice.Kind.PAYMENT_FAILED, object);
            case "payment_method.attached",
                    "payment_method.updated",
                    "payment_method.automatically_updated",
                    "payment_method.card_automatically_updated",
                    "payment_method.detached",
                    "customer.source.created",
                    "customer.source.updated",
                    "customer.source.deleted" -> touched(data, object);
            default -> IRRELEVANT;
        };
    }

    private EventContent subscription(JsonNode object) {
        if (Json.id(object, "customer") == null && Json.text(object, "customer_account") != null) {
            return IRRELEVANT;
        }
        JsonNode whole = SubscriptionReader.incomplete(object) ? completer.apply(object) : object;
        return new EventContent.State(SubscriptionReader.read(whole));
    }

    private static EventContent invoice(InvoiceNotice.Kind kind, JsonNode object) {
        return InvoiceReader.read(kind, object)
                .<EventContent>map(EventContent.Invoice::new)
                .orElse(IRRELEVANT);
    }

    /** A detached payment method no longer names its customer; the event's previous attributes do. */
    private static EventContent touched(@Nullable JsonNode data, JsonNode object) {
        String customer = Json.id(object, "customer");
        JsonNode before = data == null ? null : Json.node(data, "previous_attributes");
        if (customer == null && before != null) {
            customer = Json.id(before, "customer");
        }
        return customer == null ? IRRELEVANT : new EventContent.CustomerTouched(customer);
    }
}
