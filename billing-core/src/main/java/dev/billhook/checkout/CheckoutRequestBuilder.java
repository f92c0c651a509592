package dev.billhook.checkout;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.checkout.CheckoutOptions.AdjustableUnits;
import dev.billhook.checkout.CheckoutOptions.Discount;
import dev.billhook.checkout.CheckoutOptions.Notes;
import dev.billhook.checkout.CheckoutOptions.Page;
import dev.billhook.checkout.CheckoutOptions.Trial;
import java.net.URI;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link CheckoutRequest}. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class CheckoutRequestBuilder {
    private final AccountRef account;
    private final PlanKey plan;
    private final URI successUrl;
    private final URI cancelUrl;
    private final Map<PlanKey, Long> addOns = new LinkedHashMap<>();
    private final Map<String, String> metadata = new HashMap<>();
    private long units = 1;
    private Trial trial = new Trial.OfPlan();
    private Discount discount = new Discount.None();
    private @Nullable AdjustableUnits adjustable;
    private @Nullable Currency currency;
    private @Nullable Locale locale;
    private boolean automaticTax;
    private boolean taxId;
    private boolean billingAddress;
    private boolean termsConsent;
    private @Nullable String clientReference;

    CheckoutRequestBuilder(AccountRef account, PlanKey plan, URI successUrl, URI cancelUrl) {
        this.account = account;
        this.plan = plan;
        this.successUrl = successUrl;
        this.cancelUrl = cancelUrl;
    }

    /** How many units; one unless told otherwise. */
    public CheckoutRequestBuilder units(long number) {
        this.units = number;
        return this;
    }

    /** Lets the buyer choose the units at the page, within the plan's terms. */
    public CheckoutRequestBuilder adjustableUnits(long minimum, long maximum) {
        this.adjustable = new AdjustableUnits(minimum, maximum);
        return this;
    }

    /** Adds a plan of an add-on, charged at the same interval. */
    public CheckoutRequestBuilder addOn(PlanKey addOn, long number) {
        addOns.put(addOn, number);
        return this;
    }

    /** Offers this trial in place of the plan's. */
    public CheckoutRequestBuilder trial(TrialTerms terms) {
        this.trial = new Trial.Of(terms);
        return this;
    }

    /** Offers no trial, whatever the plan has. */
    public CheckoutRequestBuilder withoutTrial() {
        this.trial = new Trial.None();
        return this;
    }

    /** Presets a coupon, in place of any other discount told before. */
    public CheckoutRequestBuilder coupon(String id) {
        this.discount = new Discount.Coupon(id);
        return this;
    }

    /** Presets a promotion code, in place of any other discount told before. */
    public CheckoutRequestBuilder promotionCode(String code) {
        this.discount = new Discount.PromotionCode(code);
        return this;
    }

    /** Lets the buyer enter promotion codes at the page, in place of any discount told before. */
    public CheckoutRequestBuilder promotionCodesAtPage() {
        this.discount = new Discount.CodesAtPage();
        return this;
    }

    /** Charges in this currency, which every plan of the request must be sold in. */
    public CheckoutRequestBuilder currency(Currency newCurrency) {
        this.currency = newCurrency;
        return this;
    }

    /** Shows the page in this language. */
    public CheckoutRequestBuilder locale(Locale newLocale) {
        this.locale = newLocale;
        return this;
    }

    /** Has the provider compute tax from the buyer's address. */
    public CheckoutRequestBuilder automaticTax() {
        this.automaticTax = true;
        return this;
    }

    /** Lets a business enter its tax id; its name is taken over from the page then. */
    public CheckoutRequestBuilder taxId() {
        this.taxId = true;
        return this;
    }

    /** Asks for the full billing address. */
    public CheckoutRequestBuilder billingAddress() {
        this.billingAddress = true;
        return this;
    }

    /** Has the buyer accept the terms of service, whose address must be set at the provider. */
    public CheckoutRequestBuilder termsConsent() {
        this.termsConsent = true;
        return this;
    }

    /** What the host calls the visit; the account unless told otherwise. Never personal data. */
    public CheckoutRequestBuilder clientReference(String reference) {
        this.clientReference = reference;
        return this;
    }

    /** Notes a value of the host with the visit and the subscription it makes. Never personal data. */
    public CheckoutRequestBuilder metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /**
     * The request.
     *
     * @throws ReturnUrlException if a URL is not of a form browsers are sent to
     * @throws IllegalArgumentException if values contradict each other or are out of range
     */
    public CheckoutRequest build() {
        CheckoutOptions options = new CheckoutOptions(
                addOns,
                trial,
                discount,
                adjustable,
                currency,
                new Page(locale, automaticTax, taxId, billingAddress, termsConsent),
                new Notes(clientReference, metadata));
        return new CheckoutRequest(account, plan, units, successUrl, cancelUrl, options);
    }
}
