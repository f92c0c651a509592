package dev.billhook.simulator.event.version;

import static dev.billhook.simulator.event.version.Step.copy;
import static dev.billhook.simulator.event.version.Step.inline;
import static dev.billhook.simulator.event.version.Step.nullWithin;
import static dev.billhook.simulator.event.version.Step.nulls;
import static dev.billhook.simulator.event.version.Step.remove;
import static dev.billhook.simulator.event.version.Step.words;

import java.util.List;
import java.util.Map;

/** The breaking changes of the API, newest first; what a version only added is shown to older clients, too, as Stripe does. */
final class Changes {
    private static final String DAHLIA = "2026-03-25.dahlia";
    private static final String CLOVER = "2025-09-30.clover";
    private static final String BASIL = "2025-03-31.basil";

    static final List<Change> NEWEST_FIRST = List.of(
            Change.of(
                    DAHLIA,
                    "checkout.session",
                    words(
                            "ui_mode",
                            Map.of("hosted_page", "hosted", "embedded_page", "embedded", "elements", "custom"))),
            Change.of(CLOVER, "discount", inline("/source/coupon", "coupon", "coupon"), remove("source")),
            Change.of(CLOVER, "promotion_code", inline("/promotion/coupon", "coupon", "coupon"), remove("promotion")),
            Change.of(
                    BASIL,
                    "subscription",
                    copy("/items/data/0/current_period_start", "current_period_start"),
                    copy("/items/data/0/current_period_end", "current_period_end"),
                    BasilSteps::singleItem,
                    BasilSteps::singleDiscount),
            Change.of(BASIL, "subscription_item", remove("current_period_start", "current_period_end")),
            Change.of(
                    BASIL,
                    "invoice",
                    copy("/parent/subscription_details/subscription", "subscription"),
                    BasilSteps::subscriptionDetails,
                    copy("/parent/quote_details/quote", "quote"),
                    BasilSteps::payment,
                    BasilSteps::invoiceTaxes,
                    BasilSteps::singleDiscount,
                    nulls("application_fee_amount", "transfer_data"),
                    remove("parent", "payments")),
            Change.of(BASIL, "line_item", BasilSteps::lineParent, BasilSteps::price, BasilSteps::lineTaxes),
            Change.of(BASIL, "invoiceitem", BasilSteps::itemParent, BasilSteps::price, BasilSteps::itemAmount),
            Change.of(BASIL, "charge", (doc, scope) -> BasilSteps.invoiceOf(doc, "payment_intent", scope)),
            Change.of(BASIL, "payment_intent", (doc, scope) -> BasilSteps.invoiceOf(doc, "id", scope)),
            Change.of(BASIL, "checkout.session", copy("/collected_information/shipping_details", "shipping_details")),
            Change.of(
                    BASIL,
                    "credit_note",
                    copy("/refunds/0/refund", "refund"),
                    BasilSteps.taxesAs("total_taxes", "tax_amounts")),
            Change.of(BASIL, "credit_note_line_item", BasilSteps::lineTaxes),
            Change.of(BASIL, "subscription_schedule", BasilSteps::phaseCoupons),
            Change.of(BASIL, "plan", nulls("aggregate_usage")),
            Change.of(BASIL, "price", nullWithin("recurring", "aggregate_usage")),
            Change.of("2024-04-10", "product", copy("/marketing_features", "features"), remove("marketing_features")),
            Change.of("2024-04-10", "invoice", copy("/rendering", "rendering_options")),
            Change.of("2022-11-15", "payment_intent", EarlySteps::charges),
            Change.of("2022-11-15", "charge", EarlySteps::refunds),
            Change.of(
                    "2022-08-01",
                    "checkout.session",
                    copy("/shipping_details", "shipping"),
                    nulls("shipping_rate"),
                    remove("shipping_details")));

    private Changes() {}
}
