package dev.billhook.catalog.sync;

import dev.billhook.coupon.CodeTerms;
import dev.billhook.coupon.Coupon;
import dev.billhook.coupon.CouponOffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares the coupons. The provider lets nothing of a coupon be changed but its name, and nothing of a code. */
final class CouponDiff {
    private CouponDiff() {}

    /** The steps for coupons that are missing or different; what only the provider has is left alone. */
    static List<CatalogChange> between(Collection<CouponOffer> ours, Collection<CouponOffer> theirs) {
        Map<String, CouponOffer> published = theirs.stream()
                .collect(Collectors.toMap(offer -> offer.coupon().key(), Function.identity(), (first, again) -> first));
        List<CatalogChange> changes = new ArrayList<>();
        for (CouponOffer offer : ours) {
            CouponOffer present = published.get(offer.coupon().key());
            if (present == null) {
                changes.add(new CatalogChange.CreateCoupon(offer.coupon()));
                addCodes(offer, List.of(), changes);
            } else if (!unnamed(offer.coupon()).equals(unnamed(present.coupon()))) {
                changes.add(new CatalogChange.ReplaceCoupon(offer.coupon()));
                addCodes(offer, List.of(), changes);
            } else {
                if (!offer.coupon().equals(present.coupon())) {
                    changes.add(new CatalogChange.RenameCoupon(offer.coupon()));
                }
                addCodes(offer, present.codes(), changes);
            }
        }
        return changes;
    }

    private static void addCodes(CouponOffer offer, List<CodeTerms> present, List<CatalogChange> changes) {
        Map<String, CodeTerms> known = present.stream()
                .collect(Collectors.toMap(code -> word(code), Function.identity(), (first, again) -> first));
        for (CodeTerms code : offer.codes()) {
            CodeTerms there = known.get(word(code));
            if (there == null) {
                changes.add(new CatalogChange.CreateCode(offer.coupon(), code));
            } else if (!same(code, there)) {
                changes.add(new CatalogChange.ReplaceCode(offer.coupon(), code));
            }
        }
    }

    private static boolean same(CodeTerms ours, CodeTerms theirs) {
        return ours.limits().equals(theirs.limits())
                && ours.firstTimeOnly() == theirs.firstTimeOnly()
                && ours.minimum().equals(theirs.minimum());
    }

    private static String word(CodeTerms code) {
        return code.code().toUpperCase(Locale.ROOT);
    }

    private static Coupon unnamed(Coupon coupon) {
        return new Coupon(
                coupon.key(), null, coupon.reduction(), coupon.duration(), coupon.products(), coupon.limits());
    }
}
