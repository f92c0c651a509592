package dev.billhook.simulator.engine.checkout.completion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.checkout.CheckoutSessions;
import dev.billhook.simulator.engine.checkout.SessionAnswers;
import dev.billhook.simulator.engine.debit.BankInput;
import dev.billhook.simulator.engine.invoice.InvoiceEngine;
import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.engine.payment.method.CardInput;
import dev.billhook.simulator.engine.payment.method.PaymentMethods;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Completes Checkout sessions as the hosted page does when a person pays: makes the customer, the payment method, the
 * subscription or payment, and records the events. Thread-safe; each call is a unit of work of its own.
 */
public final class CheckoutEngine {
    private final World world;
    private final CheckoutSessions sessions;
    private final PaymentEngine payment;
    private final SessionCustomers customers;
    private final SessionPurposes purposes;
    private final Map<String, PaymentDetails> challenged = new ConcurrentHashMap<>();

    public CheckoutEngine(
            World world,
            CheckoutSessions sessions,
            PaymentEngine payment,
            BillingEngine billing,
            InvoiceEngine invoicing) {
        this.world = world;
        this.sessions = sessions;
        this.payment = payment;
        this.customers = new SessionCustomers(world, payment.customers(), sessions.taxes());
        this.purposes = new SessionPurposes(
                world,
                sessions,
                customers,
                new SessionPurposes.Engines(payment, billing),
                new CheckoutInvoices(world, invoicing, sessions.discounts()));
    }

    /** Tries to complete a session with what a person entered. */
    public CheckoutResult complete(String sessionId, PaymentDetails details) {
        return complete(sessionId, details, false);
    }

    /** The cardholder passed or failed the challenge an earlier attempt asked for. */
    public CheckoutResult authenticate(String sessionId, boolean passed) {
        PaymentDetails details = challenged.remove(sessionId);
        if (details == null) {
            return new CheckoutResult.Declined(
                    ApiError.invalid("payment_intent_unexpected_state", null, "No payment waits for authentication."));
        }
        if (!passed) {
            return new CheckoutResult.Declined(ApiError.card(
                    "payment_intent_authentication_failure", null, "We could not authenticate your card."));
        }
        return complete(sessionId, details, true);
    }

    /**
     * Takes a promotion code somebody entered, or the one taken before off again when nothing was.
     *
     * @return why the code cannot be redeemed; null when all is well
     */
    public @Nullable String enterCode(String sessionId, String code) {
        try {
            return world.simulation().atomically(RequestInfo.NONE, () -> {
                ObjectNode session = world.finder().editInUrl(CheckoutSessions.TYPE, sessionId);
                if (code.isBlank()) {
                    sessions.discounts().clear(session);
                } else {
                    sessions.discounts().enter(session, code);
                }
                sessions.total(session);
                return null;
            });
        } catch (ApiError e) {
            return e.getMessage();
        }
    }

    private CheckoutResult complete(String sessionId, PaymentDetails details, boolean passed) {
        try {
            return world.simulation().atomically(RequestInfo.NONE, () -> wholly(sessionId, details, passed));
        } catch (ApiError e) {
            return new CheckoutResult.Declined(e);
        }
    }

    /** A refusal undoes all of the attempt, also what the API would keep of a declined payment. */
    private CheckoutResult wholly(String sessionId, PaymentDetails details, boolean passed) {
        try {
            return attempt(sessionId, details, passed);
        } catch (ApiError e) {
            throw e.discardingState();
        }
    }

    private CheckoutResult attempt(String sessionId, PaymentDetails details, boolean passed) {
        ObjectNode session = world.finder().editInUrl(CheckoutSessions.TYPE, sessionId);
        String status = Docs.textOf(session, "status");
        if (!"open".equals(status)) {
            return new CheckoutResult.NotOpen(status);
        }
        SessionAnswers.record(session, details.particulars());
        session.set("_address", details.particulars().address().deepCopy());
        setQuantities(session, details);
        BankInput bank = details.bank();
        if (bank != null) {
            purposes.payLater(session, details, bank);
            return finish(session, details);
        }
        ObjectNode method = method(session, details);
        if (method != null && PaymentMethods.mustAuthenticate(method) && !passed) {
            world.simulation().discardUnit();
            challenged.put(sessionId, details);
            return new CheckoutResult.ActionRequired(sessionId);
        }
        String methodId = method == null ? null : Docs.textOf(method, "id");
        if (passed && methodId != null) {
            payment.methods().notePassed(methodId);
        }
        switch (Docs.textOf(session, "mode")) {
            case "subscription" -> purposes.subscribe(session, details, methodId);
            case "payment" -> purposes.pay(session, details, methodId);
            default -> purposes.setUp(session, details, methodId);
        }
        return finish(session, details);
    }

    private CheckoutResult finish(ObjectNode session, PaymentDetails details) {
        session.put("status", "complete");
        session.putNull("url");
        session.set("customer_details", customers.details(session, details));
        world.events().emit("checkout.session.completed", session);
        String url = Docs.textOf(session, "success_url");
        return new CheckoutResult.Completed(url.replace("{CHECKOUT_SESSION_ID}", Docs.textOf(session, "id")));
    }

    private @Nullable ObjectNode method(ObjectNode session, PaymentDetails details) {
        CardInput card = details.card();
        if (card != null) {
            return payment.methods().fromCard(card);
        }
        if (!CheckoutSessions.needsMethod(session)) {
            return null;
        }
        throw ApiError.card("incomplete_number", null, "Your card number is incomplete.")
                .discardingState();
    }

    private void setQuantities(ObjectNode session, PaymentDetails details) {
        List<ObjectNode> lines = Docs.objects(session, "_line_items");
        for (ObjectNode line : lines) {
            Long chosen = details.quantities().get(Docs.textOf(line, "id"));
            ObjectNode adjustable = Docs.child(line, "adjustable_quantity");
            if (chosen == null || !Docs.flag(adjustable, "enabled")) {
                continue;
            }
            Long minimum = Docs.number(adjustable, "minimum");
            Long maximum = Docs.number(adjustable, "maximum");
            if (chosen < (minimum == null ? 1 : minimum) || chosen > (maximum == null ? 99 : maximum)) {
                throw ApiError.invalid(null, "quantity", "Choose another quantity.");
            }
            line.put("quantity", chosen);
        }
        sessions.total(session);
    }
}
