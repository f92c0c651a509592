package dev.billhook.simulator.engine.quote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.discount.DiscountEngine;
import dev.billhook.simulator.engine.discount.Redemptions.Purchase;
import dev.billhook.simulator.engine.tax.AutomaticTax;
import dev.billhook.simulator.engine.tax.TaxRates;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a quote says besides its lines: for whom, until when, and on which terms. */
final class QuoteTerms {
    private static final long DAY = 86_400;
    private static final long DEFAULT_LIFE = 30 * DAY;
    private static final long DEFAULT_DAYS_UNTIL_DUE = 30;
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"quote","amount_subtotal":0,"amount_total":0,"application":null,
         "application_fee_amount":null,"application_fee_percent":null,
         "automatic_tax":{"enabled":false,"liability":null,"provider":null,"status":null},
         "collection_method":"charge_automatically","computed":{},"created":0,"currency":null,"customer":null,
         "customer_account":null,"default_tax_rates":[],"description":null,"discounts":[],"expires_at":0,
         "footer":null,"from_quote":null,"header":null,"invoice":null,
         "invoice_settings":{"custom_fields":null,"days_until_due":null,"description":null,"footer":null,
         "issuer":{"type":"self"}},"livemode":false,"metadata":{},"number":null,"on_behalf_of":null,
         "status":"draft","status_transitions":{"accepted_at":null,"canceled_at":null,"finalized_at":null},
         "subscription":null,"subscription_data":{"billing_mode":{"flexible":{"proration_discounts":"included"},
         "type":"flexible"},"description":null,"effective_date":null,"metadata":null,"trial_period_days":null},
         "subscription_schedule":null,"test_clock":null,"total_details":{},"transfer_data":null}\
        """);
    private static final String[] FIELDS = {
        "description", "header", "footer", "collection_method", "application_fee_amount", "application_fee_percent"
    };

    private final World world;
    private final DiscountEngine discounts;
    private final TaxRates taxRates;

    QuoteTerms(World world, DiscountEngine discounts, TaxRates taxRates) {
        this.world = world;
        this.discounts = discounts;
        this.taxRates = taxRates;
    }

    /** A new draft that says nothing yet; it is stored nowhere. */
    ObjectNode create(Params params) {
        String clock = clock(params);
        ObjectNode quote = world.create(SHAPE, world.ids().next("qt"), clock);
        quote.put("test_clock", clock);
        setExpiry(quote, params);
        return quote;
    }

    /** Sets what a request gives. */
    void apply(ObjectNode quote, Params params) {
        setCustomer(quote, params.text("customer"));
        params.copyTo(quote, FIELDS);
        params.mergeMetadata(quote);
        setTaxes(quote, params);
        setInvoiceSettings(quote, params);
        setSubscriptionData(quote, params.group("subscription_data"));
    }

    /** Sets when the quote expires, 30 days after its creation when nobody says. */
    void setExpiry(ObjectNode quote, Params params) {
        long now = world.now(Docs.text(quote, "test_clock"));
        Long at = params.number("expires_at");
        if (at != null && at <= now) {
            throw ApiError.invalid(null, "expires_at", "A quote expires in the future.");
        }
        quote.put("expires_at", at == null ? now + DEFAULT_LIFE : at);
    }

    /** Replaces the discounts by those a request names, if it does; nothing is redeemed before the quote is accepted. */
    void setDiscounts(ObjectNode quote, Params params) {
        if (!params.has("discounts")) {
            return;
        }
        String currency = Docs.text(quote, "currency");
        ObjectNode customer = customerOf(quote);
        Purchase purchase = new Purchase(customer, currency == null ? "usd" : currency, Long.MAX_VALUE);
        ArrayNode named = Docs.array();
        for (Params given : params.groups("discounts")) {
            String kept = given.text("discount");
            if (kept == null) {
                named.add(discounts.discounts().offer(discounts.redemptions().named(given, purchase), customer));
            } else {
                world.finder().inParam("discount", kept, given.name("discount"));
                named.add(kept);
            }
        }
        quote.set("discounts", named);
    }

    /** Takes over the terms of a quote that is cloned. */
    void copy(ObjectNode source, ObjectNode quote, boolean revision) {
        for (String field : new String[] {
            "customer",
            "currency",
            "metadata",
            "default_tax_rates",
            "automatic_tax",
            "invoice_settings",
            "subscription_data"
        }) {
            quote.set(field, source.path(field).deepCopy());
        }
        for (String field : FIELDS) {
            quote.set(field, source.path(field));
        }
        quote.putObject("from_quote").put("is_revision", revision).put("quote", Docs.textOf(source, "id"));
        if (revision) {
            quote.put("_sequence", Docs.numberOf(source, "_sequence"));
        }
    }

    /** Gives the number: the customer's invoice prefix, which of the customer's quotes it is, and which revision of it. */
    void number(ObjectNode quote) {
        String customer = Docs.textOf(quote, "customer");
        ObjectNode owner = world.editCustomerOf(quote);
        if (!quote.has("_sequence")) {
            long sequence = Docs.numberOf(owner, "_quotes") + 1;
            owner.put("_quotes", sequence);
            quote.put("_sequence", sequence);
        }
        long sequence = Docs.numberOf(quote, "_sequence");
        long revision = 1
                + world.store()
                        .newestFirst(Quotes.TYPE, "customer", customer)
                        .filter(other -> Docs.numberOf(other, "_sequence") == sequence && other.hasNonNull("number"))
                        .count();
        quote.put(
                "number",
                String.format(Locale.ROOT, "QT-%s-%04d-%d", Docs.textOf(owner, "invoice_prefix"), sequence, revision));
    }

    private @Nullable String clock(Params params) {
        String clock = params.text("test_clock");
        if (clock != null) {
            world.finder().inParam("test_helpers.test_clock", clock, "test_clock");
            return clock;
        }
        String customer = params.text("customer");
        Params source = params.group("from_quote");
        String quote = source.text("quote");
        if (quote != null) {
            return Docs.text(world.finder().inParam(Quotes.TYPE, quote, source.name("quote")), "test_clock");
        }
        return customer == null
                ? null
                : Docs.text(world.finder().inParam("customer", customer, "customer"), "test_clock");
    }

    private @Nullable ObjectNode customerOf(ObjectNode quote) {
        String id = Docs.text(quote, "customer");
        return id == null ? null : world.customerOf(quote);
    }

    private void setCustomer(ObjectNode quote, @Nullable String id) {
        String present = Docs.text(quote, "customer");
        if (id == null || id.equals(present)) {
            return;
        }
        if (present != null) {
            throw ApiError.invalid(null, "customer", "The customer of a quote cannot be changed.");
        }
        ObjectNode customer = world.finder().inParam("customer", id, "customer");
        if (!quote.path("test_clock").equals(customer.path("test_clock"))) {
            throw ApiError.invalid(null, "customer", "The quote and its customer live on different test clocks.");
        }
        quote.put("customer", id);
    }

    private void setTaxes(ObjectNode quote, Params params) {
        taxRates.set(quote, "default_tax_rates", params);
        Params automatic = params.group("automatic_tax");
        if (automatic.has("enabled")) {
            AutomaticTax.switchTo(quote, automatic.flag("enabled"), "self");
        }
    }

    private static void setInvoiceSettings(ObjectNode quote, Params params) {
        ObjectNode settings = Docs.child(quote, "invoice_settings");
        Params given = params.group("invoice_settings");
        given.copyTo(settings, "custom_fields", "days_until_due", "description", "footer");
        if ("send_invoice".equals(Docs.text(quote, "collection_method"))) {
            if (settings.path("days_until_due").isNull()) {
                settings.put("days_until_due", DEFAULT_DAYS_UNTIL_DUE);
            }
        } else if (given.hasValue("days_until_due")) {
            throw ApiError.invalid(
                    null, given.name("days_until_due"), "Only collection_method=send_invoice has days until due.");
        } else {
            settings.putNull("days_until_due");
        }
    }

    private static void setSubscriptionData(ObjectNode quote, Params given) {
        ObjectNode data = Docs.child(quote, "subscription_data");
        given.copyTo(data, "description", "effective_date", "trial_period_days");
        if ("current_period_end".equals(given.text("effective_date"))) {
            throw ApiError.invalid(
                    null,
                    given.name("effective_date"),
                    "In this API version a quote changes no subscription, so there is no period at whose end it could take"
                            + " effect; give a date.");
        }
        if (given.has("metadata")) {
            data.remove("metadata");
            given.mergeMetadata(data);
        }
        Params mode = given.group("billing_mode");
        if (mode.has("type")) {
            ObjectNode shown = data.putObject("billing_mode");
            if ("flexible".equals(mode.text("type"))) {
                shown.putObject("flexible")
                        .put("proration_discounts", mode.group("flexible").text("proration_discounts", "included"));
            }
            shown.put("type", mode.text("type"));
        }
    }
}
