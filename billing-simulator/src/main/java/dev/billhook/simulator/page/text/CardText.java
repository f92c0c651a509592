package dev.billhook.simulator.page.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.util.Locale;

/** Words cards for people. */
public final class CardText {
    private CardText() {}

    /** The card or bank account of a payment method or of a payment's details, for example {@code Visa •••• 4242}. */
    public static String of(ObjectNode method) {
        ObjectNode account = Docs.child(method, "us_bank_account");
        if (account.hasNonNull("last4")) {
            return "Bank account •••• " + Docs.text(account, "last4");
        }
        ObjectNode card = Docs.child(method, "card");
        String brand = Docs.text(card, "brand");
        if (brand == null || brand.isEmpty()) {
            return "";
        }
        String name = "amex".equals(brand)
                ? "American Express"
                : brand.substring(0, 1).toUpperCase(Locale.ROOT) + brand.substring(1);
        return name + " •••• " + Docs.text(card, "last4");
    }
}
