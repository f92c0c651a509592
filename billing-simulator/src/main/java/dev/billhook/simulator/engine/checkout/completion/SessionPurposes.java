package dev.billhook.simulator.engine.checkout.completion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.checkout.CheckoutSessions;
import dev.billhook.simulator.engine.debit.BankDebits;
import dev.billhook.simulator.engine.debit.BankInput;
import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.engine.payment.PaymentOutcome;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.engine.tax.AutomaticTax;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import org.jspecify.annotations.Nullable;

/** Does what a session is for with what a person entered: subscribes, pays, or keeps a payment method. */
final class SessionPurposes {
    private final World world;
    private final CheckoutSessions sessions;
    private final SessionCustomers customers;
    private final Engines engines;
    private final CheckoutInvoices invoices;
    private final BankDebits debits;

    SessionPurposes(
            World world,
            CheckoutSessions sessions,
            SessionCustomers customers,
            Engines engines,
            CheckoutInvoices invoices) {
        this.world = world;
        this.sessions = sessions;
        this.customers = customers;
        this.engines = engines;
        this.invoices = invoices;
        this.debits = new BankDebits(world, engines.payment().charging().charges());
    }

    /** What is charged by. */
    record Engines(PaymentEngine payment, BillingEngine billing) {}

    void subscribe(ObjectNode session, PaymentDetails details, @Nullable String methodId) {
        String customer = customers.customer(session, details);
        if (methodId != null) {
            engines.payment().methods().attach(methodId, customer);
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
        ObjectNode subscription = engines.billing().subscriptions().create(Params.of(request));
        session.put("customer", customer);
        session.put("subscription", Docs.textOf(subscription, "id"));
        session.put("invoice", Docs.text(subscription, "latest_invoice"));
        session.put("payment_status", Docs.numberOf(session, "amount_total") == 0 ? "no_payment_required" : "paid");
    }

    void pay(ObjectNode session, PaymentDetails details, @Nullable String methodId) {
        ObjectNode data = Docs.child(session, "_payment_intent_data");
        boolean keeps = data.hasNonNull("setup_future_usage");
        boolean free = methodId == null;
        String customer = payer(session, details, free || keeps || CheckoutInvoices.isWanted(session));
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
            engines.payment().methods().attach(required(methodId), customer);
        }
        session.put("payment_intent", Docs.textOf(intent, "id"));
        boolean held = "requires_capture".equals(Docs.text(intent, "status"));
        session.put("payment_status", held ? "unpaid" : "paid");
    }

    void payLater(ObjectNode session, PaymentDetails details, BankInput bank) {
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
            ObjectNode session, @Nullable String customer, @Nullable String methodId, Params given) {
        ObjectNode intent = intent(session, customer, given);
        if (intent != null) {
            refuseUnlessDone(engines.payment().payments().confirm(Docs.textOf(intent, "id"), required(methodId)));
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
        ObjectNode intent = engines.payment().payments().create(amount, Docs.textOf(session, "currency"), customer);
        given.copyTo(intent, "capture_method");
        describe(intent, given);
        engines.payment().payments().created(intent);
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

    void setUp(ObjectNode session, PaymentDetails details, @Nullable String methodId) {
        boolean known = !session.path("customer").isNull();
        String customer = known || "always".equals(Docs.text(session, "customer_creation"))
                ? customers.customer(session, details)
                : null;
        ObjectNode intent = engines.payment().setups().create(customer);
        Params given = Params.of(Docs.child(session, "_setup_intent_data"));
        given.copyTo(intent, "description");
        given.mergeMetadata(intent);
        engines.payment().setups().created(intent);
        refuseUnlessDone(engines.payment().setups().confirm(Docs.textOf(intent, "id"), required(methodId)));
        session.put("customer", customer);
        session.put("setup_intent", Docs.textOf(intent, "id"));
        session.put("payment_status", "no_payment_required");
    }

    private static String required(@Nullable String methodId) {
        if (methodId == null) {
            throw ApiError.missing("payment_method");
        }
        return methodId;
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
}
