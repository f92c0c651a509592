package dev.billhook.simulator.page.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.portal.PortalEngine;
import dev.billhook.simulator.engine.subscription.SubscriptionDocs;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.PlanText;
import dev.billhook.simulator.page.kit.PriceText;
import dev.billhook.simulator.page.kit.Sum;
import dev.billhook.simulator.page.kit.Templates;
import dev.billhook.simulator.page.portal.SwitchView.Choice;
import dev.billhook.simulator.page.portal.SwitchView.Confirmation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The portal's steps to another plan: choose it, see what it costs, confirm. */
final class SwitchPages {
    private final World world;
    private final PortalEngine engine;
    private final Templates templates;

    SwitchPages(World world, PortalEngine engine, Templates templates) {
        this.world = world;
        this.engine = engine;
        this.templates = templates;
    }

    PageResponse choose(Visit visit, ObjectNode subscription) {
        if (!visit.offers("subscription_update") || SubscriptionDocs.isEnded(subscription)) {
            return templates.message(200, "Not offered", "This plan cannot be updated here.", visit.back(), "Go back");
        }
        SwitchView view = world.simulation().exclusively(() -> choices(visit, subscription));
        return templates.page("portal-switch", view);
    }

    PageResponse confirm(PageRequest request, Visit visit, ObjectNode subscription) {
        String price =
                request.isPost() ? request.field("price") : request.query().getOrDefault("price", "");
        String typed =
                request.isPost() ? request.field("quantity") : request.query().getOrDefault("quantity", "");
        long quantity = typed.matches("[1-9][0-9]{0,5}") ? Long.parseLong(typed) : quantity(subscription);
        if (!request.isPost()) {
            return preview(visit, subscription, price, quantity, null);
        }
        try {
            engine.switchPlan(visit.sessionId(), SubscriptionDocs.id(subscription), price, quantity);
        } catch (ApiError e) {
            return preview(visit, subscription, price, quantity, e.getMessage());
        }
        return visit.done(templates, "switched");
    }

    private PageResponse preview(
            Visit visit, ObjectNode subscription, String priceId, long quantity, @Nullable String error) {
        Confirmation view = world.simulation().exclusively(() -> {
            Store store = world.store();
            ObjectNode price = store.find("price", priceId);
            if (price == null) {
                throw new NoSuchPageException("There is no such plan.");
            }
            ObjectNode invoice =
                    engine.previewSwitch(visit.sessionId(), SubscriptionDocs.id(subscription), priceId, quantity);
            String currency = Docs.textOf(invoice, "currency");
            List<Sum> lines = Docs.objects(invoice, "lines").stream()
                    .map(line -> new Sum(
                            Objects.requireNonNullElse(Docs.text(line, "description"), "Item"),
                            AmountText.of(Docs.numberOf(line, "amount"), currency)))
                    .toList();
            String proration = Docs.text(visit.feature("subscription_update"), "proration_behavior");
            return new Confirmation(
                    visit.business(),
                    PlanText.of(store, subscription).name(),
                    worded(store, price, currency, quantity),
                    "always_invoice".equals(proration) ? "What is charged now" : "Your next invoice",
                    lines,
                    AmountText.of(Docs.numberOf(invoice, "amount_due"), currency),
                    priceId,
                    quantity,
                    visit.at(subscription, "update"),
                    error);
        });
        return templates.page("portal-confirm", view);
    }

    private SwitchView choices(Visit visit, ObjectNode subscription) {
        Store store = world.store();
        ObjectNode feature = visit.feature("subscription_update");
        String currency = Docs.textOf(subscription, "currency");
        String present = Docs.text(presentPrice(subscription), "id");
        List<Choice> choices = new ArrayList<>();
        for (ObjectNode product : Docs.objects(feature, "products")) {
            for (String id : Docs.texts(product, "prices")) {
                ObjectNode price = store.find("price", id);
                if (price != null && PriceAmounts.hasCurrency(price, currency)) {
                    String name = PlanText.productName(store, price);
                    choices.add(new Choice(id, name, PriceText.of(price, currency), id.equals(present)));
                }
            }
        }
        return new SwitchView(
                visit.business(),
                PlanText.of(store, subscription).name(),
                choices,
                quantity(subscription),
                Docs.texts(feature, "default_allowed_updates").contains("quantity"),
                visit.at(subscription, "confirm"),
                visit.back());
    }

    private static String worded(Store store, ObjectNode price, String currency, long quantity) {
        String text = PlanText.productName(store, price) + ", " + PriceText.of(price, currency);
        return quantity == 1 ? text : quantity + " × " + text;
    }

    private static ObjectNode presentPrice(ObjectNode subscription) {
        return Docs.objects(subscription, "items").stream()
                .findFirst()
                .map(item -> Docs.child(item, "price"))
                .orElseGet(Docs::object);
    }

    private static long quantity(ObjectNode subscription) {
        return Docs.objects(subscription, "items").stream()
                .findFirst()
                .map(item -> Math.max(1, Docs.numberOf(item, "quantity")))
                .orElse(1L);
    }
}
