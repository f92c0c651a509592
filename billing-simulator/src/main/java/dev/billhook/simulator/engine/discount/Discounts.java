package dev.billhook.simulator.engine.discount;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.discount.Redemptions.Purchase;
import dev.billhook.simulator.engine.discount.Redemptions.Redeemed;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives discounts to customers and subscriptions, and ends them. Source: Stripe API reference, "Discounts". */
public final class Discounts {
    static final String TYPE = "discount";
    private static final String END = "discount.end";
    private static final String SUBSCRIPTION = "subscription";
    private static final String CUSTOMER = "customer";
    private static final int MAX_DISCOUNTS = 20;
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"discount","checkout_session":null,"customer":null,"customer_account":null,"end":null,
         "invoice":null,"invoice_item":null,"promotion_code":null,"source":{"coupon":null,"type":"coupon"},
         "start":0,"subscription":null,"subscription_item":null}\
        """);

    private final World world;
    private final Coupons coupons;
    private final PromotionCodes codes;
    private final Redemptions redemptions;
    private final DiscountOwners owners;

    Discounts(World world, Coupons coupons, PromotionCodes codes, Redemptions redemptions) {
        this.world = world;
        this.coupons = coupons;
        this.codes = codes;
        this.redemptions = redemptions;
        this.owners = new DiscountOwners(world);
        world.simulation().onTimer(END, this::endDue);
        world.renderer().complete(CUSTOMER, this::completeCustomer);
    }

    /** Replaces the discounts of a holder by those a request names, if it does; those no longer named end. */
    public void setOn(Holder holder, Params params) {
        if (!params.has("discounts")) {
            return;
        }
        List<String> before = Docs.texts(holder.doc(), "discounts");
        List<String> after = new ArrayList<>();
        for (Params given : params.groups("discounts")) {
            String kept = given.text("discount");
            after.add(
                    kept != null
                            ? kept(kept, holder, given)
                            : give(redemptions.named(given, holder.purchase()), holder));
        }
        if (after.size() > MAX_DISCOUNTS) {
            throw ApiError.invalid(
                    null, params.name("discounts"), "There can be up to " + MAX_DISCOUNTS + " discounts.");
        }
        ArrayNode list = holder.doc().putArray("discounts");
        after.forEach(list::add);
        if (holder.lasts()) {
            before.stream()
                    .filter(id -> !after.contains(id) && holder.id().equals(Docs.text(get(id), holder.field())))
                    .forEach(this::announceEnd);
        }
    }

    /** A discount that the holder, or what it belongs to, has already. */
    private String kept(String id, Holder holder, Params given) {
        ObjectNode discount = world.store().find(TYPE, id);
        String customer = Docs.textOf(customerOf(holder), "id");
        if (discount == null || !customer.equals(Docs.text(discount, CUSTOMER))) {
            throw ApiError.noSuch(TYPE, id, given.name("discount"), false);
        }
        return id;
    }

    private static ObjectNode customerOf(Holder holder) {
        ObjectNode customer = holder.purchase().customer();
        if (customer == null) {
            throw new IllegalArgumentException("a holder of discounts without a customer");
        }
        return customer;
    }

    /**
     * Gives a customer a discount of its own in place of the one it has. Stripe's present API has no parameter for this; customers
     * have such discounts from earlier versions of it.
     */
    public ObjectNode setOnCustomer(String customerId, Params given) {
        ObjectNode customer = world.finder().editInUrl(CUSTOMER, customerId);
        String currency = Docs.text(customer, "currency");
        Purchase purchase = new Purchase(customer, currency == null ? "usd" : currency, Long.MAX_VALUE);
        Redeemed redeemed = redemptions.named(given, purchase);
        String old = Docs.text(customer, TYPE);
        if (old != null) {
            announceEnd(old);
        }
        customer.put(TYPE, give(redeemed, customer));
        world.events().emitUpdated("customer.updated", customer);
        return customer;
    }

    /** Ends the discount of a customer. */
    public ObjectNode removeFromCustomer(String customerId) {
        ObjectNode customer = world.finder().editInUrl(CUSTOMER, customerId);
        String id = Docs.text(customer, TYPE);
        if (id == null) {
            throw none(CUSTOMER, customerId);
        }
        customer.putNull(TYPE);
        announceEnd(id);
        world.events().emitUpdated("customer.updated", customer);
        return deleted(id);
    }

    /** Ends all discounts of a subscription. */
    public ObjectNode removeFromSubscription(String subscriptionId) {
        ObjectNode subscription = world.finder().editInUrl(SUBSCRIPTION, subscriptionId);
        List<String> ids = Docs.texts(subscription, "discounts");
        if (ids.isEmpty()) {
            throw none(SUBSCRIPTION, subscriptionId);
        }
        subscription.putArray("discounts");
        ids.forEach(this::announceEnd);
        world.events().emitUpdated("customer.subscription.updated", subscription);
        return deleted(ids.get(ids.size() - 1));
    }

    /** Counts a redemption that makes no lasting discount: a one-time payment. */
    public void count(Redeemed redeemed) {
        coupons.redeemed(Docs.textOf(redeemed.coupon(), "id"));
        if (redeemed.code() != null) {
            codes.redeemed(Docs.textOf(redeemed.code(), "id"));
        }
    }

    /** The ids of the discounts that reduce an invoice of a subscription made at this second, in their order. */
    public List<String> effective(ObjectNode subscription, long at) {
        List<String> ids = Docs.texts(subscription, "discounts");
        if (ids.isEmpty()) {
            ObjectNode customer = world.store().get(CUSTOMER, Docs.textOf(subscription, CUSTOMER));
            String own = Docs.text(customer, TYPE);
            ids = own == null ? List.of() : List.of(own);
        }
        return effective(ids, at);
    }

    /** Those of these discounts that reduce an invoice made at this second. */
    public List<String> effective(List<String> ids, long at) {
        return ids.stream().filter(id -> isEffective(get(id), at)).toList();
    }

    ObjectNode get(String id) {
        return world.store().get(TYPE, id);
    }

    private static boolean isEffective(ObjectNode discount, long at) {
        return !discount.has("_used_by")
                && (discount.path("end").isNull() || at < discount.path("end").longValue());
    }

    static boolean isOnce(ObjectNode discount) {
        return "once".equals(Docs.text(Docs.child(discount, "_coupon"), "duration"));
    }

    /** Takes a discount from whoever has it. */
    void end(String id) {
        ObjectNode discount = get(id);
        ObjectNode owner = owners.take(discount);
        if (owner == null) {
            return;
        }
        announceEnd(id);
        world.events().emitUpdated(owner.has("items") ? "customer.subscription.updated" : "customer.updated", owner);
    }

    /** A discount that is part of an offer: it reduces nothing, and nothing counts as redeemed. */
    public String offer(Redeemed redeemed, @Nullable ObjectNode customer) {
        ObjectNode discount = make(redeemed, customer);
        discount.putNull("end");
        world.store().insert(discount);
        return Docs.textOf(discount, "id");
    }

    private String give(Redeemed redeemed, Holder holder) {
        ObjectNode discount = make(redeemed, customerOf(holder));
        count(redeemed);
        discount.put(holder.field(), holder.id());
        if (holder.lasts()) {
            return begin(discount);
        }
        discount.putNull("end");
        world.store().insert(discount);
        return Docs.textOf(discount, "id");
    }

    private String give(Redeemed redeemed, ObjectNode customer) {
        count(redeemed);
        return begin(make(redeemed, customer));
    }

    private ObjectNode make(Redeemed redeemed, @Nullable ObjectNode customer) {
        String clock = customer == null ? null : Docs.text(customer, "test_clock");
        ObjectNode coupon = redeemed.coupon();
        ObjectNode discount = SHAPE.deepCopy();
        String id = world.ids().next("di");
        long now = world.now(clock);
        discount.put("id", id);
        discount.put(CUSTOMER, customer == null ? null : Docs.textOf(customer, "id"));
        discount.put("start", now);
        Docs.child(discount, "source").put("coupon", Docs.textOf(coupon, "id"));
        discount.set("_coupon", coupon.deepCopy());
        ObjectNode code = redeemed.code();
        discount.put("promotion_code", code == null ? null : Docs.textOf(code, "id"));
        Long months = Docs.number(coupon, "duration_in_months");
        if (months != null) {
            long end = Instant.ofEpochSecond(now)
                    .atZone(ZoneOffset.UTC)
                    .plusMonths(months)
                    .toEpochSecond();
            discount.put("end", end);
        }
        return discount;
    }

    private String begin(ObjectNode discount) {
        String id = Docs.textOf(discount, "id");
        Long end = Docs.number(discount, "end");
        if (end != null) {
            world.simulation().schedule(world.clockOf(Docs.text(discount, CUSTOMER)), end, END, id);
        }
        world.store().insert(discount);
        world.events().emit("customer.discount.created", discount);
        return id;
    }

    private void endDue(String id) {
        if (world.store().find(TYPE, id) != null) {
            end(id);
        }
    }

    private void announceEnd(String id) {
        world.events().emit("customer.discount.deleted", world.store().get(TYPE, id));
    }

    private ObjectNode deleted(String id) {
        ObjectNode shown = world.renderer().render(world.store().get(TYPE, id));
        shown.remove("end");
        shown.put("deleted", true);
        return shown;
    }

    private void completeCustomer(ObjectNode customer) {
        String id = Docs.text(customer, TYPE);
        ObjectNode discount = id == null ? null : world.store().find(TYPE, id);
        if (discount != null) {
            customer.set(TYPE, world.renderer().render(discount));
        }
    }

    private static ApiError none(String kind, String id) {
        return ApiError.noSuch(TYPE + " of " + kind, id, "id", true);
    }
}
