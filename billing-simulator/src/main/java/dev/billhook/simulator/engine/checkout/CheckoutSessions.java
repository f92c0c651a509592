package dev.billhook.simulator.engine.checkout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.engine.debit.BankDebits;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes and expires Checkout sessions. */
public final class CheckoutSessions {
    public static final String TYPE = "checkout.session";
    private static final String EXPIRE = "checkout.expire";
    private static final long DEFAULT_LIFE = 86_400;
    private static final long SHORTEST_LIFE = 1_800;
    private static final long RECOVERY = 30 * 86_400;
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"checkout.session","adaptive_pricing":null,"after_expiration":null,
         "allow_promotion_codes":null,"amount_subtotal":null,"amount_total":null,
         "automatic_tax":{"enabled":false,"liability":null,"provider":null,"status":null},
         "billing_address_collection":null,"cancel_url":null,"client_reference_id":null,"client_secret":null,
         "collected_information":null,"consent":null,"consent_collection":null,"created":0,"currency":null,
         "currency_conversion":null,"custom_fields":[],"custom_text":{"after_submit":null,"shipping_address":null,
         "submit":null,"terms_of_service_acceptance":null},"customer":null,"customer_account":null,
         "customer_creation":null,"customer_details":null,"customer_email":null,"discounts":[],"expires_at":0,
         "integration_identifier":null,"invoice":null,"invoice_creation":null,"livemode":false,"locale":null,
         "managed_payments":null,"metadata":{},"mode":"","origin_context":null,"payment_intent":null,
         "payment_link":null,"payment_method_collection":null,"payment_method_configuration_details":null,
         "payment_method_options":{},"payment_method_types":["card"],"payment_status":"unpaid","permissions":null,
         "phone_number_collection":{"enabled":false},"recovered_from":null,"saved_payment_method_options":null,
         "setup_intent":null,"shipping_address_collection":null,"shipping_cost":null,"shipping_options":[],
         "status":"open","submit_type":null,"subscription":null,"success_url":null,
         "total_details":{"amount_discount":0,"amount_shipping":0,"amount_tax":0},"ui_mode":"hosted_page",
         "url":null,"wallet_options":null}\
        """);
    private static final String[] FIELDS = {
        "allow_promotion_codes",
        "billing_address_collection",
        "cancel_url",
        "client_reference_id",
        "customer_creation",
        "customer_email",
        "locale",
        "payment_method_types",
        "submit_type",
        "success_url",
        "phone_number_collection",
        "payment_method_options"
    };

    private final World world;
    private final SessionLines lines;
    private final CheckoutDiscounts discounts;
    private final CheckoutTaxes taxes;

    public CheckoutSessions(World world, Prices prices, CheckoutDiscounts discounts, CheckoutTaxes taxes) {
        this.world = world;
        this.lines = new SessionLines(world, prices, taxes);
        this.discounts = discounts;
        this.taxes = taxes;
        world.simulation().onTimer(EXPIRE, this::expireDue);
    }

    /** A new, open session. */
    public ObjectNode create(Params params) {
        String mode = params.requireText("mode");
        SessionTerms.check(params, mode);
        String customer = params.text("customer");
        String clock = customer == null
                ? null
                : Docs.text(world.finder().inParam("customer", customer, "customer"), "test_clock");
        String prefix = world.simulation().settings().livemode() ? "cs_live_" : "cs_test_";
        ObjectNode session = world.create(SHAPE, prefix + "a1" + world.ids().letters(56), clock);
        session.put("mode", mode);
        session.put("customer", customer);
        session.put("_clock", clock);
        if (params.requireText("success_url").isBlank()) {
            throw ApiError.missing("success_url");
        }
        params.copyTo(session, FIELDS);
        params.mergeMetadata(session);
        for (String data :
                new String[] {"subscription_data", "payment_intent_data", "setup_intent_data", "customer_update"}) {
            session.set("_" + data, params.group(data).tree().deepCopy());
        }
        setDefaults(session, params, mode);
        SessionTerms.set(session, params, mode);
        taxes.set(session, params);
        if (Docs.flag(recovery(session), "enabled")) {
            session.set("_request", params.tree().deepCopy());
        }
        setExpiry(session, params, clock);
        lines.add(session, params, mode);
        discounts.set(session, params);
        total(session);
        if (!params.has("payment_method_types") && BankDebits.isPossible(session)) {
            session.withArray("payment_method_types").add(BankDebits.METHOD);
        }
        session.put("url", world.baseUrl() + "/pay/" + Docs.textOf(session, "id"));
        world.store().insert(session);
        return session;
    }

    /** Ends an open session before it is used. */
    public ObjectNode expire(String id) {
        ObjectNode session = world.finder().editInUrl(TYPE, id);
        if (!"open".equals(Docs.text(session, "status"))) {
            throw ApiError.invalid(
                    null,
                    null,
                    "Only open Checkout sessions can be expired; this one is " + Docs.text(session, "status") + ".");
        }
        session.put("status", "expired");
        session.putNull("url");
        ObjectNode recovery = recovery(session);
        if (Docs.flag(recovery, "enabled")) {
            recovery.put("expires_at", world.now(Docs.text(session, "_clock")) + RECOVERY);
            recovery.put("url", world.baseUrl() + "/pay/" + id + "/recover");
        }
        world.events().emit("checkout.session.expired", session);
        return session;
    }

    /** The lines as the API shows them. */
    public List<ObjectNode> lines(ObjectNode session) {
        return Docs.objects(session, "_line_items").stream()
                .map(world.renderer()::render)
                .toList();
    }

    /** A new session like one that expired, for a person who comes back by its recovery address. */
    public ObjectNode recover(String id) {
        ObjectNode expired = world.finder().inUrl(TYPE, id);
        ObjectNode recovery = recovery(expired);
        Long until = Docs.number(recovery, "expires_at");
        if (until == null || world.now(Docs.text(expired, "_clock")) > until) {
            throw ApiError.invalid(null, null, "This Checkout session cannot be recovered.");
        }
        ObjectNode request = Docs.child(expired, "_request").deepCopy();
        request.remove("expires_at");
        ObjectNode session = create(Params.of(request));
        session.put("recovered_from", id);
        if (Docs.flag(recovery, "allow_promotion_codes")) {
            session.put("allow_promotion_codes", true);
        }
        return session;
    }

    /** A session as it would be with the quantities somebody chose and the address somebody entered. */
    public ObjectNode supposed(ObjectNode session, Map<String, Long> quantities, ObjectNode address) {
        ObjectNode supposed = session.deepCopy();
        for (ObjectNode line : Docs.objects(supposed, "_line_items")) {
            Long chosen = quantities.get(Docs.textOf(line, "id"));
            if (chosen != null && Docs.flag(Docs.child(line, "adjustable_quantity"), "enabled")) {
                line.put("quantity", chosen);
            }
        }
        supposed.set("_address", address.deepCopy());
        total(supposed);
        return supposed;
    }

    /** Whether a session asks for a billing address. */
    public static boolean asksAddress(ObjectNode session) {
        return SessionAnswers.asksAddress(session);
    }

    private static ObjectNode recovery(ObjectNode session) {
        return Docs.child(Docs.child(session, "after_expiration"), "recovery");
    }

    /** The discounts of sessions. */
    public CheckoutDiscounts discounts() {
        return discounts;
    }

    /** The taxes of sessions. */
    public CheckoutTaxes taxes() {
        return taxes;
    }

    /** Recomputes the amounts after a quantity or the discount changed. */
    public void total(ObjectNode session) {
        if ("setup".equals(Docs.text(session, "mode"))) {
            return;
        }
        boolean trial = hasTrial(session);
        long sum = 0;
        for (ObjectNode line : Docs.objects(session, "_line_items")) {
            ObjectNode price = world.store().get("price", Docs.textOf(line, "price"));
            boolean free = trial && "recurring".equals(Docs.text(price, "type"));
            long amount = free || Prices.isMetered(price)
                    ? 0
                    : PriceAmounts.of(price, Docs.textOf(session, "currency"), Docs.numberOf(line, "quantity"));
            line.put("amount_subtotal", amount);
            sum += amount;
        }
        session.put("amount_subtotal", sum);
        long off = discounts.reduce(session);
        Docs.child(session, "total_details").put("amount_discount", off);
        session.put("amount_total", sum - off + taxes.tax(session));
    }

    /** Whether a session begins with a trial. */
    public static boolean hasTrial(ObjectNode session) {
        ObjectNode data = Docs.child(session, "_subscription_data");
        return data.hasNonNull("trial_period_days") || data.hasNonNull("trial_end");
    }

    /** Whether a method of payment is collected. Source: Stripe documentation, "No-cost orders". */
    public static boolean needsMethod(ObjectNode session) {
        return !"if_required".equals(Docs.text(session, "payment_method_collection"))
                || Docs.numberOf(session, "amount_total") > 0;
    }

    private static void setDefaults(ObjectNode session, Params params, String mode) {
        if ("payment".equals(mode) && !params.has("customer_creation") && !params.has("customer")) {
            session.put("customer_creation", "if_required");
        }
        if ("payment".equals(mode)) {
            session.put("payment_method_collection", "if_required");
        }
        if ("subscription".equals(mode)) {
            session.put("payment_method_collection", params.text("payment_method_collection", "always"));
        }
    }

    private void setExpiry(ObjectNode session, Params params, @Nullable String clock) {
        long now = Docs.numberOf(session, "created");
        long at = params.number("expires_at", now + DEFAULT_LIFE);
        if (at < now + SHORTEST_LIFE || at > now + DEFAULT_LIFE) {
            throw ApiError.invalid(
                    null, "expires_at", "A session expires between 30 minutes and 24 hours after its creation.");
        }
        session.put("expires_at", at);
        world.simulation().schedule(clock, at, EXPIRE, Docs.textOf(session, "id"));
    }

    private void expireDue(String id) {
        ObjectNode session = world.store().find(TYPE, id);
        if (session != null && "open".equals(Docs.text(session, "status"))) {
            expire(id);
        }
    }
}
