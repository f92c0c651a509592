package dev.billhook.simulator.page.portal;

import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.payment.method.CardInput;
import dev.billhook.simulator.engine.portal.PortalProfile;
import dev.billhook.simulator.engine.tax.TaxIdTypes;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.card.CardForm;
import dev.billhook.simulator.page.card.ChallengeView;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The portal's steps about the customer: payment methods, name and e-mail address. */
final class CustomerPages {
    private static final String CHALLENGE = "authenticate";

    private final World world;
    private final PortalProfile profile;
    private final Templates templates;
    private final Map<String, CardInput> challenged = new ConcurrentHashMap<>();

    CustomerPages(World world, PortalProfile profile, Templates templates) {
        this.world = world;
        this.profile = profile;
        this.templates = templates;
    }

    /** The page on which a new payment method is given. */
    record CardView(
            String business,
            String action,
            CardForm card,
            @Nullable String declined,
            String backUrl) {}

    /** The page on which billing details are changed. */
    record CustomerView(String business, List<CustomerForm.Entered> fields, String backUrl) {}

    /** The page on which a tax id is added. */
    record TaxIdView(
            String business,
            List<String> types,
            String type,
            String value,
            @Nullable String error,
            String backUrl) {}

    PageResponse cards(PageRequest request, Visit visit) {
        String id = request.segment(3);
        String step = request.segment(4);
        if (CHALLENGE.equals(id)) {
            return request.isPost() ? authenticated(request, visit) : challenge(visit);
        }
        if (id != null) {
            return change(request, visit, id, String.valueOf(step));
        }
        if (!visit.offers("payment_method_update")) {
            return templates.message(
                    200, "Not offered", "This portal does not take payment methods.", visit.back(), "Go back");
        }
        return request.isPost() ? add(request, visit) : form(visit, blank(visit), null);
    }

    PageResponse customer(PageRequest request, Visit visit) {
        if (!request.isPost()) {
            return customer(visit, CustomerForm.asIs(visit));
        }
        List<CustomerForm.Entered> typed = CustomerForm.typed(visit, request);
        if (typed.stream().anyMatch(each -> each.error() != null)) {
            return customer(visit, typed);
        }
        profile.update(visit.sessionId(), CustomerForm.change(typed));
        return visit.done(templates, "customer");
    }

    private PageResponse customer(Visit visit, List<CustomerForm.Entered> fields) {
        if (fields.isEmpty()) {
            return templates.message(
                    200, "Not offered", "This portal does not take billing details.", visit.back(), "Go back");
        }
        return templates.page("portal-customer", new CustomerView(visit.business(), fields, visit.back()));
    }

    PageResponse taxIds(PageRequest request, Visit visit) {
        String id = request.segment(3);
        if (id != null) {
            if (request.isPost() && "remove".equals(request.segment(4))) {
                profile.removeTaxId(visit.sessionId(), id);
                return visit.done(templates, "tax-id-removed");
            }
            return PageResponse.redirect(visit.at("?home=1"));
        }
        if (!visit.allows("tax_id")) {
            return templates.message(200, "Not offered", "This portal takes no tax IDs.", visit.back(), "Go back");
        }
        String type = request.isPost() ? request.field("type") : "eu_vat";
        String value = request.field("value");
        String error = null;
        if (request.isPost()) {
            try {
                profile.addTaxId(visit.sessionId(), type, value);
                return visit.done(templates, "tax-id");
            } catch (ApiError e) {
                error = e.getMessage();
            }
        }
        return templates.page(
                "portal-tax-id",
                new TaxIdView(
                        visit.business(),
                        TaxIdTypes.all().stream().sorted().toList(),
                        type,
                        value,
                        error,
                        visit.back()));
    }

    private PageResponse add(PageRequest request, Visit visit) {
        String email = Docs.text(visit.view().customer(), "email");
        CardForm.Reading reading = CardForm.read(request, email, now(visit));
        CardInput card = reading.card();
        return card == null ? form(visit, reading.form(), null) : tryCard(visit, card, reading.form(), false);
    }

    private PageResponse tryCard(Visit visit, CardInput card, CardForm form, boolean authenticated) {
        try {
            profile.addCard(visit.sessionId(), card, authenticated);
        } catch (ApiError e) {
            if ("authentication_required".equals(e.code()) && !authenticated) {
                challenged.put(visit.sessionId(), card);
                return PageResponse.redirect(visit.at("/payment-method/" + CHALLENGE));
            }
            return form(visit, form.forAnotherCard(), e.getMessage());
        }
        return visit.done(templates, "card");
    }

    private PageResponse challenge(Visit visit) {
        CardInput card = challenged.get(visit.sessionId());
        if (card == null) {
            return PageResponse.redirect(visit.at("/payment-method"));
        }
        String lastFour = "•••• " + card.number().substring(card.number().length() - 4);
        String action = visit.at("/payment-method/" + CHALLENGE);
        String purpose = "keep this card for later payments";
        return templates.page("challenge", new ChallengeView(visit.business(), purpose, null, lastFour, action));
    }

    private PageResponse authenticated(PageRequest request, Visit visit) {
        CardInput card = challenged.remove(visit.sessionId());
        if (card == null || !"complete".equals(request.field("result"))) {
            return form(visit, blank(visit), "The cardholder was not authenticated.");
        }
        return tryCard(visit, card, blank(visit), true);
    }

    private PageResponse change(PageRequest request, Visit visit, String id, String step) {
        if (!request.isPost()) {
            return PageResponse.redirect(visit.at("?home=1"));
        }
        return switch (step) {
            case "default" -> {
                profile.setDefaultCard(visit.sessionId(), id);
                yield visit.done(templates, "card");
            }
            case "remove" -> {
                profile.removeCard(visit.sessionId(), id);
                yield visit.done(templates, "removed");
            }
            default -> throw new NoSuchPageException("The portal has no such step.");
        };
    }

    private PageResponse form(Visit visit, CardForm card, @Nullable String declined) {
        return templates.page(
                "portal-card",
                new CardView(visit.business(), visit.at("/payment-method"), card, declined, visit.back()));
    }

    private static CardForm blank(Visit visit) {
        String name = Docs.text(visit.view().customer(), "name");
        return new CardForm("", "", name == null ? "" : name, Map.of());
    }

    private long now(Visit visit) {
        String clock = Docs.text(visit.view().customer(), "test_clock");
        return world.simulation().exclusively(() -> world.now(clock));
    }
}
