package dev.billhook.simulator.engine.checkout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.debit.BankDebits;
import dev.billhook.simulator.engine.debit.BankInput;
import dev.billhook.simulator.engine.invoice.InvoiceEngine;
import dev.billhook.simulator.engine.payment.CardInput;
import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.engine.payment.PaymentMethods;
import dev.billhook.simulator.engine.payment.PaymentOutcome;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.engine.tax.AutomaticTax;
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
    private final BillingEngine billing;
    private final SessionCustomers customers;
    private final CheckoutInvoices invoices;
    private final BankDebits debits;
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
        this.billing = billing;
        this.customers = new SessionCustomers(world, payment.customers(), sessions.taxes());
        this.invoices = new CheckoutInvoices(world, invoicing, sessions.discounts());
        this.debits = new BankDebits(world, payment.charging().charges());
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
            payLater(session, details, bank);
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
            case "subscription" -> subscribe(session, details, methodId);
            case "payment" -> pay(session, details, required(methodId));
            default -> setUp(session, details, required(methodId));
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

    private void subscribe(ObjectNode session, PaymentDetails details, @Nullable String methodId) {
        String customer = customers.customer(session, details);
        if (methodId != null) {
            payment.methods().attach(methodId, customer);
        }
        ObjectNode request = Docs.child(session, "_subscription_data").deepCopy();
        request.put("customer", customer);
        request.put("currency", Docs.textOf(session, "currency"));
        request.put("default_payment_method", methodId);
        request.put("payment_behavior", "error_if_incomplete");
        ArrayNode items = request.putArray("items");
        ArrayNode extras = request.putArray("add_invoice_items");
        for (ObjectNode line : Docs.objects(session, "_line_items")) {
            ObjectNode price = world.store().get("price", Docs.textOf(line, "price"));
            boolean recurring = "recurring".equals(Docs.text(price, "type"));
            ObjectNode item = recurring ? items.addObject() : extras.addObject();
            item.put("price", Docs.textOf(price, "id"));
            Docs.put(item, "quantity", Docs.number(line, "quantity"));
            item.put("_agreed", !Docs.flag(price, "active"));
            item.set("tax_rates", line.withArray("_tax_rates").deepCopy());
        }
        sessions.discounts().copyTo(session, request);
        if (AutomaticTax.isOn(session)) {
            request.putObject("automatic_tax").put("enabled", true);
        }
        ObjectNode subscription = billing.subscriptions().create(Params.of(request));
        session.put("customer", customer);
        session.put("subscription", Docs.textOf(subscription, "id"));
        session.put("invoice", Docs.text(subscription, "latest_invoice"));
        session.put("payment_status", Docs.numberOf(session, "amount_total") == 0 ? "no_payment_required" : "paid");
    }

    private void pay(ObjectNode session, PaymentDetails details, String methodId) {
        ObjectNode data = Docs.child(session, "_payment_intent_data");
        boolean keeps = data.hasNonNull("setup_future_usage");
        String customer = payer(session, details, keeps || CheckoutInvoices.isWanted(session));
        Params given = Params.of(data);
        ObjectNode intent = CheckoutInvoices.isWanted(session) && customer != null
                ? invoices.pay(session, customer, methodId)
                : payDirectly(session, customer, methodId, given);
        if (intent == null) {
            session.put("payment_status", "no_payment_required");
            return;
        }
        describe(intent, given);
        if (keeps && customer != null) {
            payment.methods().attach(methodId, customer);
        }
        session.put("payment_intent", Docs.textOf(intent, "id"));
        boolean held = "requires_capture".equals(Docs.text(intent, "status"));
        session.put("payment_status", held ? "unpaid" : "paid");
    }

    private void payLater(ObjectNode session, PaymentDetails details, BankInput bank) {
        String customer = payer(session, details, false);
        Params given = Params.of(Docs.child(session, "_payment_intent_data"));
        ObjectNode intent = BankDebits.isOffered(session) ? intent(session, customer, given) : null;
        if (intent == null) {
            throw ApiError.invalid(null, "payment_method", "This session cannot be paid from a bank account.");
        }
        debits.begin(session, intent, bank, details.email());
        session.put("payment_intent", Docs.textOf(intent, "id"));
    }

    private @Nullable String payer(ObjectNode session, PaymentDetails details, boolean needed) {
        boolean needs = needed
                || !session.path("customer").isNull()
                || "always".equals(Docs.text(session, "customer_creation"));
        String customer = needs ? customers.customer(session, details) : null;
        session.put("customer", customer);
        return customer;
    }

    private @Nullable ObjectNode payDirectly(
            ObjectNode session, @Nullable String customer, String methodId, Params given) {
        ObjectNode intent = intent(session, customer, given);
        if (intent != null) {
            refuseUnlessDone(payment.payments().confirm(Docs.textOf(intent, "id"), methodId));
        }
        return intent;
    }

    /** A new payment of what the session costs; null when nothing is to be paid. */
    private @Nullable ObjectNode intent(ObjectNode session, @Nullable String customer, Params given) {
        sessions.discounts().redeem(session);
        long amount = Docs.numberOf(session, "amount_total");
        if (amount == 0) {
            return null;
        }
        ObjectNode intent = payment.payments().create(amount, Docs.textOf(session, "currency"), customer);
        given.copyTo(intent, "capture_method");
        describe(intent, given);
        payment.payments().created(intent);
        return intent;
    }

    private static void describe(ObjectNode intent, Params given) {
        given.copyTo(
                intent,
                "description",
                "setup_future_usage",
                "receipt_email",
                "statement_descriptor",
                "statement_descriptor_suffix",
                "transfer_group");
        given.mergeMetadata(intent);
    }

    private void setUp(ObjectNode session, PaymentDetails details, String methodId) {
        boolean known = !session.path("customer").isNull();
        String customer = known || "always".equals(Docs.text(session, "customer_creation"))
                ? customers.customer(session, details)
                : null;
        ObjectNode intent = payment.setups().create(customer);
        Params given = Params.of(Docs.child(session, "_setup_intent_data"));
        given.copyTo(intent, "description");
        given.mergeMetadata(intent);
        payment.setups().created(intent);
        refuseUnlessDone(payment.setups().confirm(Docs.textOf(intent, "id"), methodId));
        session.put("customer", customer);
        session.put("setup_intent", Docs.textOf(intent, "id"));
        session.put("payment_status", "no_payment_required");
    }

    private static void refuseUnlessDone(PaymentOutcome outcome) {
        if (outcome.error() != null) {
            throw outcome.error().discardingState();
        }
        if (outcome.kind() == PaymentOutcome.Kind.ACTION_REQUIRED) {
            throw ApiError.card("authentication_required", null, "Your card needs to be authenticated.")
                    .discardingState();
        }
    }

    private @Nullable ObjectNode method(ObjectNode session, PaymentDetails details) {
        CardInput card = details.card();
        if (card != null) {
            return payment.methods().fromCard(card);
        }
        boolean optional = "if_required".equals(Docs.text(session, "payment_method_collection"))
                && Docs.numberOf(session, "amount_total") == 0;
        if (optional && "subscription".equals(Docs.text(session, "mode"))) {
            return null;
        }
        throw ApiError.card("incomplete_number", null, "Your card number is incomplete.")
                .discardingState();
    }

    private static String required(@Nullable String methodId) {
        if (methodId == null) {
            throw ApiError.missing("payment_method");
        }
        return methodId;
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
