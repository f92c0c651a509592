package dev.billhook.stripe.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.mirror.Notice;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.EventContent;
import java.time.Instant;
import java.util.Optional;
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
            return subscription(type, object);
        }
        return switch (type) {
            case "customer.created", "customer.updated" -> new EventContent.State(CustomerReader.read(object));
            case "customer.deleted" -> new EventContent.State(CustomerReader.readDeleted(object));
            case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
                CheckoutReader.readEnded(object, CheckoutStatus.COMPLETE);
            case "checkout.session.expired", "checkout.session.async_payment_failed" ->
                CheckoutReader.readEnded(object, CheckoutStatus.EXPIRED);
            case "invoice.finalized" -> noted(InvoiceReader.read(Notice.InvoiceKind.ISSUED, object));
            case "invoice.paid" -> noted(InvoiceReader.read(Notice.InvoiceKind.PAID, object));
            case "invoice.payment_failed" -> noted(InvoiceReader.read(Notice.InvoiceKind.PAYMENT_FAILED, object));
            case "invoice.payment_action_required" ->
                noted(InvoiceReader.read(Notice.InvoiceKind.ACTION_REQUIRED, object));
            case "invoice.upcoming" -> noted(InvoiceReader.readUpcoming(object));
            case "charge.refunded" -> noted(PaymentReader.readRefund(object));
            case "charge.dispute.created" -> noted(PaymentReader.readDispute(object, true));
            case "charge.dispute.closed" -> noted(PaymentReader.readDispute(object, false));
            case "subscription_schedule.updated",
                    "subscription_schedule.released",
                    "subscription_schedule.canceled",
                    "subscription_schedule.completed",
                    "subscription_schedule.aborted" -> scheduled(object);
            case "payment_method.attached",
                    "payment_method.updated",
                    "payment_method.automatically_updated",
                    "payment_method.card_automatically_updated",
                    "payment_method.detached",
                    "customer.source.created",
                    "customer.source.updated",
                    "customer.source.expiring",
                    "customer.source.deleted" -> touched(data, object);
            default -> IRRELEVANT;
        };
    }

    private EventContent subscription(String type, JsonNode object) {
        if (Json.id(object, "customer") == null && Json.text(object, "customer_account") != null) {
            return IRRELEVANT;
        }
        if (SubscriptionReader.namesOnly(object)) {
            return ofNamesOnly(type, object);
        }
        JsonNode whole = SubscriptionReader.incomplete(object) ? completer.apply(object) : object;
        SubscriptionSnapshot snapshot = SubscriptionReader.read(whole);
        Instant trialEnd = snapshot.subscription().trialEnd();
        Notice notice = "customer.subscription.trial_will_end".equals(type) && trialEnd != null
                ? new Notice.TrialEnding(snapshot.customerId(), snapshot.objectId(), trialEnd)
                : null;
        return new EventContent.State(snapshot, notice);
    }

    private static EventContent noted(Optional<Notice> notice) {
        return notice.<EventContent>map(EventContent.Noted::new).orElse(IRRELEVANT);
    }

    /** A reminder changes nothing, so it is told as it is; everything else is asked for. */
    private static EventContent ofNamesOnly(String type, JsonNode object) {
        Instant trialEnd = Json.instant(object, "trial_end");
        String customer = Json.id(object, "customer");
        String id = Json.requireText(object, "id");
        return "customer.subscription.trial_will_end".equals(type) && trialEnd != null && customer != null
                ? new EventContent.Noted(new Notice.TrialEnding(customer, id, trialEnd))
                : new EventContent.SubscriptionTouched(id);
    }

    /** What a schedule did to its subscription is told by the subscription. */
    private static EventContent scheduled(JsonNode schedule) {
        String subscription = Json.id(schedule, "subscription");
        String released = Json.text(schedule, "released_subscription");
        String id = subscription == null ? released : subscription;
        return id == null ? IRRELEVANT : new EventContent.SubscriptionTouched(id);
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
