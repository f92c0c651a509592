package dev.billhook.simulator.page.checkout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.checkout.CheckoutSessions;
import dev.billhook.simulator.engine.checkout.completion.CheckoutEngine;
import dev.billhook.simulator.engine.checkout.completion.CheckoutResult;
import dev.billhook.simulator.engine.checkout.completion.PaymentDetails;
import dev.billhook.simulator.engine.debit.BankDebits;
import dev.billhook.simulator.engine.tax.AutomaticTax;
import dev.billhook.simulator.http.PageHandler;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.page.card.ChallengeView;
import dev.billhook.simulator.page.kit.Links;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The hosted Checkout page: shows a session, takes a card, asks the cardholder to authenticate, and goes on to the shop. */
public final class CheckoutPage implements PageHandler {
    private static final String TYPE = "checkout.session";

    private final World world;
    private final CheckoutEngine engine;
    private final CheckoutSessions sessions;
    private final Templates templates;
    private final String business;
    private final Summaries summaries;
    private final Map<String, Entry> waiting = new ConcurrentHashMap<>();

    public CheckoutPage(
            World world, CheckoutEngine engine, CheckoutSessions sessions, Templates templates, String business) {
        this.world = world;
        this.engine = engine;
        this.sessions = sessions;
        this.templates = templates;
        this.business = business;
        this.summaries = new Summaries(world.store(), sessions);
    }

    @Override
    public PageResponse handle(PageRequest request) {
        String id = request.segment(1);
        if (id == null) {
            throw new NoSuchPageException("This address names no Checkout session.");
        }
        if ("authenticate".equals(request.segment(2))) {
            return request.isPost() ? authenticated(request, id) : reading(id, this::challenge);
        }
        if ("recover".equals(request.segment(2))) {
            return recover(id);
        }
        return request.isPost() ? pay(request, id) : reading(id, session -> show(session, Entry.of(session, world)));
    }

    private PageResponse pay(PageRequest request, String id) {
        Entry entry = reading(id, session -> Entry.read(request, session, world));
        if ("update".equals(request.field("action"))) {
            return reading(id, session -> show(session, entry.updated()));
        }
        if ("code".equals(request.field("action")) || "no_code".equals(request.field("action"))) {
            return enterCode(request, id, entry);
        }
        if (!entry.isComplete()) {
            return reading(id, session -> show(session, entry));
        }
        PaymentDetails details = new PaymentDetails(
                entry.email(),
                entry.reading().card(),
                entry.quantities(),
                entry.extras().particulars(),
                entry.bank());
        return answer(engine.complete(id, details), id, entry);
    }

    private PageResponse recover(String id) {
        try {
            String fresh =
                    world.simulation().atomically(RequestInfo.NONE, () -> Docs.textOf(sessions.recover(id), "id"));
            return PageResponse.redirect("/pay/" + fresh);
        } catch (ApiError e) {
            return templates.message(e.status(), "Too late", String.valueOf(e.getMessage()));
        }
    }

    private PageResponse enterCode(PageRequest request, String id, Entry entry) {
        String code = "code".equals(request.field("action")) ? request.field("promotion_code") : "";
        String refused = "open".equals(status(id)) ? engine.enterCode(id, code) : null;
        Entry next = entry.withoutErrors();
        return reading(id, session -> show(session, refused == null ? next : next.refused(code, refused)));
    }

    private String status(String id) {
        return reading(id, session -> Docs.textOf(session, "status"));
    }

    private PageResponse authenticated(PageRequest request, String id) {
        boolean passed = "complete".equals(request.field("result"));
        Entry earlier = waiting.remove(id);
        Entry entry = reading(id, session -> earlier == null ? Entry.of(session, world) : earlier);
        return answer(engine.authenticate(id, passed), id, entry);
    }

    private PageResponse answer(CheckoutResult result, String id, Entry entry) {
        if (result instanceof CheckoutResult.Completed completed) {
            return Links.web(completed.redirectUrl()) == null
                    ? templates.message(200, "Done", "The session is complete; its success_url is not a web address.")
                    : PageResponse.redirect(completed.redirectUrl());
        }
        if (result instanceof CheckoutResult.ActionRequired) {
            waiting.put(id, entry.forAnotherCard());
            return PageResponse.redirect("/pay/" + id + "/authenticate");
        }
        String declined = result instanceof CheckoutResult.Declined refused ? refused.message() : null;
        return reading(id, session -> show(session, declined == null ? entry : entry.declined(declined)));
    }

    private PageResponse show(ObjectNode session, Entry entry) {
        String status = Docs.textOf(session, "status");
        if ("complete".equals(status)) {
            return over(session, "Already paid", "This Checkout session is complete.", "success_url", "Continue");
        }
        if (!"open".equals(status)) {
            String text = "This Checkout session has expired. Nothing was charged.";
            return over(session, "Too late", text, "cancel_url", "Back");
        }
        return templates.page("checkout", view(session, entry));
    }

    private CheckoutView view(ObjectNode session, Entry entry) {
        String mode = Docs.textOf(session, "mode");
        boolean trial = CheckoutSessions.hasTrial(session);
        boolean subscribes = "subscription".equals(mode);
        String submit = Submit.label(session, trial);
        String terms = subscribes && entry.cardNeeded()
                ? "The card is charged " + (trial ? "after the trial and " : "")
                        + "for every period until the plan is cancelled."
                : "";
        return new CheckoutView(
                business,
                summaries.of(session, business, entry, Entry.now(session, world)),
                "/pay/" + Docs.textOf(session, "id"),
                Links.web(Docs.text(session, "cancel_url")),
                "setup".equals(mode) ? "Your card" : "Payment details",
                submit,
                terms,
                entry.emailShown(),
                Objects.requireNonNullElse(entry.email(), ""),
                entry.emailLocked(),
                entry.emailError(),
                CheckoutSessions.needsMethod(session),
                BankDebits.isOffered(session),
                entry.reading().form(),
                entry.declined(),
                entry.code(),
                entry.codeError(),
                entry.extras().fields(),
                Submit.says(session, "submit"),
                Submit.says(session, "after_submit"),
                AutomaticTax.isOn(session));
    }

    private PageResponse over(ObjectNode session, String title, String text, String field, String label) {
        String url = Links.afterCheckout(Docs.text(session, field), Docs.textOf(session, "id"));
        return url == null ? templates.message(200, title, text) : templates.message(200, title, text, url, label);
    }

    private PageResponse challenge(ObjectNode session) {
        if (!"open".equals(Docs.text(session, "status"))) {
            return show(session, Entry.of(session, world));
        }
        String id = Docs.textOf(session, "id");
        Long total = Docs.number(session, "amount_total");
        String currency = Docs.text(session, "currency");
        String amount = total == null || total == 0 || currency == null ? null : AmountText.of(total, currency);
        String purpose = amount == null ? "keep this card for later payments" : "charge this card";
        return templates.page(
                "challenge", new ChallengeView(business, purpose, amount, null, "/pay/" + id + "/authenticate"));
    }

    private <T> T reading(String id, Function<ObjectNode, T> work) {
        return world.simulation().atomically(RequestInfo.NONE, () -> {
            ObjectNode session = world.store().find(TYPE, id);
            if (session == null) {
                throw new NoSuchPageException("There is no Checkout session at this address.");
            }
            return work.apply(session);
        });
    }
}
