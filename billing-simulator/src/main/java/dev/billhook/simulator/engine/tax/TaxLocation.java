package dev.billhook.simulator.engine.tax;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a customer is for tax: the country, its state where known, and which address says so. Source: Stripe documentation,
 * "Collect customer addresses".
 */
public record TaxLocation(String country, @Nullable String state, String source) {
    /** The location of a customer, by its shipping address, else its billing address; null when neither is precise enough. */
    public static @Nullable TaxLocation of(ObjectNode customer) {
        ObjectNode shipping = Docs.child(Docs.child(customer, "shipping"), "address");
        return shipping.hasNonNull("country")
                ? at(shipping, "shipping_destination")
                : at(Docs.child(customer, "address"), "billing_address");
    }

    /** The location an address tells; null when it is not precise enough. */
    public static @Nullable TaxLocation at(ObjectNode address, String source) {
        String country = Docs.text(address, "country");
        if (country == null || !country.matches("[A-Za-z]{2}")) {
            return null;
        }
        String upper = country.toUpperCase(Locale.ROOT);
        String state = given(address, "state");
        String postal = given(address, "postal_code");
        boolean precise = switch (upper) {
            case "US" -> postal != null && postal.matches("\\d{5}(-?\\d{4})?");
            case "CA" -> state != null || postal != null;
            default -> true;
        };
        return precise ? new TaxLocation(upper, state == null ? null : state.toUpperCase(Locale.ROOT), source) : null;
    }

    private static @Nullable String given(ObjectNode address, String field) {
        String value = Docs.text(address, field);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
