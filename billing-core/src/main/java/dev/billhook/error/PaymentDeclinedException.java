package dev.billhook.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The card or other payment method was declined. Show the buyer {@link #userMessage()}, or an own text by {@link #hint()};
 * the {@link #declineCode()} is for the log, as it may tell a thief that the card was reported stolen.
 *
 * @since 0.1.0
 */
public final class PaymentDeclinedException extends ProviderException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String declineCode;

    /**
     * @param message the provider's reason without personal data, and the remedy; not for the buyer
     * @param requestId the provider's request id for its support, or null if no answer came
     * @param declineCode the bank's reason as the provider names it, or null if it gave none
     */
    public PaymentDeclinedException(String message, @Nullable String requestId, @Nullable String declineCode) {
        super(Category.PAYMENT_DECLINED, message, requestId, null);
        this.declineCode = declineCode;
    }

    /** The bank's reason, for example {@code insufficient_funds}. Not for the buyer. */
    public Optional<String> declineCode() {
        return Optional.ofNullable(declineCode);
    }

    /** What the buyer can do about it. */
    public DeclineHint hint() {
        return DeclineHint.of(declineCode);
    }

    /** An English sentence that may be shown to the buyer. */
    public String userMessage() {
        return hint().userMessage();
    }
}
