package dev.billhook.stripe.internal.checkout;

import com.stripe.param.checkout.SessionCreateParams;
import java.util.Locale;
import java.util.stream.Stream;

/** The languages Checkout speaks. */
final class Locales {
    private Locales() {}

    /** The language that comes nearest; the browser's if Checkout speaks none of the kind. */
    static SessionCreateParams.Locale of(Locale wanted) {
        String tag = wanted.toLanguageTag();
        return Stream.iterate(tag, each -> !each.isEmpty(), Locales::shorter)
                .flatMap(each -> Stream.of(SessionCreateParams.Locale.values())
                        .filter(known -> known.getValue().equalsIgnoreCase(each)))
                .findFirst()
                .orElse(SessionCreateParams.Locale.AUTO);
    }

    private static String shorter(String tag) {
        int end = tag.lastIndexOf('-');
        return end < 0 ? "" : tag.substring(0, end);
    }
}
