package dev.billhook.simulator.engine.subscription.item;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.Shares;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.discount.InvoiceDiscounts;
import dev.billhook.simulator.engine.invoice.InvoiceEngine;
import dev.billhook.simulator.engine.invoice.item.InvoiceItems;
import dev.billhook.simulator.engine.invoice.item.InvoiceLines;
import dev.billhook.simulator.engine.subscription.item.SubscriptionItems.Span;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a change in the middle of a period costs: the unused time of what was billed is credited, the remaining time of what is
 * new is charged, each to the second and rounded half up to minor units. Source: Stripe documentation, "Prorations".
 */
public final class Prorations {
    private final World world;
    private final SubscriptionItems items;
    private final ItemPeriods periods;
    private final InvoiceEngine invoicing;
    private final InvoiceDiscounts discounts;
    private final Debits debits;

    public Prorations(World world, SubscriptionItems items, InvoiceEngine invoicing, InvoiceDiscounts discounts) {
        this.world = world;
        this.items = items;
        this.periods = new ItemPeriods(items);
        this.invoicing = invoicing;
        this.discounts = discounts;
        this.debits = new Debits(world);
    }

    /** The part of an amount that falls on the remaining seconds of a period. */
    static long share(long amount, long remaining, long whole) {
        if (whole <= 0 || remaining <= 0) {
            return 0;
        }
        return Shares.of(amount, Math.min(remaining, whole), whole);
    }

    /** Credits and charges, as pending invoice items, what changed between two states of a subscription. */
    public void recordChange(ObjectNode before, ObjectNode after, long at) {
        Map<String, ObjectNode> then = SubscriptionItems.byId(before);
        Map<String, ObjectNode> now = SubscriptionItems.byId(after);
        then.forEach((id, item) -> {
            ObjectNode successor = now.get(id);
            if (successor == null || !isSame(item, successor)) {
                credit(before, item, at, end(item));
                if (successor != null) {
                    Debits.givenBack(successor, at);
                    charge(after, successor, at, end(successor));
                }
            } else if (end(successor) < end(item)) {
                credit(before, item, end(successor), end(item));
                Debits.givenBack(successor, end(successor));
            } else {
                charge(after, successor, end(item), end(successor));
            }
        });
        now.forEach((id, item) -> {
            if (!then.containsKey(id)) {
                charge(after, item, at, end(item));
            }
        });
    }

    /** Charges, as pending invoice items, what was used of metered items that are gone or have another price now. */
    public void recordUsage(ObjectNode before, ObjectNode after, long now) {
        Map<String, ObjectNode> successors = SubscriptionItems.byId(after);
        SubscriptionItems.byId(before).forEach((id, item) -> {
            ObjectNode successor = successors.get(id);
            if (items.isMetered(item) && (successor == null || !price(item).equals(price(successor)))) {
                recordUsage(before, item, SubscriptionItems.usedUntil(before, item, now));
            }
        });
    }

    private void recordUsage(ObjectNode subscription, ObjectNode item, Span span) {
        ObjectNode price = items.priceOf(item);
        BigDecimal used = invoicing.lines().used(price, Docs.textOf(subscription, "customer"), span.from(), span.to());
        if (used.signum() == 0) {
            return;
        }
        long amount = PriceAmounts.of(price, Docs.textOf(subscription, "currency"), used);
        ObjectNode record = make(subscription, price, amount, 0);
        InvoiceLines.quantity(record, used);
        record.set("tax_rates", taxRates(subscription, item));
        record.put("description", "Usage of " + invoicing.lines().productName(price));
        InvoiceItems.setPeriod(record, span.from(), span.to());
        InvoiceItems.belong(record, Docs.textOf(item, "subscription"), Docs.textOf(item, "id"));
        invoicing.items().keep(record);
    }

    /** Works out anew what discounts take off the present period of every item that changed. */
    public void settleDiscounts(ObjectNode before, ObjectNode after, long at) {
        Map<String, ObjectNode> then = SubscriptionItems.byId(before);
        List<ObjectNode> changed = Docs.objects(after, "items").stream()
                .filter(item -> isChanged(then.get(Docs.textOf(item, "id")), item))
                .toList();
        discounts.estimate(after, changed, at, item -> items.amount(after, item));
    }

    /** Credits the unused time of every item. */
    public void recordCredits(ObjectNode subscription, long at) {
        Docs.objects(subscription, "items").forEach(item -> credit(subscription, item, at, end(item)));
    }

