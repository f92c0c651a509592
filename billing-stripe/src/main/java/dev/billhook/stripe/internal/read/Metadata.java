package dev.billhook.stripe.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import org.jspecify.annotations.Nullable;

/** What Billhook writes into the metadata of Stripe's objects to recognise them again. */
public final class Metadata {
    /** On customers, subscriptions and Checkout sessions: the account, {@code type:id}. */
    public static final String ACCOUNT = "billhook_account";

    /** On products: the catalog's product key. */
    public static final String PRODUCT = "billhook_product";

    /** On prices and Checkout sessions: the plan's key; stays on older prices of the plan. */
    public static final String PLAN = "billhook_plan";

    /** On prices: the version of the plan they were made for, where it has a name. */
    public static final String VERSION = "billhook_version";

    /** On coupons and promotion codes: the catalog's coupon key. */
    public static final String COUPON = "billhook_coupon";

    /** On prices: which kind of pricing it is where Stripe's shape does not tell. */
    public static final String PRICING = "billhook_pricing";

    /** On credit notes and refunds: the key of the request that made them. */
    public static final String REQUEST = "billhook_request";

    /** On subscriptions and their schedules: the mark of the previewed change that was made last. */
    public static final String CONFIRMED = "billhook_confirmed";

    /** On quotes: how many units were asked for. */
    public static final String UNITS = "billhook_units";

    /** On quotes: the price the offered plan had. */
    public static final String PRICE = "billhook_price";

    /** On quotes: the subscription that would change. */
    public static final String SUBSCRIPTION = "billhook_subscription";

    /** On quotes: digest of that subscription's lines when the quote was made. */
    public static final String BEFORE = "billhook_before";

    /** On quotes: digest of the lines it would have. */
    public static final String AFTER = "billhook_after";

    /** On quotes for a change: for when it was accepted. */
    public static final String ACCEPTED = "billhook_accepted";

    /** On portal configurations: that the catalog wrote them. */
    public static final String PORTAL = "billhook_portal";

    /** On subscriptions that were begun like one that ended: that one's id. */
    public static final String PREDECESSOR = "billhook_predecessor";

    /** On webhook endpoints: the environment they were registered for. */
    public static final String ENVIRONMENT = "billhook_environment";

    /** On webhook endpoints: names the call that made them. */
    public static final String MARK = "billhook_mark";

    private Metadata() {}

    /** The value, or null. */
    public static @Nullable String value(JsonNode object, String key) {
        JsonNode metadata = object.get("metadata");
        return metadata == null ? null : Json.text(metadata, key);
    }

    /** The account that is written in, or null if there is none or somebody spoiled it. */
    public static @Nullable AccountRef account(JsonNode object) {
        return accountOf(value(object, ACCOUNT));
    }

    /** The account a text names in the form {@code type:id}, or null if it names none. */
    public static @Nullable AccountRef accountOf(@Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return AccountRef.parse(value);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The plan of a price: the one written in, else the lookup key's if it has a plan key's form, else null. */
    public static @Nullable PlanKey plan(JsonNode price) {
        PlanKey written = planKey(value(price, PLAN));
        return written == null ? planKey(Json.text(price, "lookup_key")) : written;
    }

    /** The plan a Checkout session was opened for, or null if Billhook did not open it. */
    public static @Nullable PlanKey planOf(JsonNode session) {
        return planKey(value(session, PLAN));
    }

    private static @Nullable PlanKey planKey(@Nullable String value) {
        return value == null || !PlanKey.isValid(value) ? null : PlanKey.of(value);
    }
}
