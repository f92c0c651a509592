package dev.billhook.simulator.engine.checkout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.discount.DiscountEngine;
import dev.billhook.simulator.engine.discount.DiscountMath;
import dev.billhook.simulator.engine.discount.Redemptions.Purchase;
import dev.billhook.simulator.engine.discount.Redemptions.Redeemed;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The discount of a Checkout session: one the shop has set, or a promotion code a person enters on the hosted page. */
public final class CheckoutDiscounts {
    private static final String CODE = "promotion_code";

    private final World world;
    private final DiscountEngine engine;

    public CheckoutDiscounts(World world, DiscountEngine engine) {
        this.world = world;
        this.engine = engine;
    }

    /** Sets the discount a request names on a session that has its lines. */
    void set(ObjectNode session, Params params) {
        List<Params> given = params.groups("discounts");
        if (given.isEmpty()) {
            return;
        }
        if (params.has("allow_promotion_codes")) {
            throw ApiError.invalid(
                    null,
                    "discounts",
                    "You may only specify one of these parameters: allow_promotion_codes, discounts.");
        }
        if (given.size() > 1 || "setup".equals(Docs.text(session, "mode"))) {
            throw ApiError.invalid(null, "discounts", "A session that sells something takes one discount.");
        }
        engine.redemptions().named(given.get(0), purchase(session));
        put(session, given.get(0).text("coupon"), given.get(0).text(CODE));
    }

    /** Takes a promotion code a person entered; refuses one that cannot be redeemed. */
    public void enter(ObjectNode session, String text) {
        if (!Docs.flag(session, "allow_promotion_codes")) {
            throw ApiError.invalid(null, CODE, "This session takes no promotion codes.");
        }
        Optional<ObjectNode> code = engine.codes().entered(text, Docs.text(session, "customer"));
        if (code.isEmpty()) {
            throw ApiError.invalid(null, CODE, "This code is invalid.");
        }
        engine.redemptions().byCode(code.get(), purchase(session), CODE);
        put(session, null, Docs.textOf(code.get(), "id"));
    }

    /** Takes an entered code off again. */
    public void clear(ObjectNode session) {
        if (Docs.flag(session, "allow_promotion_codes")) {
            session.putArray("discounts");
        }
    }

    /** Reduces the lines of a session whose subtotals are known; returns what was taken off. */
    long reduce(ObjectNode session) {
        List<ObjectNode> lines = Docs.objects(session, "_line_items");
        Redeemed discount = redeemed(session);
        List<DiscountMath.Line> before = lines.stream()
                .map(line -> new DiscountMath.Line(product(line), subtotal(line)))
                .toList();
        List<Long> off = discount == null
                ? lines.stream().map(line -> 0L).toList()
                : DiscountMath.off(discount.coupon(), Docs.textOf(session, "currency"), before);
        long sum = 0;
        for (int i = 0; i < lines.size(); i++) {
            ObjectNode line = lines.get(i);
            line.put("amount_discount", off.get(i));
            line.put("amount_total", subtotal(line) - off.get(i));
            sum += off.get(i);
        }
        return sum;
    }

    /** What the subscription of a session is to be discounted by, as its parameters say it. */
    public void copyTo(ObjectNode session, ObjectNode request) {
        List<ObjectNode> chosen = Docs.objects(session, "discounts");
        if (!chosen.isEmpty()) {
            ArrayNode discounts = request.putArray("discounts");
            chosen.forEach(each -> discounts.add(each.deepCopy()));
        }
    }

    /** Redeems the discount of a one-time payment. */
    public void redeem(ObjectNode session) {
        List<ObjectNode> chosen = Docs.objects(session, "discounts");
        if (!chosen.isEmpty()) {
            engine.discounts().count(engine.redemptions().named(Params.of(chosen.get(0)), purchase(session)));
        }
    }

    /** What a session calls its discount: the code somebody entered, or the name of the coupon; null without one. */
    public @Nullable String label(ObjectNode session) {
        Redeemed discount = redeemed(session);
        if (discount == null) {
            return null;
        }
        ObjectNode coupon = discount.coupon();
        String name = Docs.text(coupon, "name");
        return discount.code() != null
                ? Docs.text(discount.code(), "code")
                : name == null ? Docs.text(coupon, "id") : name;
    }

    private @Nullable Redeemed redeemed(ObjectNode session) {
        for (ObjectNode chosen : Docs.objects(session, "discounts")) {
            String codeId = Docs.text(chosen, CODE);
            ObjectNode code = codeId == null ? null : world.store().get(CODE, codeId);
            String couponId =
                    code == null ? Docs.text(chosen, "coupon") : Docs.text(Docs.child(code, "promotion"), "coupon");
            ObjectNode coupon = couponId == null ? null : world.store().find("coupon", couponId);
            if (coupon != null) {
                return new Redeemed(coupon, code);
            }
        }
        return null;
    }

    private Purchase purchase(ObjectNode session) {
        String customer = Docs.text(session, "customer");
        String currency = Docs.textOf(session, "currency");
        long amount = Docs.objects(session, "_line_items").stream()
                .mapToLong(line -> full(line, currency))
                .sum();
        return new Purchase(customer == null ? null : world.store().find("customer", customer), currency, amount);
    }

    /** What a line costs when no trial makes it free. */
    private long full(ObjectNode line, String currency) {
        Long quantity = Docs.number(line, "quantity");
        return quantity == null
                ? 0
                : PriceAmounts.of(world.store().get("price", Docs.textOf(line, "price")), currency, quantity);
    }

    private String product(ObjectNode line) {
        return Docs.textOf(world.store().get("price", Docs.textOf(line, "price")), "product");
    }

    private static long subtotal(ObjectNode line) {
        return Docs.numberOf(line, "amount_subtotal");
    }

    private static void put(ObjectNode session, @Nullable String coupon, @Nullable String code) {
        session.putArray("discounts").addObject().put("coupon", coupon).put(CODE, code);
    }
}
