package dev.billhook.simulator.engine.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.payment.CardInput;
import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.engine.payment.PaymentMethods;
import dev.billhook.simulator.engine.payment.PaymentOutcome;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a customer does on the hosted portal, by the same operations as the API. Every call names the portal session, touches only
 * what belongs to its customer, and is refused with an {@link ApiError} where the configuration does not offer it. Thread-safe.
 */
public final class PortalEngine {
    private final World world;
    private final PaymentEngine payment;
    private final BillingEngine billing;

    public PortalEngine(World world, PaymentEngine payment, BillingEngine billing) {
        this.world = world;
        this.payment = payment;
        this.billing = billing;
    }

    /** What there is to show. */
    public PortalView view(String sessionId) {
        return unit(() -> {
            ObjectNode session = session(sessionId);
            String customer = Docs.textOf(session, "customer");
            List<ObjectNode> invoices = shown("invoice", customer).stream()
                    .filter(invoice -> !"draft".equals(Docs.text(invoice, "status")))
                    .toList();
            return new PortalView(
                    world.renderer().render(session),
                    world.renderer().render(configuration(session)),
                    world.renderer().render(world.finder().inUrl("customer", customer)),
                    shown("subscription", customer),
                    shown("payment_method", customer),
                    invoices);
        });
    }

    /** Cancels as the configuration says: at the end of the period, or now. */
    public ObjectNode cancel(
            String sessionId, String subscriptionId, @Nullable String feedback, @Nullable String comment) {
        return shownAfter(() -> {
            ObjectNode session = offered(sessionId, "subscription_cancel");
            own("subscription", subscriptionId, session);
            ObjectNode mode = Docs.child(Docs.child(configuration(session), "features"), "subscription_cancel");
            ObjectNode request = Docs.object();
            ObjectNode details = request.putObject("cancellation_details");
            putIfGiven(details, "feedback", feedback);
            putIfGiven(details, "comment", comment);
            if ("immediately".equals(Docs.text(mode, "mode"))) {
                boolean prorates = !"none".equals(Docs.text(mode, "proration_behavior"));
                request.put("prorate", prorates);
                request.put("invoice_now", "always_invoice".equals(Docs.text(mode, "proration_behavior")));
                return billing.subscriptions().cancel(subscriptionId, Params.of(request));
            }
            request.put("cancel_at_period_end", true);
            return billing.changes().update(subscriptionId, Params.of(request));
        });
    }

    /** Withdraws a cancellation that has not taken effect. */
    public ObjectNode resume(String sessionId, String subscriptionId) {
        return shownAfter(() -> {
            own("subscription", subscriptionId, session(sessionId));
            ObjectNode request = Docs.object().put("cancel_at_period_end", false);
            return billing.changes().update(subscriptionId, Params.of(request));
        });
    }

    /** What switching an item to a price and quantity would cost: the invoice as a preview shows it. */
    public ObjectNode previewSwitch(String sessionId, String subscriptionId, String price, long quantity) {
        return shownAfter(() -> {
            ObjectNode session = offered(sessionId, "subscription_update");
            ObjectNode request = Docs.object().put("subscription", subscriptionId);
            request.set("subscription_details", switching(session, subscriptionId, price, quantity));
            return billing.previews().preview(Params.of(request));
        });
    }

    /** Switches the first item of a subscription to a price and quantity. */
    public ObjectNode switchPlan(String sessionId, String subscriptionId, String price, long quantity) {
        return shownAfter(() -> {
            ObjectNode session = offered(sessionId, "subscription_update");
            ObjectNode request = switching(session, subscriptionId, price, quantity);
            request.put("payment_behavior", "error_if_incomplete");
            return billing.changes().update(subscriptionId, Params.of(request));
        });
    }

