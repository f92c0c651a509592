package dev.billhook.simulator.page.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.portal.PlannedSwitch;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.kit.Links;
import dev.billhook.simulator.page.portal.Overview.CardRow;
import dev.billhook.simulator.page.portal.Overview.InvoiceRow;
import dev.billhook.simulator.page.portal.Overview.PlanRow;
import dev.billhook.simulator.page.portal.Overview.Sender;
import dev.billhook.simulator.page.text.CardText;
import dev.billhook.simulator.page.text.PlanText;
import dev.billhook.simulator.page.text.StatusText;
import dev.billhook.simulator.page.text.TimeText;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Words what the portal's first page shows. Used under the simulation's lock. */
final class Overviews {
    private static final int INVOICES = 10;

    private final Store store;

    Overviews(Store store) {
        this.store = store;
    }

    /** The page after a step, with the invoices after this one. */
    Overview of(Visit visit, @Nullable String done, @Nullable String after) {
        List<ObjectNode> invoices = visit.view().invoices();
        int first = 1
                + invoices.stream()
                        .map(invoice -> Docs.textOf(invoice, "id"))
                        .toList()
                        .indexOf(String.valueOf(after));
        int last = Math.min(invoices.size(), first + INVOICES);
        return new Overview(
                sender(visit),
                Visit.notice(done),
                visit.view().subscriptions().stream()
                        .filter(subscription -> !"incomplete_expired".equals(SubscriptionDocs.status(subscription)))
                        .map(subscription -> plan(visit, subscription))
                        .toList(),
                visit.view().paymentMethods().stream()
                        .map(method -> card(visit, method))
                        .toList(),
                visit.offers("payment_method_update") ? visit.at("/payment-method") : null,
                Persons.of(visit),
                visit.offers("invoice_history"),
                invoices.subList(first, last).stream().map(Overviews::invoice).toList(),
                last < invoices.size()
                        ? visit.at("?home=1&after=" + Docs.textOf(invoices.get(last - 1), "id") + "#invoice-heading")
                        : null);
    }

    private static Sender sender(Visit visit) {
        ObjectNode profile = Docs.child(visit.view().configuration(), "business_profile");
        return new Sender(
                visit.business(),
                Objects.requireNonNullElse(Docs.text(profile, "headline"), ""),
                visit.returnUrl(),
                Links.web(Docs.text(profile, "terms_of_service_url")),
                Links.web(Docs.text(profile, "privacy_policy_url")));
    }

    private PlanRow plan(Visit visit, ObjectNode subscription) {
        PlanText text = PlanText.of(store, subscription);
        StatusText status = StatusText.ofSubscription(subscription);
        boolean over = SubscriptionDocs.isEnded(subscription);
        boolean ending = PlanText.endsAt(subscription) != null;
        PlannedSwitch planned = over ? null : PlannedSwitch.of(store, subscription);
        String method = Docs.text(subscription, "default_payment_method");
        ObjectNode card = method == null || over ? null : store.find("payment_method", method);
        boolean cancellable = !over && !ending && visit.offers("subscription_cancel");
        boolean switchable = !ending && SwitchPages.isOffered(visit, store, subscription);
        return new PlanRow(
                text.name(),
                status.label(),
                status.tone(),
                text.prices(),
                text.when(),
                planned == null ? "" : worded(planned, Docs.textOf(subscription, "currency")),
                card == null ? "" : "Paid with " + CardText.of(card),
                switchable ? visit.at(subscription, "update") : null,
                cancellable ? visit.at(subscription, "cancel") : null,
                !over && ending ? visit.at(subscription, "resume") : null,
                planned == null || ending ? null : visit.at(subscription, "keep"));
    }

    private String worded(PlannedSwitch planned, String currency) {
        ObjectNode price = store.get("price", planned.price());
        String plan = PlanText.of(store, price, currency, planned.quantity());
        return "Changes to " + plan + " on " + TimeText.day(planned.at());
    }

    private static CardRow card(Visit visit, ObjectNode method) {
        String id = Docs.textOf(method, "id");
        ObjectNode settings = Docs.child(visit.view().customer(), "invoice_settings");
        boolean preferred = id.equals(Docs.text(settings, "default_payment_method"));
        boolean offered = visit.offers("payment_method_update")
                && visit.view().paymentMethods().size() > 1;
        ObjectNode card = Docs.child(method, "card");
        return new CardRow(
                CardText.of(method),
                String.format(
                        Locale.ROOT, "%02d / %d", Docs.numberOf(card, "exp_month"), Docs.numberOf(card, "exp_year")),
                preferred,
                offered && !preferred ? visit.at("/payment-method/" + id + "/default") : null,
                offered && !preferred ? visit.at("/payment-method/" + id + "/remove") : null);
    }

    private static InvoiceRow invoice(ObjectNode invoice) {
        StatusText status = StatusText.ofInvoice(invoice);
        String url = "/invoice/" + Docs.textOf(invoice, "id");
        boolean open = "open".equals(Docs.text(invoice, "status")) && Docs.numberOf(invoice, "amount_remaining") > 0;
        return new InvoiceRow(
                TimeText.day(Docs.numberOf(invoice, "created")),
                Objects.requireNonNullElse(Docs.text(invoice, "number"), "–"),
                url,
                status.label(),
                status.tone(),
                AmountText.of(Docs.numberOf(invoice, "total"), Docs.textOf(invoice, "currency")),
                Docs.text(invoice, "number") == null ? null : url + "/pdf",
                open ? url : null);
    }
}
