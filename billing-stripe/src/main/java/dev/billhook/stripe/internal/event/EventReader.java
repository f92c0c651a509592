package dev.billhook.stripe.internal.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.mirror.Notice;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.stripe.internal.read.CheckoutReader;
import dev.billhook.stripe.internal.read.CustomerReader;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.SubscriptionReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what an event says. Types Billhook needs nothing of are {@link EventContent.Irrelevant}, known or not. */
public final class EventReader {
    private static final EventContent IRRELEVANT = new EventContent.Irrelevant();
    private static final String SUBSCRIPTION = "customer.subscription.";
    private static final String ENTITLEMENTS = "entitlements.active_entitlement_summary.updated";

    /** Prices and products are asked for when they are needed and not mirrored, so their events mean nothing. */
    private static final Set<String> RELEVANT = Set.of(
            "customer.created",
            "customer.updated",
            "customer.deleted",
            "checkout.session.completed",
            "checkout.session.async_payment_succeeded",
            "checkout.session.expired",
            "checkout.session.async_payment_failed",
            "invoice.finalized",
            "invoice.paid",
            "invoice.payment_failed",
            "invoice.payment_action_required",
            "invoice.upcoming",
            "charge.refunded",
            "charge.dispute.created",
            "charge.dispute.closed",
            "refund.updated",
            "refund.failed",
            "charge.refund.updated",
            ENTITLEMENTS);

    /** Of these only the subscription or the customer they name matters. */
    private static final List<String> TOUCHING =
            List.of("subscription_schedule.", "payment_method.", "customer.source.");

    private EventReader() {}

    /** Whether Billhook needs anything of events of the type. */
    public static boolean isRelevant(String type) {
        return RELEVANT.contains(type)
                || type.startsWith(SUBSCRIPTION)
                || TOUCHING.stream().anyMatch(type::startsWith);
    }

    /**
     * What the event says.
     *
     * @throws dev.billhook.BillingException if it is of a type Billhook needs and cannot be understood
     */
    public static EventContent read(JsonNode event) {
        String type = Json.requireText(event, "type");
        JsonNode data = event.path("data");
        JsonNode object = Json.node(data, "object");
        return object == null
                ? IRRELEVANT
                : read(type, object, Json.node(data, "previous_attributes"), Json.instant(event, "created"));
    }

    static EventContent read(String type, JsonNode object, @Nullable JsonNode before, @Nullable Instant createdAt) {
        if (type.startsWith(SUBSCRIPTION)) {
            return subscription(type, object);
        }
        if (type.startsWith("subscription_schedule.")) {
            return scheduled(object);
        }
        if (type.startsWith("payment_method.") || type.startsWith("customer.source.")) {
            return touched(before, object);
        }
        return switch (type) {
            case "customer.created", "customer.updated" -> new EventContent.State(CustomerReader.read(object));
            case "customer.deleted" -> new EventContent.State(CustomerReader.readDeleted(object));
            case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
                CheckoutReader.readEnded(object, CheckoutStatus.COMPLETE);
            case "checkout.session.expired" -> CheckoutReader.readEnded(object, CheckoutStatus.EXPIRED);
            case "checkout.session.async_payment_failed" -> CheckoutReader.readFailed(object);
            case "invoice.finalized" -> noted(InvoiceReader.read(Notice.InvoiceKind.ISSUED, object));
            case "invoice.paid" -> noted(InvoiceReader.read(Notice.InvoiceKind.PAID, object));
            case "invoice.payment_failed" -> noted(InvoiceReader.read(Notice.InvoiceKind.PAYMENT_FAILED, object));
            case "invoice.payment_action_required" ->
                noted(InvoiceReader.read(Notice.InvoiceKind.ACTION_REQUIRED, object));
            case "invoice.upcoming" -> noted(InvoiceReader.readUpcoming(object));
            case "charge.refunded" -> ofPayment(PaymentReader.readRefund(object), object);
            case "charge.dispute.created" -> ofPayment(PaymentReader.readDispute(object, true), object);
            case "charge.dispute.closed" -> ofPayment(PaymentReader.readDispute(object, false), object);
            case "refund.updated", "refund.failed", "charge.refund.updated" -> ofPayment(Optional.empty(), object);
            case ENTITLEMENTS -> entitlements(object, createdAt);
            default -> IRRELEVANT;
        };
    }

    private static EventContent subscription(String type, JsonNode object) {
        if (Json.id(object, "customer") == null && Json.text(object, "customer_account") != null) {
            return IRRELEVANT;
        }
        if (SubscriptionReader.namesOnly(object) || SubscriptionReader.incomplete(object)) {
            return ofNamesOnly(type, object);
        }
        SubscriptionSnapshot snapshot = SubscriptionReader.read(object);
        Notice notice = "customer.subscription.trial_will_end".equals(type)
                ? new Notice.Reminder(snapshot.customerId(), snapshot.objectId())
                : null;
        return new EventContent.State(snapshot, notice);
    }

    /** Of a payment that was given back, or taken back, a purchase may depend. */
    private static EventContent ofPayment(Optional<Notice> notice, JsonNode object) {
        String payment = Json.id(object, "payment_intent");
        if (notice.isPresent()) {
            return new EventContent.Noted(notice.get(), payment);
        }
        return payment == null ? IRRELEVANT : new EventContent.PaymentTouched(payment);
    }

    private static EventContent noted(Optional<Notice> notice) {
        return notice.<EventContent>map(EventContent.Noted::new).orElse(IRRELEVANT);
    }

    /** A reminder changes nothing; everything else is asked for. */
    private static EventContent ofNamesOnly(String type, JsonNode object) {
        String customer = Json.id(object, "customer");
        String id = Json.requireText(object, "id");
        return "customer.subscription.trial_will_end".equals(type) && customer != null
                ? new EventContent.Noted(new Notice.Reminder(customer, id))
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
    private static EventContent touched(@Nullable JsonNode before, JsonNode object) {
        String customer = Json.id(object, "customer");
        if (customer == null && before != null) {
            customer = Json.id(before, "customer");
        }
        return customer == null ? IRRELEVANT : new EventContent.CustomerTouched(customer);
    }

    private static EventContent entitlements(JsonNode summary, @Nullable Instant createdAt) {
        if (createdAt == null) {
            throw Json.malformed(summary, "created");
        }
        return EntitlementReader.incomplete(summary)
                ? new EventContent.Elsewhere()
                : noted(EntitlementReader.read(summary, createdAt));
    }
}
