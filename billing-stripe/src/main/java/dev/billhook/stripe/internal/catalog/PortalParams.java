package dev.billhook.stripe.internal.catalog;

import com.stripe.param.billingportal.ConfigurationCreateParams;
import com.stripe.param.billingportal.ConfigurationCreateParams.BusinessProfile;
import com.stripe.param.billingportal.ConfigurationCreateParams.Features;
import com.stripe.param.billingportal.ConfigurationCreateParams.Features.CustomerUpdate;
import com.stripe.param.billingportal.ConfigurationCreateParams.Features.InvoiceHistory;
import com.stripe.param.billingportal.ConfigurationCreateParams.Features.PaymentMethodUpdate;
import com.stripe.param.billingportal.ConfigurationCreateParams.Features.SubscriptionCancel;
import com.stripe.param.billingportal.ConfigurationCreateParams.Features.SubscriptionCancel.CancellationReason;
import com.stripe.param.billingportal.ConfigurationCreateParams.Features.SubscriptionUpdate;
import com.stripe.param.billingportal.ConfigurationCreateParams.Features.SubscriptionUpdate.DefaultAllowedUpdate;
import com.stripe.param.billingportal.ConfigurationCreateParams.Features.SubscriptionUpdate.ScheduleAtPeriodEnd;
import com.stripe.param.billingportal.ConfigurationCreateParams.Features.SubscriptionUpdate.ScheduleAtPeriodEnd.Condition;
import com.stripe.param.common.EmptyParam;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.PortalSettings;
import dev.billhook.catalog.PortalSettings.End;
import dev.billhook.catalog.PortalSettings.Switching;
import dev.billhook.catalog.sync.PortalOffer;
import dev.billhook.stripe.internal.read.Metadata;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes portal configurations. The parameters of a change are those of a new one. */
final class PortalParams {
    private PortalParams() {}

    /**
     * Finds Stripe's ids.
     *
     * @param product of a product key
     * @param price of a plan, the present one
     */
    record Ids(UnaryOperator<String> product, Function<PlanKey, String> price) {}

    /**
     * The parameters.
     *
     * @param change whether there is one already, in which what is not told must be taken back
     */
    static ConfigurationCreateParams of(PortalOffer offer, Ids ids, boolean change) {
        PortalSettings settings = offer.settings();
        return ConfigurationCreateParams.builder()
                .setBusinessProfile(profile(settings, change))
                .setFeatures(Features.builder()
                        .setInvoiceHistory(InvoiceHistory.builder()
                                .setEnabled(settings.invoiceHistory())
                                .build())
                        .setPaymentMethodUpdate(PaymentMethodUpdate.builder()
                                .setEnabled(settings.paymentMethod())
                                .build())
                        .setCustomerUpdate(customer(settings))
                        .setSubscriptionCancel(cancel(settings.cancel()))
                        .setSubscriptionUpdate(update(offer, ids, change))
                        .build())
                .putMetadata(Metadata.PORTAL, "catalog")
                .build();
    }

    private static BusinessProfile profile(PortalSettings settings, boolean change) {
        BusinessProfile.Builder profile = BusinessProfile.builder();
        if (settings.headline() != null) {
            profile.setHeadline(settings.headline());
        } else if (change) {
            profile.setHeadline(EmptyParam.EMPTY);
        }
        String privacy = address(settings.privacyPolicy(), change);
        if (privacy != null) {
            profile.setPrivacyPolicyUrl(privacy);
        }
        String terms = address(settings.termsOfService(), change);
        if (terms != null) {
            profile.setTermsOfServiceUrl(terms);
        }
        return profile.build();
    }

    private static @Nullable String address(@Nullable URI address, boolean change) {
        return address == null ? (change ? "" : null) : address.toString();
    }

