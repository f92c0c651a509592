package dev.billhook.simulator.engine.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.engine.payment.PaymentOutcome;
import dev.billhook.simulator.engine.payment.method.CardInput;
import dev.billhook.simulator.engine.payment.method.PaymentMethods;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.engine.tax.TaxIds;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;

/** What a customer does on the portal with its payment methods and billing details. */
public final class PortalProfile {
    private static final String CARDS = "payment_method_update";
    private static final String DETAILS = "customer_update";

    private final PortalAccess access;
    private final PaymentEngine payment;
    private final BillingEngine billing;
    private final TaxIds taxIds;

    PortalProfile(PortalAccess access, PaymentEngine payment, BillingEngine billing, TaxIds taxIds) {
        this.access = access;
        this.payment = payment;
        this.billing = billing;
        this.taxIds = taxIds;
    }

    /** Adds a card and makes it the default of the customer and of its subscriptions. */
    public ObjectNode addCard(String sessionId, CardInput card, boolean authenticated) {
        return access.shownAfter(() -> {
            ObjectNode session = access.offered(sessionId, CARDS);
            String customer = Docs.textOf(session, "customer");
            ObjectNode method = payment.methods().fromCard(card);
            String id = Docs.textOf(method, "id");
            if (PaymentMethods.mustAuthenticate(method)) {
                if (!authenticated) {
                    throw ApiError.card("authentication_required", null, "Your card needs to be authenticated.")
                            .discardingState();
                }
                payment.methods().notePassed(id);
            }
            ObjectNode setup = payment.setups().create(customer);
            payment.setups().created(setup);
            PaymentOutcome outcome = payment.setups().confirm(Docs.textOf(setup, "id"), id);
            if (outcome.error() != null) {
                throw outcome.error().discardingState();
            }
            useByDefault(customer, id);
            return method;
        });
    }

    /** Makes an attached card the default. */
    public ObjectNode setDefaultCard(String sessionId, String methodId) {
        return access.shownAfter(() -> {
            ObjectNode session = access.offered(sessionId, CARDS);
            ObjectNode method = access.own("payment_method", methodId, session);
            useByDefault(Docs.textOf(session, "customer"), methodId);
            return method;
        });
    }

    /** Removes a card. */
    public ObjectNode removeCard(String sessionId, String methodId) {
        return access.shownAfter(() -> {
            access.own("payment_method", methodId, access.offered(sessionId, CARDS));
            return payment.methods().detach(methodId);
        });
    }

    /** Changes fields of the customer, each of which the configuration must allow. */
    public ObjectNode update(String sessionId, ObjectNode change) {
        return access.shownAfter(() -> {
            ObjectNode session = access.offered(sessionId, DETAILS);
            change.properties().forEach(field -> checkAllowed(session, field.getKey()));
            return payment.customers().update(Docs.textOf(session, "customer"), Params.of(change));
        });
    }

    /** Adds a tax id. */
    public ObjectNode addTaxId(String sessionId, String type, String value) {
        return access.shownAfter(() -> {
            ObjectNode session = access.offered(sessionId, DETAILS);
            checkAllowed(session, "tax_id");
            ObjectNode request = Docs.object().put("type", type).put("value", value);
            return taxIds.create(Docs.textOf(session, "customer"), Params.of(request));
        });
    }

    /** Removes a tax id. */
    public ObjectNode removeTaxId(String sessionId, String id) {
        return access.shownAfter(() -> {
            ObjectNode session = access.offered(sessionId, DETAILS);
            checkAllowed(session, "tax_id");
            return taxIds.delete(id, Docs.textOf(session, "customer"));
        });
    }

    private void checkAllowed(ObjectNode session, String field) {
        List<String> allowed = Docs.texts(access.feature(session, DETAILS), "allowed_updates");
        if (!allowed.contains(field)) {
            throw ApiError.invalid(null, field, "The portal's configuration does not allow to change " + field + ".");
        }
    }

    private void useByDefault(String customer, String methodId) {
        ObjectNode request = Docs.object();
        request.putObject("invoice_settings").put("default_payment_method", methodId);
        payment.customers().update(customer, Params.of(request));
        ObjectNode change = Docs.object().put("default_payment_method", methodId);
        access.world().store().newestFirst("subscription", "customer", customer).toList().stream()
                .filter(subscription -> subscription.hasNonNull("default_payment_method"))
                .filter(subscription -> subscription.path("ended_at").isNull())
                .forEach(subscription ->
                        billing.changes().update(Docs.textOf(subscription, "id"), Params.of(change.deepCopy())));
    }
}
