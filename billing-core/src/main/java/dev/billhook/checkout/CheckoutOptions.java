package dev.billhook.checkout;

import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.TrialTerms;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a visit to the payment page is besides its plan. Put together with {@link CheckoutRequest#builder}.
 *
 * @param addOns further plans, of add-ons, and how many units of each; in the order of the page
 * @param trial which free trial is offered
 * @param discount which discount is offered
 * @param adjustable between which numbers the buyer may choose the units at the page, or null if he may not
 * @param currency what is charged in, or null to let the provider choose by the buyer's country among the plan's currencies
 * @param page what the page asks for and looks like
 * @param notes the host's own notes to the visit and its subscription
 * @since 0.1.0
 */
public record CheckoutOptions(
        Map<PlanKey, Long> addOns,
        Trial trial,
        Discount discount,
        @Nullable AdjustableUnits adjustable,
        @Nullable Currency currency,
        Page page,
        Notes notes) {
    /** Nothing besides the plan. */
    public static final CheckoutOptions NONE = new CheckoutOptions(
            Map.of(), new Trial.OfPlan(), new Discount.None(), null, null, Page.STANDARD, Notes.NONE);

    /**
     * Copies the add-ons.
     *
     * @throws IllegalArgumentException if units of an add-on are negative
     */
    public CheckoutOptions {
        addOns = Collections.unmodifiableMap(new LinkedHashMap<>(addOns));
        if (addOns.values().stream().anyMatch(units -> units < 0)) {
            throw new IllegalArgumentException("units of an add-on must not be negative");
        }
    }

    /** Which free trial is offered. Whatever is asked for, whoever had his trial gets none. */
    public sealed interface Trial {
        /** The plan's, if it has one. */
        record OfPlan() implements Trial {}

        /** None. */
        record None() implements Trial {}

        /** Another one. */
        record Of(TrialTerms terms) implements Trial {}
    }

    /** Which discount is offered; the provider takes one of these only. */
    public sealed interface Discount {
        /** None. */
        record None() implements Discount {}

        /** The page has a field for promotion codes. */
        record CodesAtPage() implements Discount {}

        /**
         * A coupon.
         *
         * @param id as the host named it when it was made
         */
        record Coupon(String id) implements Discount {}

        /**
         * A promotion code, already entered.
         *
         * @param code as customers write it; letter case does not count
         */
        record PromotionCode(String code) implements Discount {}
    }

    /**
     * Between which numbers the buyer may choose.
     *
     * @param minimum fewest units
     * @param maximum most units, at most 999 999
     */
    public record AdjustableUnits(long minimum, long maximum) {
        private static final long MOST = 999_999;

        /**
         * @throws IllegalArgumentException if there is no number between the bounds, or one is out of range
         */
        public AdjustableUnits {
            if (minimum < 0 || maximum < Math.max(1, minimum) || maximum > MOST) {
                throw new IllegalArgumentException(
                        "Adjustable units must satisfy 0 <= minimum <= maximum and 1 <= maximum <= " + MOST);
            }
        }
    }

    /**
     * What the page asks for and looks like.
     *
     * @param locale its language, or null to follow the browser's
     * @param automaticTax whether the provider computes tax from the buyer's address
     * @param taxId whether a business may enter its tax id
     * @param billingAddress whether the full billing address is asked for, and not only what the payment needs
     * @param termsConsent whether the buyer must accept the terms of service set at the provider
     */
    public record Page(
            @Nullable Locale locale,
            boolean automaticTax,
            boolean taxId,
            boolean billingAddress,
            boolean termsConsent) {
        /** The browser's language, and nothing asked for that the payment does not need. */
        public static final Page STANDARD = new Page(null, false, false, false, false);
    }

    /**
     * The host's own notes, never personal data: they are shown in the provider's dashboard and exports.
     *
     * @param clientReference what the host calls the visit, at most 200 characters, or null for the account
     * @param metadata at most 40 further values of at most 500 characters by keys of at most 40
     */
    public record Notes(@Nullable String clientReference, Map<String, String> metadata) {
        /** None. */
        public static final Notes NONE = new Notes(null, Map.of());

        private static final String RESERVED = "billhook_";

        /**
         * Copies the values.
         *
         * @throws IllegalArgumentException if something is too long, or a key is Billhook's own
         */
        public Notes {
            if (clientReference != null && (clientReference.isBlank() || clientReference.length() > 200)) {
                throw new IllegalArgumentException("A client reference has 1 to 200 characters");
            }
            if (metadata.size() > 40) {
                throw new IllegalArgumentException("There is room for 40 values of metadata, not " + metadata.size());
            }
            metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
            metadata.forEach(Notes::check);
        }

        private static void check(String key, String value) {
            if (key.toLowerCase(Locale.ROOT).startsWith(RESERVED)) {
                throw new IllegalArgumentException("Metadata key '" + key + "' is refused: keys beginning with '"
                        + RESERVED + "' are Billhook's own; choose another prefix");
            }
            if (!key.matches("[^\\[\\]\\p{Cntrl}]{1,40}") || value.isEmpty() || value.length() > 500) {
                throw new IllegalArgumentException("Metadata '" + key
                        + "' is refused: a key has 1 to 40 characters, no brackets among them, a value 1 to 500");
            }
        }
    }
}
