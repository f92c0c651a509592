package dev.billhook.stripe.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.account.AccountRef;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.spi.provider.CheckoutGateway.Session;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.provider.EventContent.Sold;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Reads Checkout sessions. */
public final class CheckoutReader {
    private CheckoutReader() {}

    /**
     * The session's state.
     *
     * @throws dev.billhook.BillingException if it cannot be understood
     */
    public static Session read(JsonNode session) {
        CheckoutStatus status = status(session);
        return new Session(
                Json.requireText(session, "id"),
                status,
                status == CheckoutStatus.OPEN ? url(session) : null,
                Json.requireInstant(session, "created"),
                Json.requireInstant(session, "expires_at"),
                Json.id(session, "subscription"),
                card(Json.node(session, "setup_intent")));
    }

    /**
     * How the session of an event ended.
     *
     * @param status what the event's type says; API versions before 2021 write no status into the session
     */
    public static EventContent readEnded(JsonNode session, CheckoutStatus status) {
        boolean settled = sellsOnce(session) && settled(session) && status == CheckoutStatus.COMPLETE;
        boolean awaited = sellsOnce(session) && !settled && status == CheckoutStatus.COMPLETE;
        return ended(
                session,
                awaited ? CheckoutStatus.PENDING : status,
                settled ? new Sold.Settled(Metadata.planOf(session)) : new Sold.Nothing());
    }

    /** That a delayed payment did not succeed. */
    public static EventContent readFailed(JsonNode session) {
        return ended(
                session,
                CheckoutStatus.EXPIRED,
                sellsOnce(session) ? new Sold.Failed(Metadata.planOf(session)) : new Sold.Nothing());
    }

    /** Whether the session sells something once, and no subscription. */
    public static boolean sellsOnce(JsonNode session) {
        return "payment".equals(Json.text(session, "mode"));
    }

    /** Whether the money is there, or nothing was to pay. */
    public static boolean settled(JsonNode session) {
        String status = Json.text(session, "payment_status");
        return "paid".equals(status) || "no_payment_required".equals(status);
    }

    private static EventContent ended(JsonNode session, CheckoutStatus status, Sold sold) {
        return new EventContent.CheckoutEnded(
                Json.requireText(session, "id"),
                status,
                Json.id(session, "subscription"),
                Json.id(session, "customer"),
                account(session),
                sold);
    }

    /** Billhook writes the account into both places; a host that opens sessions by itself may know the second only. */
    public static @Nullable AccountRef account(JsonNode session) {
        AccountRef written = Metadata.account(session);
        return written == null ? Metadata.accountOf(Json.text(session, "client_reference_id")) : written;
    }

    /** The card a set-up in full tells; one that is only named tells none. */
    private static @Nullable String card(@Nullable JsonNode setUp) {
        return setUp == null || !setUp.isObject() ? null : Json.id(setUp, "payment_method");
    }

    private static CheckoutStatus status(JsonNode session) {
        return switch (Json.requireText(session, "status")) {
            case "open" -> CheckoutStatus.OPEN;
            case "complete" -> complete(session);
            case "expired" -> CheckoutStatus.EXPIRED;
            default -> throw Json.malformed(session, "status");
        };
    }

    /** What is bought once counts when its money is there. A payment that wants another method failed. */
    private static CheckoutStatus complete(JsonNode session) {
        if (!sellsOnce(session) || settled(session)) {
            return CheckoutStatus.COMPLETE;
        }
        JsonNode payment = Json.node(session, "payment_intent");
        String status = payment == null ? null : Json.text(payment, "status");
        boolean failed = "requires_payment_method".equals(status) || "canceled".equals(status);
        return failed ? CheckoutStatus.EXPIRED : CheckoutStatus.PENDING;
    }

    private static @Nullable URI url(JsonNode session) {
        String url = Json.text(session, "url");
        return url == null ? null : URI.create(url);
    }
}
