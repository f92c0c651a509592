package dev.billhook.simulator.engine.payment.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.charge.Aftermath;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's test cards and how each behaves. Source: Stripe documentation, "Test cards".
 */
public enum TestCard {
    VISA("4242424242424242", "visa", "pm_card_visa", Behaviour.PAYS),
    VISA_DEBIT("4000056655665556", "visa", "pm_card_visa_debit", Behaviour.PAYS),
    MASTERCARD("5555555555554444", "mastercard", "pm_card_mastercard", Behaviour.PAYS),
    AMEX("378282246310005", "amex", "pm_card_amex", Behaviour.PAYS),
    DISCOVER("6011111111111117", "discover", "pm_card_discover", Behaviour.PAYS),
    DECLINED("4000000000000002", "visa", "pm_card_chargeDeclined", Behaviour.DECLINES),
    INSUFFICIENT_FUNDS("4000000000009995", "visa", "pm_card_visa_chargeDeclinedInsufficientFunds", Behaviour.DECLINES),
    LOST("4000000000009987", "visa", "pm_card_visa_chargeDeclinedLostCard", Behaviour.DECLINES),
    STOLEN("4000000000009979", "visa", "pm_card_visa_chargeDeclinedStolenCard", Behaviour.DECLINES),
    EXPIRED("4000000000000069", "visa", "pm_card_chargeDeclinedExpiredCard", Behaviour.DECLINES),
    INCORRECT_CVC("4000000000000127", "visa", "pm_card_chargeDeclinedIncorrectCvc", Behaviour.DECLINES),
    PROCESSING_ERROR("4000000000000119", "visa", "pm_card_chargeDeclinedProcessingError", Behaviour.DECLINES),
    CHARGE_FAILS("4000000000000341", "visa", "pm_card_chargeCustomerFail", Behaviour.DECLINES_AFTER_ATTACH),
    AUTHENTICATE_ONCE(
            "4000002500003155", "visa", "pm_card_authenticationRequiredOnSetup", Behaviour.AUTHENTICATES_ONCE),
    AUTHENTICATE_ALWAYS("4000002760003184", "visa", "pm_card_authenticationRequired", Behaviour.AUTHENTICATES),
    REFUND_FAILS("4000000000005126", "pm_card_refundFail", Aftermath.REFUND_FAILS),
    REFUND_PENDING("4000000000007726", "pm_card_pendingRefund", Aftermath.REFUND_PENDING),
    DISPUTED("4000000000000259", "pm_card_createDispute", Aftermath.DISPUTED),
    NOT_RECEIVED("4000000000002685", "pm_card_createDisputeProductNotReceived", Aftermath.DISPUTED_NOT_RECEIVED),
    INQUIRY("4000000000001976", "pm_card_createDisputeInquiry", Aftermath.INQUIRY),
    AVAILABLE("4000000000000077", "pm_card_bypassPending", Aftermath.AVAILABLE);

    /** How a card answers. */
    public enum Behaviour {
        PAYS,
        DECLINES,
        DECLINES_AFTER_ATTACH,
        AUTHENTICATES_ONCE,
        AUTHENTICATES
    }

    private final String number;
    private final String brand;
    private final String token;
    private final Behaviour behaviour;
    private final Aftermath aftermath;

    TestCard(String number, String brand, String token, Behaviour behaviour) {
        this(number, brand, token, behaviour, Aftermath.NONE);
    }

    TestCard(String number, String token, Aftermath aftermath) {
        this(number, "visa", token, Behaviour.PAYS, aftermath);
    }

    TestCard(String number, String brand, String token, Behaviour behaviour, Aftermath aftermath) {
        this.number = number;
        this.brand = brand;
        this.token = token;
        this.behaviour = behaviour;
        this.aftermath = aftermath;
    }

    /** The card with this number, blanks ignored. */
    public static Optional<TestCard> ofNumber(String number) {
        String digits = number.replaceAll("[\\s-]", "");
        return Arrays.stream(values())
                .filter(card -> card.number.equals(digits))
                .findFirst();
    }

    /** The card a ready-made payment method or card token stands for, for example {@code pm_card_visa} or {@code tok_visa}. */
    public static Optional<TestCard> ofToken(String token) {
        String name = token.startsWith("tok_") ? "pm_card_" + token.substring(4) : token;
        return Arrays.stream(values()).filter(card -> card.token.equals(name)).findFirst();
    }

    /** How it answers. */
    public Behaviour behaviour() {
        return behaviour;
    }

    /** What becomes of a charge it paid. */
    public Aftermath aftermath() {
        return aftermath;
    }

    /** Why it refuses. */
    public ApiError refusal() {
        return ApiError.card(code(), declineCode(), message());
    }

    /** The number to type. */
    public String number() {
        return number;
    }

    String token() {
        return token;
    }

    String last4() {
        return number.substring(number.length() - 4);
    }

    /** Error code of a decline. */
    private String code() {
        return switch (this) {
            case EXPIRED -> "expired_card";
            case INCORRECT_CVC -> "incorrect_cvc";
            case PROCESSING_ERROR -> "processing_error";
            default -> "card_declined";
        };
    }

    /** Decline code, where the error code alone does not say it. */
    private @Nullable String declineCode() {
        return switch (this) {
            case INSUFFICIENT_FUNDS -> "insufficient_funds";
            case LOST -> "lost_card";
            case STOLEN -> "stolen_card";
            case DECLINED, CHARGE_FAILS -> "generic_decline";
            default -> null;
        };
    }

    /** What the cardholder is told. */
    private String message() {
        return switch (this) {
            case INSUFFICIENT_FUNDS -> "Your card has insufficient funds.";
            case EXPIRED -> "Your card has expired.";
            case INCORRECT_CVC -> "Your card's security code is incorrect.";
            case PROCESSING_ERROR -> "An error occurred while processing your card. Try again in a little bit.";
            default -> "Your card was declined.";
        };
    }

    ObjectNode describe(long expMonth, long expYear) {
        ObjectNode card = Docs.shape("""
            {"brand":"","checks":{"address_line1_check":null,"address_postal_code_check":null,"cvc_check":"pass"},
             "country":"US","display_brand":"","exp_month":12,"exp_year":2040,"fingerprint":"","funding":"credit",
             "generated_from":null,"last4":"","networks":{"available":[],"preferred":null},"regulated_status":"unregulated",
             "three_d_secure_usage":{"supported":true},"wallet":null}\
            """);
        card.put("brand", brand);
        card.put("display_brand", "amex".equals(brand) ? "american_express" : brand);
        card.put("exp_month", expMonth);
        card.put("exp_year", expYear);
        card.put("fingerprint", fingerprint());
        card.put("funding", this == VISA_DEBIT ? "debit" : "credit");
        card.put("last4", last4());
        Docs.child(card, "networks").withArray("available").add(brand);
        return card;
    }

    private String fingerprint() {
        String hash = Long.toString(Math.abs((long) number.hashCode() * 2_654_435_761L), 36);
        return ("sim" + hash + "0000000000000000").substring(0, 16);
    }
}
