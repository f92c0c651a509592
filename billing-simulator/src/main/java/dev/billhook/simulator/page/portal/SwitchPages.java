package dev.billhook.simulator.page.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.portal.PlanSwitch;
import dev.billhook.simulator.engine.portal.PlannedSwitch;
import dev.billhook.simulator.engine.portal.PortalPlans;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;
import dev.billhook.simulator.page.portal.SwitchView.Choice;
import dev.billhook.simulator.page.text.PlanText;
import dev.billhook.simulator.page.text.PriceText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The portal's steps to another plan: choose it, see what it costs, confirm. */
final class SwitchPages {
    private final World world;
    private final PortalPlans plans;
    private final Templates templates;
    private final Confirmations confirmations;

    SwitchPages(World world, PortalPlans plans, Templates templates) {
        this.world = world;
        this.plans = plans;
        this.templates = templates;
        this.confirmations = new Confirmations(world, plans);
    }

    /** Whether a subscription can be switched on this visit. Used under the simulation's lock. */
    static boolean isOffered(Visit visit, Store store, ObjectNode subscription) {
        boolean free = Docs.text(subscription, "schedule") == null || PlannedSwitch.of(store, subscription) != null;
        boolean lives = List.of("active", "trialing", "past_due").contains(SubscriptionDocs.status(subscription));
        List<String> allowed = Docs.texts(visit.feature("subscription_update"), "default_allowed_updates");
        return visit.offers("subscription_update")
                && !allowed.isEmpty()
                && lives
                && free
                && Docs.objects(subscription, "items").size() == 1;
    }

    PageResponse choose(Visit visit, ObjectNode subscription) {
        if (!isOffered(visit, subscription)) {
            return notOffered(visit);
        }
        SwitchView view = world.simulation().exclusively(() -> choices(visit, subscription));
        return templates.page("portal-switch", view);
    }

    private boolean isOffered(Visit visit, ObjectNode subscription) {
        return world.simulation().exclusively(() -> isOffered(visit, world.store(), subscription));
    }

    private PageResponse notOffered(Visit visit) {
        return templates.message(200, "Not offered", "This plan cannot be updated here.", visit.back(), "Go back");
    }

    PageResponse confirm(PageRequest request, Visit visit, ObjectNode subscription) {
        if (!isOffered(visit, subscription)) {
            return notOffered(visit);
        }
        String typed = sent(request, "quantity");
        long quantity = typed.matches("[1-9][0-9]{0,5}") ? Long.parseLong(typed) : quantity(subscription);
        String present = String.valueOf(Docs.text(presentPrice(subscription), "id"));
        String price = sent(request, "price");
        PlanSwitch wish = new PlanSwitch(price.isEmpty() ? present : price, quantity, sent(request, "code"));
        if (!request.isPost()) {
            return templates.page("portal-confirm", confirmations.of(visit, subscription, wish, null));
        }
        try {
            plans.change(visit.sessionId(), SubscriptionDocs.id(subscription), wish);
        } catch (ApiError e) {
            return templates.page("portal-confirm", confirmations.of(visit, subscription, wish, e.getMessage()));
        }
        return visit.done(templates, "switched");
    }

    private static String sent(PageRequest request, String name) {
        return request.isPost()
                ? request.field(name)
                : request.query().getOrDefault(name, "").trim();
    }

    private SwitchView choices(Visit visit, ObjectNode subscription) {
        Store store = world.store();
        ObjectNode feature = visit.feature("subscription_update");
        List<String> allowed = Docs.texts(feature, "default_allowed_updates");
        String currency = Docs.textOf(subscription, "currency");
        String present = Docs.text(presentPrice(subscription), "id");
        List<Choice> choices = new ArrayList<>();
        List<String> limits = new ArrayList<>();
        boolean adjustable = allowed.contains("quantity");
        for (ObjectNode product : Docs.objects(feature, "products")) {
            ObjectNode quantity = Docs.child(product, "adjustable_quantity");
            adjustable |= Docs.flag(quantity, "enabled");
            for (String id : Docs.texts(product, "prices")) {
                ObjectNode price = store.find("price", id);
                boolean current = id.equals(present);
                if (price != null
                        && PriceAmounts.hasCurrency(price, currency)
                        && (current || allowed.contains("price"))) {
                    String name = PlanText.productName(store, price);
                    choices.add(new Choice(id, name, PriceText.of(price, currency), current));
                    addLimit(limits, name, quantity);
                }
            }
        }
        return new SwitchView(
                visit.business(),
                PlanText.of(store, subscription).name(),
                choices,
                quantity(subscription),
                adjustable,
                limits.stream().distinct().collect(Collectors.joining(" ")),
                allowed.contains("promotion_code"),
                visit.at(subscription, "confirm"),
                visit.back());
    }

    private static void addLimit(List<String> limits, String product, ObjectNode quantity) {
        if (Docs.flag(quantity, "enabled")) {
            Long most = Docs.number(quantity, "maximum");
            long least = Math.max(1, Docs.numberOf(quantity, "minimum"));
            limits.add(product + ": " + (most == null ? "at least " + least : least + " to " + most) + ".");
        }
    }

    private static ObjectNode presentPrice(ObjectNode subscription) {
        return Docs.objects(subscription, "items").stream()
                .findFirst()
                .map(item -> Docs.child(item, "price"))
                .orElseThrow(() -> new NoSuchPageException("This plan has no price."));
    }

    private static long quantity(ObjectNode subscription) {
        return Docs.objects(subscription, "items").stream()
                .findFirst()
                .map(item -> Math.max(1, Docs.numberOf(item, "quantity")))
                .orElse(1L);
    }
}
