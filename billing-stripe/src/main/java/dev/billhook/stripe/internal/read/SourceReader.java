package dev.billhook.stripe.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.account.PaymentMethod;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what customers paid with before there were payment methods: cards, bank accounts and sources. A customer's default
 * one is charged where no payment method is set. Brands are told as payment methods call them.
 */
final class SourceReader {
    private static final Map<String, String> BRANDS =
            Map.of("american express", "amex", "diners club", "diners", "eftpos australia", "eftpos_au");

    private SourceReader() {}

    /** Whether the document is one of those, and no payment method. */
    static boolean isSource(JsonNode document) {
        String object = Json.text(document, "object");
        return object != null && !"payment_method".equals(object);
    }

    static PaymentMethod read(JsonNode source) {
        String object = Json.requireText(source, "object");
        String type = "source".equals(object) ? Json.requireText(source, "type") : object;
        JsonNode details = "source".equals(object) ? source.path(type) : source;
        return new PaymentMethod(
                Json.requireText(source, "id"),
                type,
                brand(Json.text(details, "brand")),
                Json.text(details, "last4"),
                Json.integer(details, "exp_month"),
                Json.integer(details, "exp_year"));
    }

    private static @Nullable String brand(@Nullable String told) {
        if (told == null) {
            return null;
        }
        String brand = told.toLowerCase(Locale.ROOT);
        return BRANDS.getOrDefault(brand, brand);
    }
}
