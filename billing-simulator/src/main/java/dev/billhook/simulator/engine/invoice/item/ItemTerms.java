package dev.billhook.simulator.engine.invoice.item;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.engine.discount.Discounts;
import dev.billhook.simulator.engine.discount.Holder;
import dev.billhook.simulator.engine.discount.Redemptions.Purchase;
import dev.billhook.simulator.engine.tax.TaxRates;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What requests say of invoice items: an amount, or a price and a quantity, and the rest. */
public final class ItemTerms {
    private static final String[] AMOUNTS = {"amount", "unit_amount_decimal", "price_data", "pricing"};
    private static final BigDecimal MOST = BigDecimal.valueOf(999_999_999_999L);

    private final World world;
    private final Prices prices;
    private final InvoiceLines lines;
    private final Discounts discounts;
    private final TaxRates taxRates;

    public ItemTerms(World world, Prices prices, InvoiceLines lines, Discounts discounts, TaxRates taxRates) {
        this.world = world;
        this.prices = prices;
        this.lines = lines;
        this.discounts = discounts;
        this.taxRates = taxRates;
    }

    /** The currency a request names for a customer's item or invoice, directly or by its price; else the customer's own. */
    public String currency(Params params, ObjectNode customer) {
        String code = params.text("currency");
        if (code == null) {
            code = params.group("price_data").text("currency");
        }
        if (code != null) {
            return Prices.currency(code, params.name("currency"));
        }
        String priceId = params.group("pricing").text("price");
        ObjectNode price = priceId == null ? null : world.store().find("price", priceId);
        String own = Docs.text(customer, "currency");
        if (own != null && (price == null || PriceAmounts.hasCurrency(price, own))) {
            return own;
        }
        return price == null ? "usd" : Docs.textOf(price, "currency");
    }

    /** Sets what a request says of a new item: it names one amount. */
    public void setNew(ObjectNode item, Params params) {
        int named = 0;
        for (String amount : AMOUNTS) {
            named += params.hasValue(amount) ? 1 : 0;
        }
        if (named == 0) {
            throw ApiError.missing(params.name("amount"));
        }
        if (named > 1) {
            throw ApiError.invalid(
                    null, params.name("amount"), "Give one of amount, unit_amount_decimal, price_data and pricing.");
        }
        long now = Docs.numberOf(item, "date");
        InvoiceItems.setPeriod(item, now, now);
        set(item, params);
        if (!params.has("discountable")) {
            item.put("discountable", Docs.numberOf(item, "amount") >= 0);
        }
    }

    /** Sets what a request says of an item; what it does not name stays. */
    public void set(ObjectNode item, Params params) {
        setAmount(item, params);
        setTexts(item, params);
        long amount = Math.max(0, Docs.numberOf(item, "amount"));
        Purchase purchase = new Purchase(world.customerOf(item), Docs.textOf(item, "currency"), amount);
        discounts.setOn(new Holder(Holder.Kind.INVOICE_ITEM, item, purchase), params);
    }

    /** Sets what items and lines of subscriptions have in common: all but amounts and discounts. */
    public void setTexts(ObjectNode doc, Params params) {
        params.copyTo(doc, "description");
        if (params.flag("discountable") && Docs.flag(doc, "proration")) {
            throw ApiError.invalid(null, params.name("discountable"), "Prorations are never discountable.");
        }
        params.copyTo(doc, "discountable");
        if (params.hasValue("period")) {
            Params period = params.group("period");
            long start = period.number("start", 0);
            long end = period.number("end", 0);
            if (end < start) {
                throw ApiError.invalid(null, period.name("end"), "A period cannot end before it starts.");
            }
            InvoiceItems.setPeriod(doc, start, end);
        }
        taxRates.set(doc, "tax_rates", params);
        if (params.has("tax_behavior")) {
            doc.put("_tax_behavior", params.text("tax_behavior"));
        }
        params.mergeMetadata(doc);
    }