    /** A one-time price as an invoice item of a subscription, not yet kept. */
    ObjectNode oneTime(ObjectNode subscription, ObjectNode price, long quantity) {
        String currency = Docs.textOf(subscription, "currency");
        long now = world.now(SubscriptionDocs.clock(subscription));
        ObjectNode record = make(subscription, price, PriceAmounts.of(price, currency, quantity), quantity);
        record.put("description", invoicing.lines().productName(price));
        record.put("discountable", true);
        InvoiceItems.setPeriod(record, now, now);
        InvoiceItems.belong(record, SubscriptionDocs.id(subscription), null);
        return record;
    }

    void keep(ObjectNode record) {
        invoicing.items().keep(record);
    }

    private void credit(ObjectNode subscription, ObjectNode item, long from, long to) {
        if (from < to && !items.isMetered(item)) {
            credits(subscription, item, from, to)
                    .forEach(credit -> invoicing.items().keep(credit(subscription, item, credit)));
        }
    }

    private List<Debits.Credit> credits(ObjectNode subscription, ObjectNode item, long from, long to) {
        return SubscriptionDocs.isFlexible(subscription)
                ? debits.within(item, from, to)
                : List.of(new Debits.Credit(present(subscription, item, to - from), from, to, null));
    }

    private void charge(ObjectNode subscription, ObjectNode item, long from, long to) {
        if (from < to && !items.isMetered(item)) {
            ObjectNode record =
                    record(subscription, item, "Remaining time on ", present(subscription, item, to - from));
            InvoiceItems.setPeriod(record, from, to);
            invoicing.items().keep(record);
            debits.charged(item, record);
        }
    }

    private long present(ObjectNode subscription, ObjectNode item, long seconds) {
        return share(paid(subscription, item), seconds, periods.whole(subscription, item));
    }

    /** What a whole period costs after discounts: Stripe credits and charges no more than that. */
    private long paid(ObjectNode subscription, ObjectNode item) {
        return Math.max(0, items.amount(subscription, item) - InvoiceDiscounts.off(item));
    }

    private ObjectNode credit(ObjectNode subscription, ObjectNode item, Debits.Credit credit) {
        ObjectNode record = record(subscription, item, "Unused time on ", -credit.amount());
        InvoiceItems.setPeriod(record, credit.from(), credit.to());
        Docs.child(record, "proration_details").set("credited_items", credit.credited());
        return record;
    }

    private ObjectNode record(ObjectNode subscription, ObjectNode item, String what, long amount) {
        ObjectNode price = items.priceOf(item);
        long quantity = SubscriptionItems.quantity(item);
        ObjectNode record = make(subscription, price, amount, quantity);
        record.set("tax_rates", taxRates(subscription, item));
        record.put("description", what + quantity + " × " + invoicing.lines().productName(price));
        record.put("proration", true);
        ObjectNode details = record.putObject("proration_details");
        details.putNull("credited_items");
        details.putArray("discount_amounts");
        InvoiceItems.belong(record, Docs.textOf(item, "subscription"), Docs.textOf(item, "id"));
        return record;
    }

    /** A credit gives back the tax that was charged, also when the subscription is taxed otherwise by now. */
    private static JsonNode taxRates(ObjectNode subscription, ObjectNode item) {
        boolean own = !Docs.texts(item, "tax_rates").isEmpty();
        return own
                ? item.path("tax_rates").deepCopy()
                : subscription.path("default_tax_rates").deepCopy();
    }

    private ObjectNode make(ObjectNode subscription, ObjectNode price, long amount, long quantity) {
        String customer = Docs.textOf(subscription, "customer");
        ObjectNode record =
                invoicing.items().make(customer, Docs.textOf(subscription, "currency"), price, amount, quantity);
        record.put("discountable", false);
        return record;
    }

    private static long end(ObjectNode item) {
        return Docs.numberOf(item, "current_period_end");
    }

    private static boolean isChanged(@Nullable ObjectNode before, ObjectNode after) {
        return before == null || !isSame(before, after);
    }

    private static boolean isSame(ObjectNode one, ObjectNode other) {
        return price(one).equals(price(other)) && SubscriptionItems.quantity(one) == SubscriptionItems.quantity(other);
    }

    private static String price(ObjectNode item) {
        return Docs.textOf(item, "price");
    }
}
