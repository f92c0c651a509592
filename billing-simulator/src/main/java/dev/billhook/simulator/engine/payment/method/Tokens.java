package dev.billhook.simulator.engine.payment.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.time.Instant;
import java.time.ZoneOffset;

/** Where cards come from: numbers, Stripe's ready-made tokens like {@code tok_visa}, and tokens made before, each good for once. */
public final class Tokens {
    /** Type of the document of a token. */
    public static final String TYPE = "token";

    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"token","card":{},"client_ip":null,"created":0,"livemode":false,"type":"card","used":false}\
        """);
    private static final ObjectNode METHOD = Docs.shape("""
        {"id":"","object":"payment_method","allow_redisplay":"unspecified",
         "billing_details":{"address":{"city":null,"country":null,"line1":null,"line2":null,"postal_code":null,
         "state":null},"email":null,"name":null,"phone":null,"tax_id":null},
         "card":null,"created":0,"customer":null,"customer_account":null,"livemode":false,"metadata":{},"type":"card"}\
        """);

    private final World world;

    public Tokens(World world) {
        this.world = world;
    }

    /** A new token of a card. */
    public ObjectNode create(Params params) {
        Params card = params.group("card");
        if (!card.has("number")) {
            throw ApiError.invalid("parameter_missing", "card", "The simulator models tokens of cards only.");
        }
        ObjectNode method =
                ofNumber(card.requireText("number"), card.number("exp_month", 0), card.number("exp_year", 0));
        method.put("id", world.ids().next("card"));
        Cards.setHolder(method, card);
        ObjectNode token = world.create(SHAPE, world.ids().next("tok"), null);
        ObjectNode shown = Cards.view(method);
        shown.putObject("networks").putNull("preferred");
        token.set("card", shown);
        token.set("_method", method);
        world.store().insert(token);
        return token;
    }

    /** The card of a token as a payment method without identifier that is stored nowhere yet. */
    ObjectNode take(String id, String param) {
        ObjectNode found = world.store().find(TYPE, id);
        if (found == null) {
            return ofTest(TestCard.ofToken(id).orElseThrow(() -> ApiError.noSuch(TYPE, id, param, false)));
        }
        if (Docs.flag(found, "used")) {
            throw ApiError.invalid("token_already_used", param, "You cannot use a token more than once: " + id + ".");
        }
        ObjectNode token = world.store().edit(TYPE, id);
        token.put("used", true);
        return Docs.child(token, "_method").deepCopy();
    }

    /** A ready-made test card, likewise. */
    ObjectNode ofTest(TestCard test) {
        return make(test, 12, presentYear() + 10L);
    }

    /** The card with this number, likewise. */
    ObjectNode ofNumber(String number, long month, long year) {
        TestCard test = TestCard.ofNumber(number)
                .orElseThrow(() -> ApiError.card(
                                "incorrect_number",
                                null,
                                "Your card number is incorrect; the simulator knows test cards only.")
                        .discardingState());
        long fullYear = year < 100 ? 2000 + year : year;
        checkExpiry(month, fullYear);
        return make(test, month, fullYear);
    }

    private ObjectNode make(TestCard test, long month, long year) {
        ObjectNode method = world.create(METHOD, "", null);
        method.set("card", test.describe(month, year));
        method.put("_card", test.name());
        return method;
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
}
