package dev.billhook.stripe.internal.checkout;

import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.AutomaticTax;
import com.stripe.param.checkout.SessionCreateParams.BillingAddressCollection;
import com.stripe.param.checkout.SessionCreateParams.ConsentCollection;
import com.stripe.param.checkout.SessionCreateParams.CustomerUpdate;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.LineItem.AdjustableQuantity;
import com.stripe.param.checkout.SessionCreateParams.Mode;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData;
import com.stripe.param.checkout.SessionCreateParams.PaymentMethodCollection;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData.TrialSettings;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData.TrialSettings.EndBehavior;
import com.stripe.param.checkout.SessionCreateParams.TaxIdCollection;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.checkout.CheckoutOptions;
import dev.billhook.checkout.CheckoutOptions.AdjustableUnits;
import dev.billhook.checkout.CheckoutOptions.Discount;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.spi.provider.CheckoutGateway.Line;
import dev.billhook.spi.provider.CheckoutGateway.Order;
import dev.billhook.stripe.internal.catalog.PriceLookup;
import dev.billhook.stripe.internal.read.Metadata;
import java.util.Locale;

/** Writes a Checkout session that sells a plan. */
final class OrderParams {
    private static final int LONGEST_REFERENCE = 200;

    private final PriceLookup prices;
    private final PromotionCodes codes;

    OrderParams(PriceLookup prices, PromotionCodes codes) {
        this.prices = prices;
        this.codes = codes;
    }

    SessionCreateParams write(String customerId, Order order) {
        CheckoutRequest request = order.request();
        CheckoutOptions options = request.options();
        Plan plan = order.main().plan();
        SessionCreateParams.Builder params = SessionCreateParams.builder()
                .setCustomer(customerId)
                .setSuccessUrl(request.successUrl().toString())
                .setCancelUrl(request.cancelUrl().toString())
                .putMetadata(Metadata.ACCOUNT, request.account().toString())
                .putMetadata(Metadata.PLAN, plan.key().value())
                .addLineItem(main(order.main(), options));
        order.addOns().forEach(line -> params.addLineItem(item(line).build()));
        if (plan.setUpFee() != null) {
            String fee = prices.get(plan.setUpFee()).id();
            params.addLineItem(LineItem.builder().setPrice(fee).setQuantity(1L).build());
        }
        options.notes().metadata().forEach(params::putMetadata);
        reference(params, request);
        discount(params, options.discount());
        page(params, options.page());
        if (order.closesAt() != null) {
            params.setExpiresAt(order.closesAt().getEpochSecond());
        }
        if (options.currency() != null) {
            params.setCurrency(options.currency().getCurrencyCode().toLowerCase(Locale.ROOT));
        }
        if (plan.interval().recurring()) {
            params.setMode(Mode.SUBSCRIPTION).setSubscriptionData(subscription(params, order));
        } else {
            params.setMode(Mode.PAYMENT).setPaymentIntentData(payment(order));
        }
        return params.build();
    }

    private LineItem.Builder item(Line line) {
        PriceLookup.Found price = prices.get(line.plan().key());
        LineItem.Builder item = LineItem.builder().setPrice(price.id());
        return price.metered() ? item : item.setQuantity(line.units());
    }

    private LineItem main(Line line, CheckoutOptions options) {
        LineItem.Builder item = item(line);
        AdjustableUnits bounds = options.adjustable();
        if (bounds != null) {
            item.setAdjustableQuantity(AdjustableQuantity.builder()
                    .setEnabled(true)
                    .setMinimum(line.plan().units().billed(bounds.minimum()))
                    .setMaximum(line.plan().units().billed(bounds.maximum()))
                    .build());
        }
        return item.build();
    }

    /** The metadata has room for every account; the reference may not. */
    private static void reference(SessionCreateParams.Builder params, CheckoutRequest request) {
        String own = request.options().notes().clientReference();
        String reference = own == null ? request.account().toString() : own;
        if (reference.length() <= LONGEST_REFERENCE) {
            params.setClientReferenceId(reference);
        }
    }

    private void discount(SessionCreateParams.Builder params, Discount discount) {
        if (discount instanceof Discount.CodesAtPage) {
            params.setAllowPromotionCodes(true);
        } else if (discount instanceof Discount.Coupon coupon) {
            params.addDiscount(SessionCreateParams.Discount.builder()
                    .setCoupon(coupon.id())
                    .build());
        } else if (discount instanceof Discount.PromotionCode code) {
            params.addDiscount(SessionCreateParams.Discount.builder()
                    .setPromotionCode(codes.idOf(code.code()))
                    .build());
        }
    }

    /** What the page asks for beyond the payment is kept with the customer, else the next invoice would not know it. */
    private static void page(SessionCreateParams.Builder params, CheckoutOptions.Page page) {
        if (page.locale() != null) {
            params.setLocale(Locales.of(page.locale()));
        }
        if (page.automaticTax()) {
            params.setAutomaticTax(AutomaticTax.builder().setEnabled(true).build());
        }
        if (page.taxId()) {
            params.setTaxIdCollection(TaxIdCollection.builder().setEnabled(true).build());
        }
        if (page.billingAddress()) {
            params.setBillingAddressCollection(BillingAddressCollection.REQUIRED);
        }
        if (page.termsConsent()) {
            params.setConsentCollection(ConsentCollection.builder()
                    .setTermsOfService(ConsentCollection.TermsOfService.REQUIRED)
                    .build());
        }
        if (page.automaticTax() || page.taxId() || page.billingAddress()) {
            CustomerUpdate.Builder update = CustomerUpdate.builder().setAddress(CustomerUpdate.Address.AUTO);
            params.setCustomerUpdate((page.taxId() ? update.setName(CustomerUpdate.Name.AUTO) : update).build());
        }
    }

    private static SubscriptionData subscription(SessionCreateParams.Builder params, Order order) {
        SubscriptionData.Builder data = SubscriptionData.builder()
                .putMetadata(Metadata.ACCOUNT, order.request().account().toString());
        order.request().options().notes().metadata().forEach(data::putMetadata);
        TrialTerms trial = order.trial();
        if (trial != null) {
            data.setTrialPeriodDays((long) trial.days());
            if (!trial.cardRequired()) {
                params.setPaymentMethodCollection(PaymentMethodCollection.IF_REQUIRED);
                data.setTrialSettings(endWithoutCard());
            }
        }
        return data.build();
    }

    private static PaymentIntentData payment(Order order) {
        return PaymentIntentData.builder()
                .putMetadata(Metadata.ACCOUNT, order.request().account().toString())
                .build();
    }

    private static TrialSettings endWithoutCard() {
        return TrialSettings.builder()
                .setEndBehavior(EndBehavior.builder()
                        .setMissingPaymentMethod(EndBehavior.MissingPaymentMethod.CANCEL)
                        .build())
                .build();
    }
}
