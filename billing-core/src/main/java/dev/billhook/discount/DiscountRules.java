package dev.billhook.discount;

import dev.billhook.discount.DiscountCheck.Reason;
import dev.billhook.discount.DiscountCheck.Refused;
import dev.billhook.money.Money;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a code can be redeemed for a purchase. Pure. Source: Stripe, "Coupons and promotion codes". Where several reasons
 * speak against it, the first in the order of {@link Reason} is told.
 *
 * @since 0.1.0
 */
public final class DiscountRules {
    /** The most discounts something can have at Stripe. */
    public static final int MOST = 20;

    private DiscountRules() {}

    /**
     * The code meant by a word. Several codes may have it: one for everybody, others for single customers, and former ones that
     * are not active any more.
     *
     * @param found all codes of the word
     * @param customerId who enters it, or null
     * @return one that can be redeemed by him before one that cannot, his own before one for all; empty if there is none at all
     */
    public static Optional<PromotionCode> choose(
            Collection<PromotionCode> found, @Nullable String customerId, Instant now) {
        return found.stream()
                .min(Comparator.comparing((PromotionCode code) -> belongsToAnother(code, customerId))
                        .thenComparing(code -> !code.live(now))
                        .thenComparing(code -> code.restrictions().customerId() == null));
    }

    /**
     * Whether the code can be redeemed.
     *
     * @param code the code, or null if there is none
     */
    public static DiscountCheck judge(@Nullable PromotionCode code, Purchase purchase, Instant now) {
        if (code == null) {
            return refused(Reason.MISSING, "This code does not exist.");
        }
        return ofCustomer(code, purchase)
                .or(() -> ofCode(code, now))
                .or(() -> ofHistory(code, purchase))
                .or(() -> Optional.ofNullable(purchase.basket()).flatMap(basket -> ofBasket(code, basket)))
                .<DiscountCheck>map(refused -> refused)
                .orElseGet(() -> new DiscountCheck.Valid(code.code(), code.coupon()));
    }

    private static Optional<Refused> ofCustomer(PromotionCode code, Purchase purchase) {
        if (belongsToAnother(code, purchase.customerId())) {
            return Optional.of(refused(Reason.OTHER_CUSTOMER, "This code cannot be used by this account."));
        }
        Purchase.Basket basket = purchase.basket();
        return basket != null && basket.coupons().contains(code.coupon().key())
                ? Optional.of(refused(Reason.ALREADY_APPLIED, "This discount is given already."))
                : Optional.empty();
    }

    private static Optional<Refused> ofCode(PromotionCode code, Instant now) {
        if (code.expired(now)) {
            return Optional.of(refused(Reason.EXPIRED, "This code has expired."));
        }
        if (code.exhausted()) {
            return Optional.of(refused(Reason.EXHAUSTED, "This code has been used up."));
        }
        return code.active()
                ? Optional.empty()
                : Optional.of(refused(Reason.INACTIVE, "This code is not valid any more."));
    }

    private static Optional<Refused> ofHistory(PromotionCode code, Purchase purchase) {
        return code.restrictions().firstTimeOnly() && purchase.paidBefore()
                ? Optional.of(refused(Reason.FIRST_TIME_ONLY, "This code is for new customers only."))
                : Optional.empty();
    }

    private static Optional<Refused> ofBasket(PromotionCode code, Purchase.Basket basket) {
        Map<Currency, Long> minimum = code.restrictions().minimum();
        if (!code.coupon().reduction().worksIn(basket.currency())
                || (!minimum.isEmpty() && !minimum.containsKey(basket.currency()))) {
            return Optional.of(refused(
                    Reason.WRONG_CURRENCY,
                    "This code cannot be used for a purchase in "
                            + basket.currency().getCurrencyCode() + "."));
        }
        if (!code.coupon().products().isEmpty()
                && Collections.disjoint(code.coupon().products(), basket.products())) {
            return Optional.of(refused(Reason.WRONG_PRODUCT, "This code is for other products."));
        }
        Long least = minimum.get(basket.currency());
        if (least != null && basket.amount() != null && basket.amount() < least) {
            return Optional.of(refused(
                    Reason.MINIMUM_AMOUNT,
                    "This code needs a purchase of at least " + Money.of(least, basket.currency()) + "."));
        }
        return basket.coupons().size() < MOST
                ? Optional.empty()
                : Optional.of(refused(Reason.TOO_MANY, "No more discounts can be added."));
    }

    private static boolean belongsToAnother(PromotionCode code, @Nullable String customerId) {
        String owner = code.restrictions().customerId();
        return owner != null && !Objects.equals(owner, customerId);
    }

    private static Refused refused(Reason reason, String message) {
        return new Refused(reason, message);
    }
}
