package dev.billhook.simulator.page.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.portal.PlanSwitch;
import dev.billhook.simulator.engine.portal.PortalPlans;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.portal.SwitchView.Confirmation;
import dev.billhook.simulator.page.text.PlanText;
import dev.billhook.simulator.page.text.Sum;
import dev.billhook.simulator.page.text.TimeText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Words what a switch brings, before it is confirmed. */
final class Confirmations {
    private final World world;
    private final PortalPlans plans;

    Confirmations(World world, PortalPlans plans) {
        this.world = world;
        this.plans = plans;
    }

    Confirmation of(Visit visit, ObjectNode subscription, PlanSwitch wish, @Nullable String error) {
        return world.simulation().exclusively(() -> {
            ObjectNode price = world.store().find("price", wish.price());
            if (price == null) {
                throw new NoSuchPageException("There is no such plan.");
            }
            try {
                boolean later = plans.waits(visit.sessionId(), SubscriptionDocs.id(subscription), wish);
                return later
                        ? later(visit, subscription, price, wish, error)
                        : now(visit, subscription, price, wish, error);
            } catch (ApiError e) {
                return page(
                        visit, subscription, price, wish, new Consequence("", "", List.of(), "", ""), e.getMessage());
            }
        });
    }

    /** What a switch brings; without a total where it cannot be done. */
    private record Consequence(String when, String note, List<Sum> lines, String totalLabel, String total) {}

    private Confirmation now(
            Visit visit, ObjectNode subscription, ObjectNode price, PlanSwitch wish, @Nullable String error) {
        ObjectNode invoice = plans.preview(visit.sessionId(), SubscriptionDocs.id(subscription), wish);
        String currency = Docs.textOf(subscription, "currency");
        List<Sum> lines = Docs.objects(invoice, "lines").stream()
                .map(line -> new Sum(
                        Objects.requireNonNullElse(Docs.text(line, "description"), "Item"),
                        AmountText.of(Docs.numberOf(line, "amount"), currency)))
                .toList();
        boolean atOnce = "always_invoice".equals(Docs.text(visit.feature("subscription_update"), "proration_behavior"));
        Consequence consequence = new Consequence(
                atOnce ? "What is charged now" : "Your next invoice",
                "",
                lines,
                "Amount due",
                AmountText.of(Docs.numberOf(invoice, "amount_due"), currency));
        return page(visit, subscription, price, wish, consequence, error);
    }

    private Confirmation later(
            Visit visit, ObjectNode subscription, ObjectNode price, PlanSwitch wish, @Nullable String error) {
        String currency = Docs.textOf(subscription, "currency");
        String end = TimeText.day(SubscriptionDocs.periodEnd(subscription));
        Consequence consequence = new Consequence(
                "What is charged now",
                "Your plan changes on " + end + ". Until then everything stays as it is, and you can change your mind.",
                List.of(),
                "Amount due now",
                AmountText.of(0, currency));
        return page(visit, subscription, price, wish, consequence, error);
    }

    private Confirmation page(
            Visit visit,
            ObjectNode subscription,
            ObjectNode price,
            PlanSwitch wish,
            Consequence consequence,
            @Nullable String error) {
        Store store = world.store();
        return new Confirmation(
                visit.business(),
                PlanText.of(store, subscription).name(),
                PlanText.of(store, price, Docs.textOf(subscription, "currency"), wish.quantity()),
                consequence.when(),
                consequence.note(),
                consequence.lines(),
                consequence.totalLabel(),
                consequence.total(),
                wish.price(),
                wish.quantity(),
                wish.code(),
                back(visit, subscription),
                error);
    }

    /** A flow that begins with this step has no choice to go back to. */
    private static String back(Visit visit, ObjectNode subscription) {
        return "subscription_update_confirm".equals(visit.flow()) ? visit.back() : visit.at(subscription, "update");
    }
}
