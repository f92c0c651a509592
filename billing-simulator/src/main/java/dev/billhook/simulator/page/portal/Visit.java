package dev.billhook.simulator.page.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.portal.PortalView;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.kit.Links;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;
import org.jspecify.annotations.Nullable;

/** One customer's use of a portal session: what it may do, and where its steps lead. */
final class Visit {
    private final PortalView view;
    private final String business;

    Visit(PortalView view, String business) {
        this.view = view;
        this.business = business;
    }

    String business() {
        return business;
    }

    PortalView view() {
        return view;
    }

    String sessionId() {
        return Docs.textOf(view.session(), "id");
    }

    /** Whether the portal's configuration offers something. */
    boolean offers(String feature) {
        return Docs.flag(feature(feature), "enabled");
    }

    /** Whether the customer may change this of its details. */
    boolean allows(String detail) {
        return offers("customer_update")
                && Docs.texts(feature("customer_update"), "allowed_updates").contains(detail);
    }

    /** The configuration of a feature. */
    ObjectNode feature(String name) {
        return Docs.child(Docs.child(view.configuration(), "features"), name);
    }

    /** The flow the session was made for, or null. */
    @Nullable String flow() {
        return Docs.text(Docs.child(view.session(), "flow"), "type");
    }

    /** The address of a page of the portal. */
    String at(String path) {
        return "/portal/" + sessionId() + path;
    }

    /** The address of a page about a subscription. */
    String at(ObjectNode subscription, String step) {
        return at("/subscriptions/" + Docs.textOf(subscription, "id") + "/" + step);
    }

    /** The customer's subscription of this id. */
    ObjectNode subscription(String id) {
        return view.subscriptions().stream()
                .filter(subscription -> id.equals(Docs.text(subscription, "id")))
                .findFirst()
                .orElseThrow(() -> new NoSuchPageException("There is no such plan."));
    }

    @Nullable String returnUrl() {
        return Links.web(Docs.text(view.session(), "return_url"));
    }

    /** Where somebody goes who does not want the step: out of a flow, or to the first page. */
    String back() {
        String url = flow() == null ? null : returnUrl();
        return url == null ? at("?home=1") : url;
    }

    /** Where a completed step leads; a flow may say where. */
    PageResponse done(Templates templates, String what) {
        ObjectNode after = Docs.child(Docs.child(view.session(), "flow"), "after_completion");
        String redirect = Links.web(Docs.text(Docs.child(after, "redirect"), "return_url"));
        if ("redirect".equals(Docs.text(after, "type")) && redirect != null) {
            return PageResponse.redirect(redirect);
        }
        if ("hosted_confirmation".equals(Docs.text(after, "type"))) {
            String own = Docs.text(Docs.child(after, "hosted_confirmation"), "custom_message");
            String text = own == null ? String.valueOf(notice(what)) : own;
            String url = returnUrl();
            return url == null
                    ? templates.message(200, "Done", text)
                    : templates.message(200, "Done", text, url, "Return to " + business);
        }
        return PageResponse.redirect(at("?done=" + what));
    }

    /** What is said after a step; null for an unknown one. */
    static @Nullable String notice(@Nullable String what) {
        if (what == null) {
            return null;
        }
        return switch (what) {
            case "canceled" -> "Your plan is cancelled.";
            case "resumed" -> "Your plan goes on.";
            case "stayed" -> "Your plan goes on, with the discount.";
            case "kept" -> "Your plan stays as it is.";
            case "tax-id" -> "The tax ID is saved.";
            case "tax-id-removed" -> "The tax ID is removed.";
            case "switched" -> "Your plan is updated.";
            case "card" -> "Your payment method is saved.";
            case "removed" -> "The payment method is removed.";
            case "customer" -> "Your billing information is saved.";
            default -> null;
        };
    }
}
