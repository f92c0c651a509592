package dev.billhook.simulator.page.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.payment.CardInput;
import dev.billhook.simulator.engine.portal.PortalEngine;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.kit.CardForm;
import dev.billhook.simulator.page.kit.ChallengeView;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The portal's steps about the customer: payment methods, name and e-mail address. */
final class CustomerPages {
    private static final String CHALLENGE = "authenticate";

    private final World world;
    private final PortalEngine engine;
    private final Templates templates;
    private final Map<String, CardInput> challenged = new ConcurrentHashMap<>();

    CustomerPages(World world, PortalEngine engine, Templates templates) {
        this.world = world;
        this.engine = engine;
        this.templates = templates;
    }

    /** The page on which a new payment method is given. */
    record CardView(
            String business,
            String action,
            CardForm card,
            @Nullable String declined,
            String backUrl) {}

    /** The page on which name and e-mail address are changed. */
    record CustomerView(
            String business,
            String name,
            String email,
            @Nullable String emailError,
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
        ObjectNode customer = visit.view().customer();
        String name = Objects.requireNonNullElse(Docs.text(customer, "name"), "");
        String email = Objects.requireNonNullElse(Docs.text(customer, "email"), "");
        if (!request.isPost()) {
            return templates.page(
                    "portal-customer", new CustomerView(visit.business(), name, email, null, visit.back()));
        }
        String newName = request.field("name");
        String newEmail = request.field("email");
        if (!newEmail.matches("[^@\\s]+@[^@\\s]+")) {
            String error = "Enter an e-mail address, for example jo@example.com.";
            return templates.page(
                    "portal-customer", new CustomerView(visit.business(), newName, newEmail, error, visit.back()));
        }
        engine.updateCustomer(visit.sessionId(), newName, newEmail);
        return visit.done(templates, "customer");
    }

    private PageResponse add(PageRequest request, Visit visit) {
        String email = Docs.text(visit.view().customer(), "email");
        CardForm.Reading reading = CardForm.read(request, email, now(visit));
        CardInput card = reading.card();
        return card == null ? form(visit, reading.form(), null) : tryCard(visit, card, reading.form(), false);
    }

    private PageResponse tryCard(Visit visit, CardInput card, CardForm form, boolean authenticated) {
        try {
            engine.addCard(visit.sessionId(), card, authenticated);
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
                engine.setDefaultCard(visit.sessionId(), id);
                yield visit.done(templates, "card");
            }
            case "remove" -> {
                engine.removeCard(visit.sessionId(), id);
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
