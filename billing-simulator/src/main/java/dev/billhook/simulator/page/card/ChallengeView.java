package dev.billhook.simulator.page.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.text.CardText;
import org.jspecify.annotations.Nullable;

/**
 * The 3-D Secure step.
 *
 * @param amount what is to be paid; null when a card is only to be kept
 * @param card the card, in words; null when it is not known
 * @param action where the answer is sent
 */
public record ChallengeView(
        String business,
        String purpose,
        @Nullable String amount,
        @Nullable String card,
        String action) {
    /** The step of a payment or set-up intent that waits for the cardholder. */
    public static ChallengeView of(Store store, String business, ObjectNode intent, String action) {
        Long amount = Docs.number(intent, "amount");
        String currency = Docs.text(intent, "currency");
        String method = Docs.text(intent, "payment_method");
        ObjectNode doc = method == null ? null : store.find("payment_method", method);
        String due = amount == null || currency == null ? null : AmountText.of(amount, currency);
        return new ChallengeView(
                business,
                due == null ? "keep this card for later payments" : "charge this card",
                due,
                doc == null ? null : CardText.of(doc),
                action);
    }
}
