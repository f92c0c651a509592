package dev.billhook.simulator.engine.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.payment.PaymentOutcome;
import dev.billhook.simulator.engine.payment.PaymentOutcome.Kind;
import dev.billhook.simulator.engine.payment.Payments;
import dev.billhook.simulator.engine.payment.method.PaymentMethods;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects open invoices by the customer's payment method, tries again some days later, and gives up in the end. Source: Stripe
 * documentation, "Revenue recovery".
 */
public final class InvoiceCollection {
    static final String RETRY = "invoice.retry";
    private static final long DAY = 86_400;

    private final World world;
    private final Invoices invoices;
    private final Payments payments;
    private final PaymentMethods methods;
    private final PaymentNotes notes;
    private @Nullable InvoiceOwner owner;
    private DunningPolicy dunning = DunningPolicy.DEFAULT;

    InvoiceCollection(World world, Invoices invoices, Payments payments, PaymentMethods methods) {
        this.world = world;
        this.invoices = invoices;
        this.payments = payments;
        this.methods = methods;
        this.notes = new PaymentNotes(world);
        payments.onLaterSuccess(this::paidByIntent);
        invoices.onVoid(this::voided);
        world.simulation().onTimer(RETRY, this::retry);
    }

    PaymentNotes notes() {
        return notes;
    }

    void ownedBy(InvoiceOwner who) {
        this.owner = who;
    }

    /** Sets what happens from now on when invoices cannot be collected. */
    public void dunning(DunningPolicy policy) {
        this.dunning = policy;
    }

    /** What happens when invoices cannot be collected. */
    public DunningPolicy dunning() {
        return dunning;
    }

    /** Prepares the payment of an open invoice without trying it, so that the customer can be asked to confirm it. */
    void prepare(ObjectNode invoice) {
        if (Docs.numberOf(invoice, "amount_remaining") == 0) {
            markPaid(invoice, false);
        } else if (intentOf(invoice) == null) {
            requestPayment(invoice);
        }
    }

    /** Tries to pay an open invoice; with no method named, by the default of the subscription or customer. */
    @Nullable ApiError attempt(ObjectNode invoice, @Nullable String methodId, boolean automatic) {
        if (Docs.numberOf(invoice, "amount_remaining") == 0) {
            markPaid(invoice, false);
            return null;
        }
        ObjectNode method =
                methodId == null ? defaultMethod(invoice) : world.store().get("payment_method", methodId);
        invoice.put("attempted", true);
        invoice.put("attempt_count", Docs.numberOf(invoice, "attempt_count") + 1);
        ObjectNode intent = requestPayment(invoice);
        if (method == null) {
            ApiError none = ApiError.invalid(
                    "resource_missing",
                    null,
                    "The customer has no payment method with which the invoice could be paid.");
            fail(invoice, automatic);
            return none;
        }
        PaymentOutcome outcome = payments.confirm(Docs.textOf(intent, "id"), Docs.textOf(method, "id"));
        if (outcome.succeeded()) {
            settle(invoice, outcome.intent());
            return null;
        }
        if (outcome.kind() == Kind.ACTION_REQUIRED) {
            world.events().emit("invoice.payment_action_required", invoice);
        }
        fail(invoice, automatic);
        return outcome.error() == null
                ? ApiError.card(
                        "invoice_payment_intent_requires_action", null, "The payment needs the customer's action.")
                : outcome.error();
    }

    /** Pays an open invoice on request of the API. */
    public ObjectNode pay(String id, @Nullable String methodId, boolean outOfBand) {
        ObjectNode invoice = world.store().edit(Invoices.TYPE, id);
        if ("draft".equals(Invoices.status(invoice))) {
            invoice = invoices.finalizeDraft(id);
        }
        String status = Invoices.status(invoice);
        if ("paid".equals(status)) {
            throw ApiError.invalid("invoice_already_paid", null, "The invoice is paid already.");
        }
        if (!"open".equals(status) && !"uncollectible".equals(status)) {
            throw ApiError.invalid("invoice_not_editable", null, "An invoice that is " + status + " cannot be paid.");
        }
        if (outOfBand) {
            withdraw(invoice, null);
            markPaid(invoice, true);
            return invoice;
        }
        ApiError error = attempt(invoice, methodId, false);
        if (error != null) {
            throw error;
        }
        return invoice;
    }

    /** The payments of an invoice, newest first. */
    public List<ObjectNode> paymentsOf(String invoiceId) {
        return world.store()
                .newestFirst("invoice_payment", "invoice", invoiceId)
                .toList();
    }

    /** The intent by which an invoice is to be paid, or null. */
    public @Nullable ObjectNode intentOf(ObjectNode invoice) {
        return paymentsOf(Docs.textOf(invoice, "id")).stream()
                .filter(payment -> Docs.flag(payment, "is_default"))
                .filter(payment -> !"canceled".equals(Docs.text(payment, "status")))
                .map(payment -> Docs.textOf(Docs.child(payment, "payment"), "payment_intent"))
                .findFirst()
                .map(intent -> world.store().get("payment_intent", intent))
                .orElse(null);
    }

    /** Tries to collect an open invoice by itself at this second, unless it is paid by then. */
    void tryAt(ObjectNode invoice, long second) {
        if ("open".equals(Invoices.status(invoice))
                && "charge_automatically".equals(Docs.text(invoice, "collection_method"))) {
            invoice.put("next_payment_attempt", second);
            world.simulation().schedule(Docs.text(invoice, "test_clock"), second, RETRY, Docs.textOf(invoice, "id"));
        }
    }

