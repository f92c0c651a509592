package dev.billhook.simulator.page.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.util.Locale;

/** Words cards for people. */
public final class CardText {
    private CardText() {}

    /** The card of a payment method or of a payment's details, for example {@code Visa •••• 4242}. */
    public static String of(ObjectNode method) {
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
