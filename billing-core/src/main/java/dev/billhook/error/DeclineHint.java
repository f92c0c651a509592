package dev.billhook.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer can do about a declined payment. Reasons that would help a thief (lost, stolen, suspected fraud) are told like
 * an ordinary refusal, as Stripe asks for.
 *
 * @since 0.1.0
 */
public enum DeclineHint {
    /** Nothing more is known, or may be told. */
    USE_ANOTHER_METHOD("Your payment was declined. Please use another payment method or contact your bank."),
    /** The account behind the card does not hold enough. */
    NOT_ENOUGH_FUNDS("Your account does not have enough funds. Please use another payment method."),
    /** A limit of the card is reached. */
    LIMIT_REACHED("A limit of your card is reached. Please use another payment method or contact your bank."),
    /** The card's date is over. */
    CARD_EXPIRED("Your card has expired. Please use another one."),
    /** A number, date or code was mistyped. */
    CHECK_DETAILS("The details of your card are not right. Please check them and try again."),
    /** The card cannot be used for this purchase or currency. */
    NOT_SUPPORTED("Your card does not support this purchase. Please use another payment method."),
    /** The bank or the network had a passing problem. */
    TRY_AGAIN_LATER("Your bank could not be reached. Please try again in a few minutes.");

    private static final Map<String, DeclineHint> BY_CODE = Map.ofEntries(
            Map.entry("insufficient_funds", NOT_ENOUGH_FUNDS),
            Map.entry("card_velocity_exceeded", LIMIT_REACHED),
            Map.entry("withdrawal_count_limit_exceeded", LIMIT_REACHED),
            Map.entry("expired_card", CARD_EXPIRED),
            Map.entry("incorrect_number", CHECK_DETAILS),
            Map.entry("invalid_number", CHECK_DETAILS),
            Map.entry("incorrect_cvc", CHECK_DETAILS),
            Map.entry("invalid_cvc", CHECK_DETAILS),
            Map.entry("incorrect_zip", CHECK_DETAILS),
            Map.entry("incorrect_address", CHECK_DETAILS),
            Map.entry("invalid_expiry_month", CHECK_DETAILS),
            Map.entry("invalid_expiry_year", CHECK_DETAILS),
            Map.entry("card_not_supported", NOT_SUPPORTED),
            Map.entry("currency_not_supported", NOT_SUPPORTED),
            Map.entry("invalid_amount", NOT_SUPPORTED),
            Map.entry("issuer_not_available", TRY_AGAIN_LATER),
            Map.entry("processing_error", TRY_AGAIN_LATER),
            Map.entry("reenter_transaction", TRY_AGAIN_LATER),
            Map.entry("try_again_later", TRY_AGAIN_LATER));

    private final String userMessage;

    DeclineHint(String userMessage) {
        this.userMessage = userMessage;
    }

    /** The hint of a decline code; {@link #USE_ANOTHER_METHOD} for codes that are unknown or not to be told. */
    public static DeclineHint of(@Nullable String declineCode) {
        return declineCode == null ? USE_ANOTHER_METHOD : BY_CODE.getOrDefault(declineCode, USE_ANOTHER_METHOD);
    }

    /** An English sentence for the buyer. */
    public String userMessage() {
        return userMessage;
    }
}
