package dev.billhook.simulator.page.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.http.PageHandler;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.page.card.ChallengeView;
import dev.billhook.simulator.page.kit.Links;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;
import org.jspecify.annotations.Nullable;

/** The 3-D Secure step of a payment or set-up intent that a client or an invoice confirmed. */
public final class AuthenticationPage implements PageHandler {
    private final World world;
    private final PaymentEngine payment;
    private final Templates templates;
    private final String business;

    public AuthenticationPage(World world, PaymentEngine payment, Templates templates, String business) {
        this.world = world;
        this.payment = payment;
        this.templates = templates;
        this.business = business;
    }

    @Override
    public PageResponse handle(PageRequest request) {
        String id = String.valueOf(request.segment(1));
        return world.simulation().atomically(RequestInfo.NONE, () -> {
            ObjectNode intent = intent(id);
            if (!"requires_action".equals(Docs.text(intent, "status"))) {
                return templates.message(200, "Nothing to do", "This payment does not wait for authentication.");
            }
            return request.isPost()
                    ? answer(intent, "complete".equals(request.field("result")))
                    : templates.page("challenge", ChallengeView.of(world.store(), business, intent, "/3ds/" + id));
        });
    }

    private PageResponse answer(ObjectNode intent, boolean passed) {
        String id = Docs.textOf(intent, "id");
        boolean payments = "payment_intent".equals(Docs.text(intent, "object"));
        String back = returnUrl(intent);
        if (payments) {
            payment.payments().authenticate(id, passed);
        } else {
            payment.setups().authenticate(id, passed);
        }
        String invoice = payments ? invoiceOf(id) : null;
        if (back != null) {
            String name = payments ? "payment_intent" : "setup_intent";
            String secret = Docs.textOf(intent, "client_secret");
            String query = name + "=" + id + "&" + name + "_client_secret=" + secret + "&redirect_status="
                    + (passed ? "succeeded" : "failed");
            return PageResponse.redirect(back + (back.contains("?") ? "&" : "?") + query);
        }
        if (invoice != null) {
            return PageResponse.redirect("/invoice/" + invoice);
        }
        return passed
                ? templates.message(200, "Authenticated", "The bank knows it is you. This page can be closed.")
                : templates.message(200, "Not authenticated", "The payment was refused. This page can be closed.");
    }

    private ObjectNode intent(String id) {
        ObjectNode intent = world.store().find("payment_intent", id);
        ObjectNode found = intent == null ? world.store().find("setup_intent", id) : intent;
        if (found == null) {
            throw new NoSuchPageException("There is no payment at this address.");
        }
        return found;
    }

    private static @Nullable String returnUrl(ObjectNode intent) {
        ObjectNode redirect = Docs.child(Docs.child(intent, "next_action"), "redirect_to_url");
        String url = Docs.text(redirect, "return_url");
        return url == null || url.equals(Docs.text(redirect, "url")) ? null : Links.web(url);
    }

    private @Nullable String invoiceOf(String intentId) {
        return world.store()
                .newestFirst("invoice_payment", "payment_intent", intentId)
                .findFirst()
                .map(found -> Docs.textOf(found, "invoice"))
                .orElse(null);
    }
}