    /** Adds a card and makes it the default of the customer and of its subscriptions. */
    public ObjectNode addCard(String sessionId, CardInput card, boolean authenticated) {
        return shownAfter(() -> {
            ObjectNode session = offered(sessionId, "payment_method_update");
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
        return shownAfter(() -> {
            ObjectNode session = offered(sessionId, "payment_method_update");
            ObjectNode method = own("payment_method", methodId, session);
            useByDefault(Docs.textOf(session, "customer"), methodId);
            return method;
        });
    }

    /** Removes a card. */
    public ObjectNode removeCard(String sessionId, String methodId) {
        return shownAfter(() -> {
            own("payment_method", methodId, offered(sessionId, "payment_method_update"));
            return payment.methods().detach(methodId);
        });
    }

    /** Changes name and e-mail address of the customer. */
    public ObjectNode updateCustomer(String sessionId, String name, String email) {
        return shownAfter(() -> {
            ObjectNode session = offered(sessionId, "customer_update");
            ObjectNode request = Docs.object().put("name", name).put("email", email);
            return payment.customers().update(Docs.textOf(session, "customer"), Params.of(request));
        });
    }

    private ObjectNode switching(ObjectNode session, String subscriptionId, String price, long quantity) {
        ObjectNode subscription = own("subscription", subscriptionId, session);
        ObjectNode feature = Docs.child(Docs.child(configuration(session), "features"), "subscription_update");
        boolean sold = Docs.objects(feature, "products").stream()
                .anyMatch(product -> Docs.texts(product, "prices").contains(price));
        if (!sold) {
            throw ApiError.invalid(null, "price", "The portal does not offer this price.");
        }
        ObjectNode request = Docs.object();
        ObjectNode item = request.putArray("items").addObject();
        item.put("id", Docs.textOf(Docs.objects(subscription, "items").get(0), "id"));
        item.put("price", price);
        item.put("quantity", quantity);
        String proration = Docs.text(feature, "proration_behavior");
        request.put("proration_behavior", proration == null ? "none" : proration);
        return request;
    }

    private void useByDefault(String customer, String methodId) {
        ObjectNode request = Docs.object();
        request.putObject("invoice_settings").put("default_payment_method", methodId);
        payment.customers().update(customer, Params.of(request));
        ObjectNode change = Docs.object().put("default_payment_method", methodId);
        world.store().newestFirst("subscription", "customer", customer).toList().stream()
                .filter(subscription -> subscription.hasNonNull("default_payment_method"))
                .filter(subscription -> subscription.path("ended_at").isNull())
                .forEach(subscription ->
                        billing.changes().update(Docs.textOf(subscription, "id"), Params.of(change.deepCopy())));
    }

    private ObjectNode session(String id) {
        return world.finder().inUrl(PortalSessions.TYPE, id);
    }

    private ObjectNode configuration(ObjectNode session) {
        return world.store().get(PortalConfigurations.TYPE, Docs.textOf(session, "configuration"));
    }

    private ObjectNode offered(String sessionId, String feature) {
        ObjectNode session = session(sessionId);
        if (!Docs.flag(Docs.child(Docs.child(configuration(session), "features"), feature), "enabled")) {
            throw ApiError.invalid(null, null, "The portal's configuration does not offer " + feature + ".");
        }
        return session;
    }

    private ObjectNode own(String type, String id, ObjectNode session) {
        ObjectNode doc = world.finder().inUrl(type, id);
        if (!Docs.textOf(session, "customer").equals(Docs.text(doc, "customer"))) {
            throw ApiError.noSuch(type, id, "id", true);
        }
        return doc;
    }

    private List<ObjectNode> shown(String type, String customer) {
        return world.store()
                .newestFirst(type, "customer", customer)
                .map(world.renderer()::render)
                .toList();
    }

    private ObjectNode shownAfter(Supplier<ObjectNode> work) {
        return world.simulation()
                .atomically(RequestInfo.NONE, () -> world.renderer().render(work.get()));
    }

    private <T> T unit(Supplier<T> work) {
        return world.simulation().atomically(RequestInfo.NONE, work);
    }

    private static void putIfGiven(ObjectNode node, String field, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            node.put(field, value);
        }
    }
}
