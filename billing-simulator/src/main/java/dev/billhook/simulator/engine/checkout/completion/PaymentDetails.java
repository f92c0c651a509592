package dev.billhook.simulator.engine.checkout.completion;

import dev.billhook.simulator.engine.checkout.Particulars;
import dev.billhook.simulator.engine.debit.BankInput;
import dev.billhook.simulator.engine.payment.method.CardInput;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person enters on the hosted Checkout page.
 *
 * @param email required unless the session has a customer or an e-mail address already
 * @param card null only where the session collects no payment method
 * @param quantities chosen quantities by line item id, for lines whose quantity is adjustable
 * @param particulars what else the session asks for
 * @param bank the bank account to pay from instead of the card; null to pay by card
 */
public record PaymentDetails(
        @Nullable String email,
        @Nullable CardInput card,
        Map<String, Long> quantities,
        Particulars particulars,
        @Nullable BankInput bank) {
    public PaymentDetails {
        quantities = Map.copyOf(quantities);
    }

    /** For a session that asks for nothing else. */
    public PaymentDetails(@Nullable String email, @Nullable CardInput card, Map<String, Long> quantities) {
        this(email, card, quantities, Particulars.NONE, null);
    }
}
