package dev.billhook.stripe.internal.catalog;

import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceCreateParams.BillingScheme;
import com.stripe.param.PriceCreateParams.CurrencyOption;
import com.stripe.param.PriceCreateParams.Recurring;
import com.stripe.param.PriceCreateParams.TiersMode;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Tier;
import dev.billhook.stripe.internal.read.Metadata;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Writes a plan's pricing as one price with an option for each further currency; the first currency in alphabetical order
 * is the price's own. {@link PriceReader} reads it back.
 */
final class PriceParams {
    static final String FLAT = "flat";
    static final String PER_UNIT = "per_unit";
    private static final String UNIT_AMOUNT_DECIMAL = "unit_amount_decimal";

    private final PriceCreateParams.Builder price = PriceCreateParams.builder();
    private final Currency own;

    private PriceParams(Pricing pricing) {
        this.own = pricing.currencies().iterator().next();
    }

    /**
     * The parameters of the plan's price.
     *
     * @param productId the product at Stripe
     * @param meters answers a meter's id for its event name; asked for metered pricing only
     */
    static PriceCreateParams of(Plan plan, String productId, UnaryOperator<String> meters) {
        PriceParams params = new PriceParams(plan.pricing());
        params.price
                .setProduct(productId)
                .setCurrency(code(params.own))
                .setLookupKey(plan.key().value())
                .setTransferLookupKey(true)
                .putMetadata(Metadata.PLAN, plan.key().value());
        String version = plan.versions().sold();
        if (!version.equals(Plan.FIRST_VERSION)) {
            params.price.putMetadata(Metadata.VERSION, version);
        }
        params.amounts(plan.pricing());
        if (plan.interval().recurring()) {
            params.price.setRecurring(recurring(plan, meters));
        }
        return params.price.build();
    }

    private void amounts(Pricing pricing) {
        if (pricing instanceof Pricing.Flat flat) {
            price.putMetadata(Metadata.PRICING, FLAT);
            flat.amounts().forEach(this::whole);
        } else if (pricing instanceof Pricing.PerUnit perUnit) {
            price.putMetadata(Metadata.PRICING, PER_UNIT);
            perUnit.amounts().forEach(this::whole);
        } else if (pricing instanceof Pricing.OneTime oneTime) {
            oneTime.amounts().forEach(this::whole);
        } else if (pricing instanceof Pricing.Metered metered) {
            metered.amounts().forEach(this::decimal);
        } else if (pricing instanceof Pricing.Graduated graduated) {
            tiered(TiersMode.GRADUATED, graduated.tiers());
        } else if (pricing instanceof Pricing.Volume volume) {
            tiered(TiersMode.VOLUME, volume.tiers());
        }
    }

    private void whole(Currency currency, Long amount) {
        if (currency.equals(own)) {
            price.setUnitAmount(amount);
        } else {
            price.putCurrencyOption(
                    code(currency),
                    CurrencyOption.builder().setUnitAmount(amount).build());
        }
    }

    private void decimal(Currency currency, BigDecimal amount) {
        if (currency.equals(own)) {
            price.putExtraParam(UNIT_AMOUNT_DECIMAL, amount.toPlainString());
        } else {
            price.putCurrencyOption(
                    code(currency),
                    CurrencyOption.builder()
                            .putExtraParam(UNIT_AMOUNT_DECIMAL, amount.toPlainString())
                            .build());
        }
    }

    private void tiered(TiersMode mode, Map<Currency, List<Tier>> tiers) {
        price.setBillingScheme(BillingScheme.TIERED).setTiersMode(mode);
        tiers.forEach((currency, steps) -> {
            if (currency.equals(own)) {
                steps.forEach(step -> price.addTier(tier(step)));
            } else {
                CurrencyOption.Builder option = CurrencyOption.builder();
                steps.forEach(step -> option.addTier(optionTier(step)));
                price.putCurrencyOption(code(currency), option.build());
            }
        });
    }

    /** Decimals go as plain text: the Stripe client would write 100 without trailing zeros as {@code 1E+2}. */
    private static PriceCreateParams.Tier tier(Tier step) {
        PriceCreateParams.Tier.Builder tier = PriceCreateParams.Tier.builder()
                .putExtraParam(UNIT_AMOUNT_DECIMAL, step.unitAmount().toPlainString());
        Long upTo = step.upTo();
        if (upTo == null) {
            tier.setUpTo(PriceCreateParams.Tier.UpTo.INF);
        } else {
            tier.setUpTo(upTo);
        }
        return step.flatAmount() == 0
                ? tier.build()
                : tier.setFlatAmount(step.flatAmount()).build();
    }

    private static CurrencyOption.Tier optionTier(Tier step) {
        CurrencyOption.Tier.Builder tier = CurrencyOption.Tier.builder()
                .putExtraParam(UNIT_AMOUNT_DECIMAL, step.unitAmount().toPlainString());
        Long upTo = step.upTo();
        if (upTo == null) {
            tier.setUpTo(CurrencyOption.Tier.UpTo.INF);
        } else {
            tier.setUpTo(upTo);
        }
        return step.flatAmount() == 0
                ? tier.build()
                : tier.setFlatAmount(step.flatAmount()).build();
    }

    private static Recurring recurring(Plan plan, UnaryOperator<String> meters) {
        BillingInterval interval = plan.interval();
        Recurring.Builder recurring = Recurring.builder()
                .setInterval(Recurring.Interval.valueOf(interval.unit().name()))
                .setIntervalCount((long) interval.count());
        if (plan.pricing() instanceof Pricing.Metered metered) {
            recurring.setUsageType(Recurring.UsageType.METERED).setMeter(meters.apply(metered.meter()));
        }
        return recurring.build();
    }

    private static String code(Currency currency) {
        return currency.getCurrencyCode().toLowerCase(Locale.ROOT);
    }
}