    private ObjectNode requestPayment(ObjectNode invoice) {
        ObjectNode present = intentOf(invoice);
        if (present != null && !"canceled".equals(Docs.text(present, "status"))) {
            return present;
        }
        ObjectNode intent = payments.create(
                Docs.numberOf(invoice, "amount_remaining"),
                Docs.textOf(invoice, "currency"),
                Docs.textOf(invoice, "customer"));
        intent.put("description", "Invoice " + Docs.text(invoice, "number"));
        intent.put("setup_future_usage", "off_session");
        payments.created(intent);
        notes.ask(invoice, intent, true);
        return intent;
    }

    private void voided(ObjectNode invoice) {
        if (owner != null) {
            owner.voided(invoice);
        }
        withdraw(invoice, "void_invoice");
    }

    /** Cancels what was asked of the customer, since the invoice is not to be paid that way. */
    void withdraw(ObjectNode invoice, @Nullable String reason) {
        for (ObjectNode found : paymentsOf(Docs.textOf(invoice, "id"))) {
            if ("open".equals(Docs.text(found, "status"))) {
                ObjectNode payment = world.store().edit("invoice_payment", Docs.textOf(found, "id"));
                payment.put("status", "canceled");
                Docs.child(payment, "status_transitions").put("canceled_at", invoices.now(invoice));
                String intent = Docs.textOf(Docs.child(payment, "payment"), "payment_intent");
                payments.cancel(intent, reason);
            }
        }
    }

    private void paidByIntent(ObjectNode intent) {
        world.store()
                .newestFirst("invoice_payment", "payment_intent", Docs.textOf(intent, "id"))
                .findFirst()
                .map(payment -> world.store().edit(Invoices.TYPE, Docs.textOf(payment, "invoice")))
                .filter(invoice -> "open".equals(Invoices.status(invoice)))
                .ifPresent(invoice -> settle(invoice, intent));
    }

    private void settle(ObjectNode invoice, ObjectNode intent) {
        invoice.put("_payment_method", Docs.text(intent, "payment_method"));
        world.store()
                .newestFirst("invoice_payment", "payment_intent", Docs.textOf(intent, "id"))
                .findFirst()
                .ifPresent(found -> notes.paid(invoice, intent, found));
        markPaid(invoice, false);
    }

    private void markPaid(ObjectNode invoice, boolean outOfBand) {
        long due = Docs.numberOf(invoice, "amount_due");
        invoice.put("status", "paid");
        invoice.put("attempted", true);
        invoice.put("amount_paid", due);
        invoice.put("amount_paid_off_stripe", outOfBand ? due : 0);
        invoice.put("amount_remaining", 0);
        invoice.put("auto_advance", false);
        invoice.putNull("next_payment_attempt");
        Docs.child(invoice, "status_transitions").put("paid_at", invoices.now(invoice));
        world.events().emitUpdated("invoice.updated", invoice);
        world.events().emit("invoice.paid", invoice);
        world.events().emit("invoice.payment_succeeded", invoice);
        setDelinquent(invoice, false);
        if (owner != null) {
            owner.paid(invoice);
        }
    }

    private void fail(ObjectNode invoice, boolean automatic) {
        boolean goesOn = !automatic || retryLater(invoice);
        world.events().emitUpdated("invoice.updated", invoice);
        world.events().emit("invoice.payment_failed", invoice);
        setDelinquent(invoice, true);
        if (owner != null && goesOn) {
            owner.failed(invoice);
        } else if (owner != null) {
            owner.givenUp(invoice, dunning.finalAction());
        }
    }

    /** Plans the next attempt after one that failed; false when that was the last. */
    private boolean retryLater(ObjectNode invoice) {
        int attempts = (int) Docs.numberOf(invoice, "_automatic_attempts");
        long now = invoices.now(invoice);
        long first = attempts == 0 ? now : Docs.numberOf(invoice, "_first_attempt");
        invoice.put("_first_attempt", first);
        invoice.put("_automatic_attempts", attempts + 1);
        if (attempts >= dunning.retryDays().size()) {
            invoice.putNull("next_payment_attempt");
            invoice.put("auto_advance", false);
            return false;
        }
        tryAt(invoice, Math.max(now, first + dunning.retryDays().get(attempts) * DAY));
        return true;
    }

    private void retry(String invoiceId) {
        ObjectNode invoice = world.store().find(Invoices.TYPE, invoiceId);
        Long next = invoice == null ? null : Docs.number(invoice, "next_payment_attempt");
        if (invoice != null
                && next != null
                && "open".equals(Invoices.status(invoice))
                && next <= invoices.now(invoice)) {
            attempt(world.store().edit(Invoices.TYPE, invoiceId), null, true);
        }
    }

    private @Nullable ObjectNode defaultMethod(ObjectNode invoice) {
        String own = Docs.text(invoice, "default_payment_method");
        if (own == null && owner != null) {
            own = owner.paymentMethod(invoice);
        }
        return methods.forSubscription(own, Docs.textOf(invoice, "customer"));
    }

    private void setDelinquent(ObjectNode invoice, boolean delinquent) {
        if (world.store().find("customer", Docs.textOf(invoice, "customer")) == null) {
            return;
        }
        ObjectNode customer = world.editCustomerOf(invoice);
        if (Docs.flag(customer, "delinquent") != delinquent) {
            customer.put("delinquent", delinquent);
            world.events().emitUpdated("customer.updated", customer);
        }
    }
}
