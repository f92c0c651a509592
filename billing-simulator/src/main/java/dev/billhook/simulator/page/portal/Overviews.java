package dev.billhook.simulator.page.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.subscription.SubscriptionDocs;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.kit.ChallengeView;
import dev.billhook.simulator.page.kit.PlanText;
import dev.billhook.simulator.page.kit.StatusText;
import dev.billhook.simulator.page.kit.TimeText;
import dev.billhook.simulator.page.portal.Overview.CardRow;
import dev.billhook.simulator.page.portal.Overview.InvoiceRow;
import dev.billhook.simulator.page.portal.Overview.PlanRow;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Words what the portal's first page shows. Used under the simulation's lock. */
final class Overviews {
    private final Store store;

    Overviews(Store store) {
        this.store = store;
    }

    Overview of(Visit visit, @Nullable String done) {
        ObjectNode customer = visit.view().customer();
        ObjectNode profile = Docs.child(visit.view().configuration(), "business_profile");
        return new Overview(
                visit.business(),
                visit.returnUrl(),
                Objects.requireNonNullElse(Docs.text(profile, "headline"), ""),
                Visit.notice(done),
                visit.view().subscriptions().stream()
                        .filter(subscription -> !"incomplete_expired".equals(SubscriptionDocs.status(subscription)))
                        .map(subscription -> plan(visit, subscription))
                        .toList(),
                visit.view().paymentMethods().stream()
                        .map(method -> card(visit, method))
                        .toList(),
                visit.offers("payment_method_update") ? visit.at("/payment-method") : null,
                Objects.requireNonNullElse(Docs.text(customer, "name"), ""),
                Objects.requireNonNullElse(Docs.text(customer, "email"), "–"),
                visit.offers("customer_update") ? visit.at("/customer") : null,
                visit.offers("invoice_history"),
                visit.view().invoices().stream().map(Overviews::invoice).toList());
    }

    private PlanRow plan(Visit visit, ObjectNode subscription) {
        PlanText text = PlanText.of(store, subscription);
        StatusText status = StatusText.ofSubscription(subscription);
        boolean over = SubscriptionDocs.isEnded(subscription);
        boolean ending = PlanText.endsAt(subscription) != null;
        String method = Docs.text(subscription, "default_payment_method");
        ObjectNode card = method == null || over ? null : store.find("payment_method", method);
        boolean cancellable = !over && !ending && visit.offers("subscription_cancel");
        return new PlanRow(
                text.name(),
                status.label(),
                status.tone(),
                text.prices(),
                text.when(),
                card == null ? "" : "Paid with " + ChallengeView.card(card),
                !over && !ending && visit.offers("subscription_update") ? visit.at(subscription, "update") : null,
                cancellable ? visit.at(subscription, "cancel") : null,
                !over && ending ? visit.at(subscription, "resume") : null);
    }

    private static CardRow card(Visit visit, ObjectNode method) {
        String id = Docs.textOf(method, "id");
        ObjectNode settings = Docs.child(visit.view().customer(), "invoice_settings");
        boolean preferred = id.equals(Docs.text(settings, "default_payment_method"));
        boolean offered = visit.offers("payment_method_update")
                && visit.view().paymentMethods().size() > 1;
        ObjectNode card = Docs.child(method, "card");
        return new CardRow(
                ChallengeView.card(method),
                String.format(
                        Locale.ROOT, "%02d / %d", Docs.numberOf(card, "exp_month"), Docs.numberOf(card, "exp_year")),
                preferred,
                offered && !preferred ? visit.at("/payment-method/" + id + "/default") : null,
                offered && !preferred ? visit.at("/payment-method/" + id + "/remove") : null);
    }

    private static InvoiceRow invoice(ObjectNode invoice) {
        StatusText status = StatusText.ofInvoice(invoice);
        return new InvoiceRow(
                TimeText.day(Docs.numberOf(invoice, "created")),
                Objects.requireNonNullElse(Docs.text(invoice, "number"), "–"),
                "/invoice/" + Docs.textOf(invoice, "id"),
                status.label(),
                status.tone(),
                AmountText.of(Docs.numberOf(invoice, "total"), Docs.textOf(invoice, "currency")));
    }
}
