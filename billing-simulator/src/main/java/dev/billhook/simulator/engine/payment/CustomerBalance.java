package dev.billhook.simulator.engine.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import org.jspecify.annotations.Nullable;

/**
 * What customers owe, or are owed, beside their invoices: below zero is a credit. Every change of a balance goes through here and
 * leaves a transaction, so that a balance is the sum of its transactions. Source: Stripe documentation, "Customer invoice balance".
 * Amounts are minor units.
 */
public final class CustomerBalance {
    /** The type of the transactions' documents. */
    public static final String TYPE = "customer_balance_transaction";

    private static final String DEFAULT_CURRENCY = "usd";
    private static final long MAX_AMOUNT = 999_999_999_999L;
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"customer_balance_transaction","amount":0,"checkout_session":null,"created":0,
         "credit_note":null,"currency":"","customer":"","customer_account":null,"description":null,"ending_balance":0,
         "invoice":null,"livemode":false,"metadata":{},"type":"adjustment"}\
        """);

    private final World world;

    CustomerBalance(World world) {
        this.world = world;
    }

    /** Credits (below zero) or debits a customer on request of the API. */
    public ObjectNode adjust(String customerId, String currency, Params params) {
        ObjectNode customer = world.finder().editInUrl("customer", customerId);
        String own = Docs.text(customer, "currency");
        if (own != null && !own.equals(currency)) {
            throw ApiError.invalid(
                    null,
                    "currency",
                    "The customer's balance is in " + own + "; balances in several currencies are not modelled.");
        }
        customer.put("currency", currency);
        ObjectNode entry = record(customer, params.number("amount", 0), "adjustment");
        params.copyTo(entry, "description");
        params.mergeMetadata(entry);
        world.events().emitUpdated("customer.updated", customer);
        return entry;
    }

    /** Sets the balance of a customer that is being made or changed; tells nobody yet. */
    void set(ObjectNode customer, long balance, boolean initial) {
        long change = balance - Docs.numberOf(customer, "balance");
        if (change != 0) {
            record(customer, change, initial ? "initial" : "adjustment");
        }
    }

    /** Changes description and metadata of a transaction. */
    public ObjectNode update(String customerId, String id, Params params) {
        find(customerId, id);
        ObjectNode entry = world.store().edit(TYPE, id);
        params.copyTo(entry, "description");
        params.mergeMetadata(entry);
        return entry;
    }

    /** A transaction of this customer. */
    public ObjectNode find(String customerId, String id) {
        world.finder().inUrl("customer", customerId);
        ObjectNode entry = world.store().find(TYPE, id);
        if (entry == null || !customerId.equals(Docs.text(entry, "customer"))) {
            throw ApiError.noSuch(TYPE, id, "transaction", true);
        }
        return entry;
    }

    /** What an invoice takes of a balance, or leaves in it. */
    public record Settlement(long due, long endingBalance) {
        /** How an invoice total and a balance settle: what is less than nothing stays as credit. */
        public static Settlement of(long total, long balance) {
            long sum = total + balance;
            return new Settlement(Math.max(0, sum), Math.min(0, sum));
        }
    }

    /** Applies the balance of its customer to an invoice that is being finalized, and notes on it what was applied. */
    public void applyTo(ObjectNode invoice, ObjectNode customer) {
        String currency = Docs.textOf(invoice, "currency");
        if (Docs.text(customer, "currency") == null) {
            customer.put("currency", currency);
        }
        long balance = applicable(customer, currency);
        Settlement settled = Settlement.of(Docs.numberOf(invoice, "total"), balance);
        invoice.put("starting_balance", balance);
        invoice.put("ending_balance", settled.endingBalance());
        invoice.put("amount_due", settled.due());
        invoice.put("amount_remaining", settled.due());
        long change = settled.endingBalance() - balance;
        if (change != 0) {
            forInvoice(record(customer, change, "applied_to_invoice"), invoice);
        }
    }

    /** What of a customer's balance an invoice in this currency takes into account: the balance has one currency. */
    public static long applicable(ObjectNode customer, String currency) {
        String own = Docs.text(customer, "currency");
        return own == null || own.equals(currency) ? Docs.numberOf(customer, "balance") : 0;
    }

    /** Takes back what was applied to an invoice that is now void. */
    public void unapplyFrom(ObjectNode invoice) {
        String id = Docs.textOf(invoice, "id");
        long applied = world.store()
                .newestFirst(TYPE, "invoice", id)
                .filter(entry -> Docs.textOf(entry, "type").endsWith("applied_to_invoice")
                        || "unapplied_from_invoice".equals(Docs.text(entry, "type")))
                .mapToLong(entry -> Docs.numberOf(entry, "amount"))
                .sum();
        if (applied != 0 && world.store().find("customer", Docs.textOf(invoice, "customer")) != null) {
            ObjectNode customer = world.editCustomerOf(invoice);
            forInvoice(record(customer, -applied, "unapplied_from_invoice"), invoice);
            world.events().emitUpdated("customer.updated", customer);
        }
    }

    /** Credits what a credit note gives to the balance; returns the transaction. */
    public ObjectNode credit(ObjectNode invoice, String creditNote, long amount) {
        ObjectNode customer = world.editCustomerOf(invoice);
        ObjectNode entry = record(customer, -amount, "credit_note");
        forInvoice(entry, invoice);
        entry.put("credit_note", creditNote);
        world.events().emitUpdated("customer.updated", customer);
        return entry;
    }

    private ObjectNode record(ObjectNode customer, long amount, String type) {
        if (amount < -MAX_AMOUNT || amount > MAX_AMOUNT) {
            throw ApiError.invalid("parameter_invalid_integer", null, "A balance cannot change by as much.");
        }
        long ending = Docs.numberOf(customer, "balance") + amount;
        customer.put("balance", ending);
        @Nullable String clock = Docs.text(customer, "test_clock");
        ObjectNode entry = world.create(SHAPE, world.ids().next("cbtxn"), clock);
        String currency = Docs.text(customer, "currency");
        entry.put("amount", amount);
        entry.put("currency", currency == null ? DEFAULT_CURRENCY : currency);
        entry.put("customer", Docs.textOf(customer, "id"));
        entry.put("ending_balance", ending);
        entry.put("type", type);
        world.store().insert(entry);
        return entry;
    }

    private static void forInvoice(ObjectNode entry, ObjectNode invoice) {
        entry.set("invoice", invoice.path("id"));
        entry.set("currency", invoice.path("currency"));
    }
}