    private void setAmount(ObjectNode item, Params params) {
        BigDecimal quantity = quantity(item, params);
        ObjectNode price = price(params);
        String unit = params.text("unit_amount_decimal");
        Long amount = params.number("amount");
        if (price != null) {
            setPrice(item, price, quantity, params);
        } else if (unit != null) {
            setUnit(item, new BigDecimal(unit), quantity, params.name("unit_amount_decimal"));
        } else if (amount != null) {
            if (params.hasValue("quantity") || params.hasValue("quantity_decimal")) {
                throw ApiError.invalid(
                        null, params.name("quantity"), "An amount is that of the whole; use unit_amount_decimal.");
            }
            setUnit(item, BigDecimal.valueOf(amount), BigDecimal.ONE, params.name("amount"));
        } else if (params.hasValue("quantity") || params.hasValue("quantity_decimal")) {
            setQuantity(item, quantity, params);
        }
    }

    private void setQuantity(ObjectNode item, BigDecimal quantity, Params params) {
        ObjectNode pricing = Docs.child(item, "pricing");
        String price = Docs.text(Docs.child(pricing, "price_details"), "price");
        if (price != null) {
            setPrice(item, world.store().get("price", price), quantity, params);
        } else {
            BigDecimal unit = new BigDecimal(Docs.textOf(pricing, "unit_amount_decimal"));
            setUnit(item, unit, quantity, params.name("quantity"));
        }
    }

    private void setPrice(ObjectNode item, ObjectNode price, BigDecimal quantity, Params params) {
        String currency = Docs.textOf(item, "currency");
        String param = params.name("pricing");
        if (!"one_time".equals(Docs.text(price, "type"))) {
            throw ApiError.invalid(null, param, "The price is recurring; an invoice item needs a one-time one.");
        }
        if (!PriceAmounts.hasCurrency(price, currency)) {
            throw ApiError.invalid(null, param, "The price is not in " + currency + ".");
        }
        BigDecimal unit = new BigDecimal(String.valueOf(PriceAmounts.unitDecimal(price, currency)));
        checkSize(unit.multiply(quantity), param);
        put(item, PriceAmounts.of(price, currency, quantity), quantity);
        item.set("pricing", lines.pricing(price, currency));
        if (item.path("description").isNull()) {
            item.put("description", lines.productName(price));
        }
    }

    private static void setUnit(ObjectNode item, BigDecimal unit, BigDecimal quantity, String param) {
        BigDecimal amount = unit.multiply(quantity).setScale(0, RoundingMode.HALF_UP);
        checkSize(amount, param);
        put(item, amount.longValueExact(), quantity);
        ObjectNode pricing = item.putObject("pricing");
        pricing.put("type", "price_details");
        pricing.put("unit_amount_decimal", InvoiceLines.plain(unit));
    }

    private static void put(ObjectNode item, long amount, BigDecimal quantity) {
        item.put("amount", amount);
        item.put("net_amount", amount);
        InvoiceLines.quantity(item, quantity);
    }

    private static void checkSize(BigDecimal amount, String param) {
        if (amount.abs().compareTo(MOST) > 0) {
            throw ApiError.invalid("amount_too_large", param, "The amount is too large.");
        }
    }

    private static BigDecimal quantity(ObjectNode item, Params params) {
        String exact = params.text("quantity_decimal");
        Long whole = params.number("quantity");
        BigDecimal quantity = exact != null
                ? new BigDecimal(exact)
                : whole != null ? BigDecimal.valueOf(whole) : new BigDecimal(Docs.textOf(item, "quantity_decimal"));
        if (quantity.signum() < 0) {
            throw ApiError.lessThan(0, params.name("quantity"));
        }
        return quantity;
    }

    private @Nullable ObjectNode price(Params params) {
        if (params.hasValue("price_data")) {
            return prices.createInline(params.group("price_data"));
        }
        Params pricing = params.group("pricing");
        String id = pricing.text("price");
        ObjectNode price = id == null ? null : world.finder().inParam("price", id, pricing.name("price"));
        if (price != null && !Docs.flag(price, "active") && !params.flag("_agreed")) {
            throw ApiError.invalid(null, pricing.name("price"), "The price is inactive and cannot be used.");
        }
        return price;
    }
}
