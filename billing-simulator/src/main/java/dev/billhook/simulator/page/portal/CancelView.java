package dev.billhook.simulator.page.portal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page on which a cancellation is confirmed.
 *
 * @param consequence what the customer keeps, and until when
 * @param offer what is offered to whoever stays; null when nothing is
 * @param reasons the reasons offered; empty when none is asked for
 */
record CancelView(
        String business,
        String plan,
        String consequence,
        List<Reason> reasons,
        @Nullable String offer,
        String stayUrl,
        String backUrl,
        @Nullable String error) {
    /** A reason as Stripe calls it, and as it is worded. */
    record Reason(String value, String label) {}

    static List<Reason> reasons(List<String> offered) {
        return offered.stream().map(value -> new Reason(value, label(value))).toList();
    }

    private static String label(String value) {
        return switch (value) {
            case "too_expensive" -> "It is too expensive";
            case "missing_features" -> "Some features are missing";
            case "switched_service" -> "I have switched to another service";
            case "unused" -> "I do not use it enough";
            case "customer_service" -> "The service was not good enough";
            case "too_complex" -> "It is too difficult to use";
            case "low_quality" -> "The quality was lower than expected";
            default -> "Another reason";
        };
    }
}
