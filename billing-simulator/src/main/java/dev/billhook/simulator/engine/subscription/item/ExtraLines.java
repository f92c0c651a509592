package dev.billhook.simulator.engine.subscription.item;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.discount.Discounts;
import dev.billhook.simulator.engine.discount.Holder;
import dev.billhook.simulator.engine.discount.Holder.Kind;
import dev.billhook.simulator.engine.discount.Redemptions.Purchase;
import dev.billhook.simulator.engine.tax.TaxRates;
import dev.billhook.simulator.kernel.Docs;

/** The one-time prices that requests add to the next invoice of a subscription. */
public final class ExtraLines {
    private final World world;
    private final SubscriptionItems items;
    private final Prorations prorations;
    private final Discounts discounts;
    private final TaxRates taxRates;

    public ExtraLines(
            World world, SubscriptionItems items, Prorations prorations, Discounts discounts, TaxRates taxRates) {
        this.world = world;
        this.items = items;
        this.prorations = prorations;
        this.discounts = discounts;
        this.taxRates = taxRates;
    }

    /** Makes pending invoice items of the extra lines a request asks for. */
    public void add(ObjectNode subscription, Params params) {
        ObjectNode customer = world.customerOf(subscription);
        for (Params extra : params.groups("add_invoice_items")) {
            ObjectNode record =
                    prorations.oneTime(subscription, items.oneTimePrice(extra), extra.number("quantity", 1));
            extra.mergeMetadata(record);
            extra.copyTo(record, "discountable");
            taxRates.set(record, "tax_rates", extra);
            Purchase purchase =
                    new Purchase(customer, Docs.textOf(record, "currency"), Docs.numberOf(record, "amount"));
            discounts.setOn(new Holder(Kind.INVOICE_ITEM, record, purchase), extra);
            prorations.keep(record);
        }
    }
}
