package dev.billhook.simulator.engine.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.payment.TestCard.Behaviour;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes payment methods from test cards, and attaches them to customers. */
public final class PaymentMethods {
    private static final String TYPE = "payment_method";
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"payment_method","allow_redisplay":"unspecified",
         "billing_details":{"address":{"city":null,"country":null,"line1":null,"line2":null,"postal_code":null,
         "state":null},"email":null,"name":null,"phone":null,"tax_id":null},
         "card":null,"created":0,"customer":null,"customer_account":null,"livemode":false,"metadata":{},"type":"card"}\
        """);

    private final World world;

    public PaymentMethods(World world) {
        this.world = world;
    }

    /** A new card payment method, attached to nobody. */
    public ObjectNode create(Params params) {
        Params card = params.group("card");
        if (!"card".equals(params.text("type", "card"))) {
            throw ApiError.invalid(null, "type", "The simulator models payment methods of type card only.");
        }
        String token = card.text("token");
        TestCard test = token == null ? byNumber(card.requireText("number")) : byToken(token);
        long year = card.number("exp_year", token == null ? 0 : presentYear() + 10L);
        long month = card.number("exp_month", token == null ? 0 : 12);
        checkExpiry(month, year < 100 ? 2000 + year : year);
        ObjectNode method = make(test, month, year < 100 ? 2000 + year : year, null);
        mergeBillingDetails(method, params);
        params.copyTo(method, "allow_redisplay");
        params.mergeMetadata(method);
        return method;
    }

    /** The payment method a request names: an id, or a ready-made one like {@code pm_card_visa}, of which this makes a copy. */
    public ObjectNode resolve(String id, String param) {
        Optional<TestCard> test = id.startsWith("pm_card_") ? TestCard.ofToken(id) : Optional.empty();
        return test.isPresent()
                ? make(test.get(), 12, presentYear() + 10L, null)
                : world.finder().inParam(TYPE, id, param);
    }

    /** Changes billing details, expiry and metadata. */
    public ObjectNode update(String id, Params params) {
        ObjectNode method = world.finder().editInUrl(TYPE, id);
        mergeBillingDetails(method, params);
        params.group("card").copyTo(Docs.child(method, "card"), "exp_month", "exp_year");
        params.copyTo(method, "allow_redisplay");
        params.mergeMetadata(method);
        world.events().emitUpdated("payment_method.updated", method);
        return method;
    }

    /** Attaches to a customer; a card that refuses everything is refused here. */
    public ObjectNode attach(String id, String customer) {
        world.finder().inParam("customer", customer, "customer");
        ObjectNode method = world.store().edit(TYPE, id);
        String owner = Docs.text(method, "customer");
        if (customer.equals(owner)) {
            return method;
        }
        if (owner != null) {
            throw ApiError.invalid(
                    "payment_method_unexpected_state",
                    null,
                    "The payment method is attached to another customer already.");
        }
        TestCard card = cardOf(method);
        if (card.behaviour() == Behaviour.DECLINES) {
            throw card.refusal();
        }
        method.put("customer", customer);
        world.events().emit("payment_method.attached", method);
        return method;
    }

    /** Takes it away from its customer; it cannot be used again. */
    public ObjectNode detach(String id) {
        ObjectNode method = world.finder().editInUrl(TYPE, id);
        String customer = Docs.text(method, "customer");
        if (customer == null) {
            throw ApiError.invalid(null, null, "The payment method is not attached to a customer.");
        }
        method.putNull("customer");
        method.put("_detached", true);
        ObjectNode owner = world.store().edit("customer", customer);
        ObjectNode settings = Docs.child(owner, "invoice_settings");
        if (id.equals(Docs.text(settings, "default_payment_method"))) {
            settings.putNull("default_payment_method");
            world.events().emitUpdated("customer.updated", owner);
        }
        world.events().emitUpdated("payment_method.detached", method);
        return method;
    }

    /** A customer's payment methods, newest first. */
    public List<ObjectNode> of(String customer) {
        return world.store().newestFirst(TYPE, "customer", customer).toList();
    }

    /** The payment method with which a subscription is paid: its own, or the customer's default; null when there is none. */
    public @Nullable ObjectNode forSubscription(@Nullable String own, String customer) {
        if (own != null) {
            return world.store().find(TYPE, own);
        }
        ObjectNode owner = world.store().get("customer", customer);
        String preferred = Docs.text(Docs.child(owner, "invoice_settings"), "default_payment_method");
        return preferred == null ? null : world.store().find(TYPE, preferred);
    }

    /** A payment method made from a card typed into a hosted page. */
    public ObjectNode fromCard(CardInput input) {
        TestCard test = byNumber(input.number());
        checkExpiry(input.expMonth(), input.expYear());
        ObjectNode method = make(test, input.expMonth(), input.expYear(), input.name());
        ObjectNode details = Docs.child(method, "billing_details");
        details.put("email", input.email());
        ObjectNode address = Docs.child(details, "address");
        address.put("country", input.country());
        address.put("postal_code", input.postalCode());
        return method;
    }

    /** Whether the cardholder must pass a 3-D Secure challenge when present. */
    public static boolean mustAuthenticate(ObjectNode method) {
        Behaviour behaviour = cardOf(method).behaviour();
        return behaviour == Behaviour.AUTHENTICATES || behaviour == Behaviour.AUTHENTICATES_ONCE;
    }

    /** Notes that the present cardholder passed the challenge; the next use of the card succeeds. */
    public void notePassed(String id) {
        world.store().edit(TYPE, id).put("_passed", true);
    }

    /** The test card behind a payment method. */
    static TestCard cardOf(ObjectNode method) {
        return TestCard.valueOf(Docs.textOf(method, "_card"));
    }

    private ObjectNode make(TestCard test, long month, long year, @Nullable String name) {
        ObjectNode method = world.create(SHAPE, world.ids().next("pm"), null);
        method.set("card", test.describe(month, year));
        method.put("_card", test.name());
        Docs.child(method, "billing_details").put("name", name);
        world.store().insert(method);
        return method;
    }

    private static void mergeBillingDetails(ObjectNode method, Params params) {
        Params details = params.group("billing_details");
        ObjectNode shown = Docs.child(method, "billing_details");
        details.copyTo(shown, "email", "name", "phone", "tax_id");
        Params address = details.group("address");
        address.copyTo(Docs.child(shown, "address"), "city", "country", "line1", "line2", "postal_code", "state");
    }

    private void checkExpiry(long month, long year) {
        if (month < 1 || month > 12) {
            throw ApiError.card("invalid_expiry_month", null, "Your card's expiration month is invalid.")
                    .discardingState();
        }
        Instant now = Instant.ofEpochSecond(world.now(null));
        int thisYear = now.atZone(ZoneOffset.UTC).getYear();
        int thisMonth = now.atZone(ZoneOffset.UTC).getMonthValue();
        if (year < thisYear || year > thisYear + 50 || (year == thisYear && month < thisMonth)) {
            throw ApiError.card("invalid_expiry_year", null, "Your card's expiration year is invalid.")
                    .discardingState();
        }
    }

    private int presentYear() {
        return Instant.ofEpochSecond(world.now(null)).atZone(ZoneOffset.UTC).getYear();
    }

    private static TestCard byNumber(String number) {
        return TestCard.ofNumber(number)
                .orElseThrow(() -> ApiError.card(
                                "incorrect_number",
                                null,
                                "Your card number is incorrect; the simulator knows test cards only.")
                        .discardingState());
    }

    private static TestCard byToken(String token) {
        return TestCard.ofToken(token).orElseThrow(() -> ApiError.noSuch("token", token, "card[token]", false));
    }
}
