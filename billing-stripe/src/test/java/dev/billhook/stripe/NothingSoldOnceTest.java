package dev.billhook.stripe;

import static dev.billhook.stripe.testing.SimulatedShop.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.event.BillingEvent;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.simulator.api.Fault;
import dev.billhook.simulator.api.Faults;
import dev.billhook.stripe.testing.ProCatalog;
import dev.billhook.stripe.testing.SimulatedShop;
import java.time.Duration;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is looked up for purchases costs a shop without any nothing. The calls are counted at Stripe. */
@DisplayName("D4 Where no plan is paid once")
class NothingSoldOnceTest {
    private static final int MANY = 100_000;
    /** A dispute names a payment only. */
    private static final int WHOSE_DISPUTE = 1;

    /** How many calls but those for events settling takes. */
    private static int settling(SimulatedShop shop) {
        Faults faults = shop.simulator().faults();
        faults.plan(MANY, counted("/v1/events"));
        faults.plan(MANY, counted("/v1/"));
        shop.settle();
        return counted(faults, "/v1/");
    }

    /** A fault that changes nothing. */
    private static Fault counted(String path) {
        return Fault.late(Duration.ZERO).forPath(path);
    }

    private static int counted(Faults faults, String path) {
        int left = 0;
        for (JsonNode each : faults.describe().path("data")) {
            left += path.equals(each.path("path").textValue())
                    ? each.path("requests").intValue()
                    : 0;
        }
        faults.clear();
        return MANY - left;
    }

    private static void refund(SimulatedShop shop, String payment) {
        shop.post("/v1/refunds", "payment_intent=" + payment + "&amount=100");
    }

    private static void sellSticker(SimulatedShop shop) {
        shop.payAt(shop.post(
                "/v1/checkout/sessions",
                "mode=payment&success_url=https://shop.example/back&line_items[0][quantity]=1"
                        + "&line_items[0][price_data][currency]=usd&line_items[0][price_data][unit_amount]=300"
                        + "&line_items[0][price_data][product_data][name]=Sticker&customer=" + shop.customerOf(ADA)));
    }

    /** What a refund, a dispute, a page of the host's own and a sweep ask Stripe for. */
    private static void assertAsked(String catalog, IntPredicate expected) {
        try (SimulatedShop shop = new SimulatedShop(catalog, builder -> builder)) {
            shop.customer(ADA, "pm_card_visa");
            shop.subscribe(ADA, "pro", 1);
            String payment = shop.get("/v1/payment_intents?limit=1")
                    .replaceFirst("(?s).*?\"id\"\\s*:\\s*\"(pi_[^\"]+)\".*", "$1");

            refund(shop, payment);
            assertThat(settling(shop)).as("a refund").matches(expected::test);
            assertThat(shop.events(BillingEvent.RefundIssued.class)).hasSize(1);
            shop.simulator().dispute(payment);
            assertThat(settling(shop) - WHOSE_DISPUTE).as("a dispute").matches(expected::test);
            assertThat(shop.events(BillingEvent.DisputeOpened.class)).hasSize(1);
            sellSticker(shop);
            assertThat(settling(shop)).as("a page of the host's own").matches(expected::test);
            shop.simulator().faults().plan(MANY, counted("/v1/checkout/sessions"));
            shop.billing()
                    .reconciler()
                    .sweep(SweepRequest.dryRun().fromTheBeginning().pause(Duration.ZERO));
            assertThat(counted(shop.simulator().faults(), "/v1/checkout/sessions"))
                    .as("a sweep")
                    .matches(expected::test);
        }
    }

    @Test
    @DisplayName(
            "D4 Stripe is asked for nothing when a payment is refunded or disputed, a page sells something, or swept")
    void nothingAsked() {
        assertAsked(ProCatalog.MONTHLY, calls -> calls == 0);
    }

    @Test
    @DisplayName("D4 where one is, each may concern a purchase, and is looked up")
    void lookedUp() {
        assertAsked(ProCatalog.WITH_LIFETIME, calls -> calls > 0);
    }
}
