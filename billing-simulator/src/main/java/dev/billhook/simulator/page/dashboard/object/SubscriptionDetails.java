package dev.billhook.simulator.page.dashboard.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.dashboard.timeline.TimelineView;
import dev.billhook.simulator.page.dashboard.view.Cell;
import dev.billhook.simulator.page.text.PlanText;
import dev.billhook.simulator.page.text.StatusText;
import dev.billhook.simulator.page.text.TimeText;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A subscription with the picture of its life. */
final class SubscriptionDetails implements Details {
    private final Sources sources;

    SubscriptionDetails(Sources sources) {
        this.sources = sources;
    }

    @Override
    public String title(ObjectNode doc) {
        return PlanText.of(sources.store(), doc).name();
    }

    @Override
    public void fill(ObjectNode doc, Sheet sheet) {
        PlanText plan = PlanText.of(sources.store(), doc);
        sheet.fact("Status", Cell.tag(StatusText.ofSubscription(doc)));
        sheet.fact("Customer", sources.rows().customer(Docs.text(doc, "customer")));
        sheet.fact("Price", Cell.of(String.join(", ", plan.prices())));
        sheet.fact("Next", Cell.of(plan.when()));
        if (!SubscriptionDocs.isEnded(doc)) {
            sheet.fact(
                    "Period",
                    TimeText.day(SubscriptionDocs.periodStart(doc)) + " – "
                            + TimeText.day(SubscriptionDocs.periodEnd(doc)));
        }
        sheet.fact(
                "Collection",
                "send_invoice".equals(Docs.text(doc, "collection_method"))
                        ? "Invoices are sent, due after " + Docs.numberOf(doc, "days_until_due") + " days"
                        : "Charged automatically");
        if (doc.hasNonNull("pause_collection")) {
            sheet.fact("Collection paused", Docs.text(Docs.child(doc, "pause_collection"), "behavior"));
        }
        sheet.reference("Payment method", "payment_method", Docs.text(doc, "default_payment_method"));
        sheet.reference("Schedule", "subscription_schedule", Docs.text(doc, "schedule"));
        sheet.time("Trial ends", Docs.number(doc, "trial_end"));
        sheet.fact("Reason to cancel", reason(Docs.child(doc, "cancellation_details")));
        sheet.fact("Test clock", Docs.text(doc, "test_clock"));
        long now = sources.world().now(Docs.text(doc, "test_clock"));
        sheet.draw(TimelineView.of(sources.store(), doc, now));
        sheet.table(sources.rows().invoices(sources.related("invoice", "subscription", Docs.textOf(doc, "id"))));
    }

    private static String reason(ObjectNode details) {
        return Stream.of(Docs.text(details, "feedback"), Docs.text(details, "comment"))
                .filter(Objects::nonNull)
                .filter(text -> !text.isEmpty())
                .map(text -> text.replace('_', ' '))
                .collect(Collectors.joining(" – "));
    }
}
