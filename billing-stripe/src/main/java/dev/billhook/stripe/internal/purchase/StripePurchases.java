package dev.billhook.stripe.internal.purchase;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.DisputeListParams;
import com.stripe.param.checkout.SessionListLineItemsParams;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import dev.billhook.mirror.Fetched;
import dev.billhook.purchase.Sale;
import dev.billhook.spi.provider.Page;
import dev.billhook.spi.provider.purchase.PurchaseGateway;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.transport.Answer;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Checkout sessions of mode {@code payment} sold. Source: Stripe, "Fulfill orders": a session is read with its lines before
 * anything is given for it.
 */
public final class StripePurchases implements PurchaseGateway {
    private static final String COLLECTION = "/v1/checkout/sessions";

    private final StripeApi api;

    /** Sessions of the account the calls go to. */
    public StripePurchases(StripeApi api) {
        this.api = api;
    }

    @Override
    public Fetched<Optional<Sale>> fetch(String sessionId) {
        SessionRetrieveParams params = SessionRetrieveParams.builder()
                .addExpand("line_items")
                .addExpand("payment_intent.latest_charge.refunds")
                .build();
        Answer answer = api.get("read Checkout session " + sessionId, StripeApi.path(COLLECTION, sessionId), params);
        JsonNode session = answer.body();
        if (!SaleReader.sells(session)) {
            return answer.fetched(body -> Optional.empty());
        }
        List<JsonNode> lines = lines(session);
        List<JsonNode> disputes = disputes(session);
        return answer.fetched(body -> Optional.of(SaleReader.read(body, lines, disputes)));
    }

    @Override
    public Optional<String> sessionOf(String paymentId) {
        SessionListParams params = SessionListParams.builder()
                .setPaymentIntent(paymentId)
                .setLimit(1L)
                .build();
        return api.get("find the Checkout session of payment " + paymentId, COLLECTION, params)
                .read(list ->
                        Optional.ofNullable(list.path("data").get(0)).map(session -> Json.requireText(session, "id")));
    }

    @Override
    public Sessions list(@Nullable String afterId, int max) {
        SessionListParams params = SessionListParams.builder()
                .setStatus(SessionListParams.Status.COMPLETE)
                .setStartingAfter(afterId)
                .setLimit((long) max)
                .addExpand("data.line_items")
                .addExpand("data.payment_intent.latest_charge")
                .build();
        Page<Listed> page =
                api.get("list Checkout sessions", COLLECTION, params).page(this::listed);
        return new Sessions(page.items(), page.more());
    }

    private Listed listed(JsonNode session) {
        Sale sale = SaleReader.sells(session) ? SaleReader.read(session, lines(session), disputes(session)) : null;
        return new Listed(Json.requireText(session, "id"), sale);
    }

    /** A session tells its first lines only. */
    private List<JsonNode> lines(JsonNode session) {
        String sessionId = Json.requireText(session, "id");
        List<JsonNode> lines = new ArrayList<>();
        JsonNode told = session.path("line_items");
        if (told.isObject() && !Json.flag(told, "has_more")) {
            told.path("data").forEach(lines::add);
            return lines;
        }
        Pages.forEach(
                after -> api.get(
                        "list the lines of Checkout session " + sessionId,
                        StripeApi.path(COLLECTION, sessionId) + "/line_items",
                        SessionListLineItemsParams.builder()
                                .setStartingAfter(after)
                                .setLimit(Pages.SIZE)
                                .build()),
                lines::add);
        return lines;
    }

    /** A charge tells only whether it was ever disputed. */
    private List<JsonNode> disputes(JsonNode session) {
        List<JsonNode> disputes = new ArrayList<>();
        JsonNode charge = SaleReader.charge(session);
        if (charge != null && Json.flag(charge, "disputed")) {
            String id = Json.requireText(charge, "id");
            Pages.forEach(
                    after -> api.get(
                            "list the disputes of charge " + id,
                            "/v1/disputes",
                            DisputeListParams.builder()
                                    .setCharge(id)
                                    .setStartingAfter(after)
                                    .setLimit(Pages.SIZE)
                                    .build()),
                    disputes::add);
        }
        return disputes;
    }
}