    private static CustomerUpdate customer(PortalSettings settings) {
        CustomerUpdate.Builder update =
                CustomerUpdate.builder().setEnabled(!settings.customerUpdate().isEmpty());
        if (settings.customerUpdate().isEmpty()) {
            return update.setAllowedUpdates(EmptyParam.EMPTY).build();
        }
        settings.customerUpdate().stream()
                .sorted()
                .forEach(field -> update.addAllowedUpdate(CustomerUpdate.AllowedUpdate.valueOf(field.name())));
        return update.build();
    }

    private static SubscriptionCancel cancel(PortalSettings.Cancel cancel) {
        SubscriptionCancel.Builder feature = SubscriptionCancel.builder().setEnabled(cancel.end() != End.NEVER);
        if (cancel.end() == End.NEVER) {
            return feature.build();
        }
        CancellationReason.Builder reasons = CancellationReason.builder().setEnabled(cancel.reasons());
        if (cancel.reasons()) {
            reasons.addAllOption(List.of(CancellationReason.Option.values()));
        } else {
            reasons.setOptions(EmptyParam.EMPTY);
        }
        return feature.setMode(
                        cancel.end() == End.PERIOD_END
                                ? SubscriptionCancel.Mode.AT_PERIOD_END
                                : SubscriptionCancel.Mode.IMMEDIATELY)
                .setProrationBehavior(
                        cancel.end() == End.NOW_PRORATE
                                ? SubscriptionCancel.ProrationBehavior.CREATE_PRORATIONS
                                : SubscriptionCancel.ProrationBehavior.NONE)
                .setCancellationReason(reasons.build())
                .build();
    }

    private static SubscriptionUpdate update(PortalOffer offer, Ids ids, boolean change) {
        Switching switching = offer.settings().switching();
        SubscriptionUpdate.Builder feature = SubscriptionUpdate.builder().setEnabled(switching != null);
        if (switching == null) {
            return feature.build();
        }
        feature.addDefaultAllowedUpdate(DefaultAllowedUpdate.PRICE)
                .setProrationBehavior(
                        switch (switching.proration()) {
                            case NONE -> SubscriptionUpdate.ProrationBehavior.NONE;
                            case PRORATE -> SubscriptionUpdate.ProrationBehavior.CREATE_PRORATIONS;
                            case INVOICE -> SubscriptionUpdate.ProrationBehavior.ALWAYS_INVOICE;
                        });
        if (switching.downAtRenewal() || change) {
            feature.setScheduleAtPeriodEnd(down(switching.downAtRenewal()));
        }
        if (switching.units()) {
            feature.addDefaultAllowedUpdate(DefaultAllowedUpdate.QUANTITY);
        }
        offer.products().forEach(product -> feature.addProduct(product(product, ids)));
        return feature.build();
    }

    /** Nothing waits if no condition is given; that is written as an empty value, as a list without elements is not sent. */
    private static ScheduleAtPeriodEnd down(boolean atRenewal) {
        ScheduleAtPeriodEnd.Builder later = ScheduleAtPeriodEnd.builder();
        if (!atRenewal) {
            return later.putExtraParam("conditions", "").build();
        }
        return later.addCondition(Condition.builder()
                        .setType(Condition.Type.DECREASING_ITEM_AMOUNT)
                        .build())
                .addCondition(Condition.builder()
                        .setType(Condition.Type.SHORTENING_INTERVAL)
                        .build())
                .build();
    }

    private static SubscriptionUpdate.Product product(PortalOffer.Switchable product, Ids ids) {
        SubscriptionUpdate.Product.Builder params =
                SubscriptionUpdate.Product.builder().setProduct(ids.product().apply(product.productKey()));
        product.plans().forEach(plan -> params.addPrice(ids.price().apply(plan)));
        PortalOffer.Units units = product.units();
        SubscriptionUpdate.Product.AdjustableQuantity.Builder quantity =
                SubscriptionUpdate.Product.AdjustableQuantity.builder().setEnabled(units != null);
        if (units != null) {
            quantity.setMinimum(units.minimum());
            if (units.maximum() != null) {
                quantity.setMaximum(units.maximum());
            }
        }
        return params.setAdjustableQuantity(quantity.build()).build();
    }
}
