package dev.billhook.stripe.internal.subscription;

import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.AddInvoiceItem;
import com.stripe.param.SubscriptionUpdateParams.Item;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import dev.billhook.conversion.ItemChange;
import dev.billhook.stripe.internal.catalog.PriceLookup;
import dev.billhook.subscription.Timing;
import java.util.List;

/** Writes changes of lines, the same for those that are made and those that are estimated. */
final class LineChanges {
    private final PriceLookup prices;

    LineChanges(PriceLookup prices) {
        this.prices = prices;
    }

    /** An update that changes the lines and nothing else. */
    SubscriptionUpdateParams.Builder update(List<ItemChange> changes) {
        SubscriptionUpdateParams.Builder params = SubscriptionUpdateParams.builder();
        for (ItemChange change : changes) {
            if (change instanceof ItemChange.Charge charge) {
                params.addAddInvoiceItem(AddInvoiceItem.builder()
                        .setPrice(prices.get(charge.plan()).id())
                        .setQuantity(1L)
                        .build());
            } else {
                params.addItem(item(change));
            }
        }
        return params;
    }

    private Item item(ItemChange change) {
        if (change instanceof ItemChange.Replace replace) {
            PriceLookup.Found price = prices.get(replace.plan());
            Item.Builder item = Item.builder().setId(replace.itemId()).setPrice(price.id());
            return price.metered()
                    ? item.build()
                    : item.setQuantity(replace.quantity()).build();
        }
        if (change instanceof ItemChange.SetQuantity set) {
            return Item.builder()
                    .setId(set.itemId())
                    .setQuantity(set.quantity())
                    .build();
        }
        if (change instanceof ItemChange.Add add) {
            PriceLookup.Found price = prices.get(add.plan());
            Item.Builder item = Item.builder().setPrice(price.id());
            return price.metered()
                    ? item.build()
                    : item.setQuantity(add.quantity()).build();
        }
        ItemChange.Remove remove = (ItemChange.Remove) change;
        return Item.builder().setId(remove.itemId()).setDeleted(true).build();
    }

    /** How a change that is made at once is charged. */
    static ProrationBehavior behavior(Timing timing) {
        return switch (timing) {
            case NOW_PRORATE -> ProrationBehavior.CREATE_PRORATIONS;
            case NOW_INVOICE -> ProrationBehavior.ALWAYS_INVOICE;
            case NOW_WITHOUT_PRORATION -> ProrationBehavior.NONE;
            case AT_RENEWAL -> throw new IllegalArgumentException("A change at renewal is scheduled");
        };
    }
}
