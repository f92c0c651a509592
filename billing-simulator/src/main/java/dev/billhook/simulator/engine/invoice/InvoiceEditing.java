package dev.billhook.simulator.engine.invoice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.invoice.item.InvoiceItems;
import dev.billhook.simulator.engine.invoice.item.InvoiceLines;
import dev.billhook.simulator.engine.invoice.item.ItemTerms;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes what will be billed: invoice items, be they pending or on a draft, and the lines of drafts. A line that stems from an
 * invoice item and the item always agree.
 */
public final class InvoiceEditing {
    private static final int MAX_ITEMS = 250;
    private static final List<String> OF_ITEMS_ONLY =
            List.of("amount", "discounts", "price_data", "pricing", "quantity", "quantity_decimal");

    private final World world;
    private final Invoices invoices;
    private final InvoiceItems items;
    private final InvoiceLines lines;
    private final ItemTerms terms;

    InvoiceEditing(World world, Invoices invoices, InvoiceItems items, InvoiceLines lines, ItemTerms terms) {
        this.world = world;
        this.invoices = invoices;
        this.items = items;
        this.lines = lines;
        this.terms = terms;
    }

    /** A new invoice item, pending or on the draft the request names. */
    public ObjectNode createItem(Params params) {
        String invoiceId = params.text("invoice");
        ObjectNode invoice = invoiceId == null ? null : draft(invoiceId, "invoice");
        String customer = invoice == null ? params.requireText("customer") : Docs.textOf(invoice, "customer");
        ObjectNode owner = world.finder().inParam("customer", params.text("customer", customer), "customer");
        if (!customer.equals(Docs.text(owner, "id"))) {
            throw ApiError.invalid(null, "invoice", "The invoice is for another customer.");
        }
        ObjectNode item = items.make(customer, currency(params, owner, invoice));
        String subscription = params.text("subscription");
        if (subscription != null) {
            ObjectNode found = world.finder().inParam("subscription", subscription, "subscription");
            if (!customer.equals(Docs.text(found, "customer"))) {
                throw ApiError.invalid(null, "subscription", "The subscription is another customer's.");
            }
            InvoiceItems.belong(item, subscription, null);
        }
        terms.setNew(item, params);
        items.keep(item);
        if (invoice != null) {
            take(invoice, item);
            changed(invoice);
        }
        return item;
    }

    /** Changes an invoice item that is pending or on a draft. */
    public ObjectNode updateItem(String id, Params params) {
        ObjectNode item = world.finder().editInUrl(InvoiceItems.TYPE, id);
        ObjectNode invoice = draftOf(item);
        terms.set(item, params);
        if (invoice != null) {
            refresh(invoice, item);
            changed(invoice);
        }
        return item;
    }

    /** Deletes an invoice item that is pending or on a draft. */
    public ObjectNode deleteItem(String id) {
        ObjectNode item = world.finder().inUrl(InvoiceItems.TYPE, id);
        ObjectNode invoice = draftOf(item);
        if (invoice != null) {
            data(invoice).remove(indexOf(invoice, id));
            changed(invoice);
        }
        return items.delete(item);
    }

    /** Makes or changes pending items as a preview asks; its unit of work is undone. */
    public void previewItems(String customer, @Nullable String currency, List<Params> asked) {
        for (Params given : asked) {
            ObjectNode named = given.tree().deepCopy();
            if (named.has("price")) {
                named.putObject("pricing").set("price", named.remove("price"));
            }
            if (named.has("unit_amount")) {
                named.put("unit_amount_decimal", named.remove("unit_amount").asText());
            }
            String id = given.text("invoiceitem");
            if (id != null) {
                updateItem(id, Params.of(named));
                continue;
            }
            if (!named.has("currency") && currency != null && !named.has("price_data")) {
                named.put("currency", currency);
            }
            createItem(Params.of(named.put("customer", customer)));
        }
    }

    /** Adds lines to a draft: of pending items, or of new ones. */
    public ObjectNode addLines(String invoiceId, Params params) {
        ObjectNode invoice = editable(invoiceId);
        for (Params line : params.groups("lines")) {
            String pending = line.text("invoice_item");
            if (pending == null) {
                ObjectNode item = items.make(Docs.textOf(invoice, "customer"), Docs.textOf(invoice, "currency"));
                terms.setNew(item, line);
                items.keep(item);
                take(invoice, item);
            } else {
                take(invoice, pendingItem(invoice, pending, line.name("invoice_item")));
            }
        }
        return finish(invoice, params);
    }

    /** Changes lines of a draft. */
    public ObjectNode updateLines(String invoiceId, Params params) {
        ObjectNode invoice = editable(invoiceId);
        for (Params line : params.groups("lines")) {
            update(invoice, line(invoice, line.requireText("id"), line.name("id")), line);
        }
        return finish(invoice, params);
    }

    /** Changes a line of a draft. */
    public ObjectNode updateLine(String invoiceId, String lineId, Params params) {
        ObjectNode invoice = editable(invoiceId);
        update(invoice, line(invoice, lineId, "line_item_id"), params);
        changed(invoice);
        return line(invoice, lineId, "line_item_id");
    }

    /** Takes lines off a draft; their items are deleted, or pending again. */
    public ObjectNode removeLines(String invoiceId, Params params) {
        ObjectNode invoice = editable(invoiceId);
        for (Params named : params.groups("lines")) {
            String item = itemOf(line(invoice, named.requireText("id"), named.name("id")));
            if (item == null) {
                throw ApiError.invalid(
                        "invoice_not_editable", named.name("id"), "The lines of a subscription's period stay.");
            }
            data(invoice).remove(indexOf(invoice, item));
            if ("unassign".equals(named.requireText("behavior"))) {
                world.store().edit(InvoiceItems.TYPE, item).putNull("invoice");
            } else {
                items.delete(world.store().get(InvoiceItems.TYPE, item));
            }
        }
        return finish(invoice, params);
    }

    /** Puts an item on a draft; its totals are left to be reworked. */
    void take(ObjectNode invoice, ObjectNode item) {
        if (data(invoice).size() >= MAX_ITEMS) {
            throw ApiError.invalid(
                    "invoice_no_customer_line_items", null, "An invoice has up to " + MAX_ITEMS + " items.");
        }
        String id = Docs.textOf(invoice, "id");
        world.store().edit(InvoiceItems.TYPE, Docs.textOf(item, "id")).put("invoice", id);
        data(invoice).add(lines.ofInvoiceItem(item).put("invoice", id));
    }

    private void update(ObjectNode invoice, ObjectNode line, Params params) {
        String itemId = itemOf(line);
        if (itemId != null) {
            ObjectNode item = world.store().edit(InvoiceItems.TYPE, itemId);
            terms.set(item, params);
            refresh(invoice, item);
            return;
        }
        for (String name : OF_ITEMS_ONLY) {
            if (params.has(name)) {
                throw ApiError.invalid(
                        "invoice_not_editable", params.name(name), "What a subscription costs is changed with it.");
            }
        }
        terms.setTexts(line, params);
        if (line.has("tax_rates")) {
            line.set("_tax_rates", line.remove("tax_rates"));
        }
    }

    private void refresh(ObjectNode invoice, ObjectNode item) {
        int index = indexOf(invoice, Docs.textOf(item, "id"));
        ObjectNode old = (ObjectNode) data(invoice).get(index);
        ObjectNode line = lines.ofInvoiceItem(item);
        line.set("id", old.get("id"));
        line.set("invoice", old.get("invoice"));
        data(invoice).set(index, line);
    }

    private ObjectNode finish(ObjectNode invoice, Params params) {
        if (params.has("invoice_metadata")) {
            ObjectNode metadata = Docs.object();
            metadata.set("metadata", params.tree().get("invoice_metadata"));
            Params.of(metadata).mergeMetadata(invoice);
        }
        changed(invoice);
        return invoice;
    }

    private void changed(ObjectNode invoice) {
        invoices.rework(invoice);
        world.events().emitUpdated("invoice.updated", invoice);
    }

    private String currency(Params params, ObjectNode customer, @Nullable ObjectNode invoice) {
        if (invoice == null) {
            return terms.currency(params, customer);
        }
        String currency = Docs.textOf(invoice, "currency");
        if (params.hasValue("currency") && !currency.equals(terms.currency(params, customer))) {
            throw ApiError.invalid(null, "currency", "The invoice is in " + currency + ".");
        }
        return currency;
    }

    private ObjectNode pendingItem(ObjectNode invoice, String id, String param) {
        ObjectNode item = world.finder().inParam(InvoiceItems.TYPE, id, param);
        boolean fits = item.path("invoice").isNull()
                && item.path("customer").equals(invoice.path("customer"))
                && item.path("currency").equals(invoice.path("currency"));
        if (!fits) {
            throw ApiError.invalid(
                    null, param, "The item is on an invoice already, or of another customer or currency.");
        }
        return item;
    }

    private ObjectNode draft(String id, String param) {
        world.finder().inParam(Invoices.TYPE, id, param);
        return invoices.editDraft(id, param);
    }

    private ObjectNode editable(String id) {
        world.finder().inUrl(Invoices.TYPE, id);
        return invoices.editDraft(id, null);
    }

    private @Nullable ObjectNode draftOf(ObjectNode item) {
        String id = Docs.text(item, "invoice");
        return id == null ? null : invoices.editDraft(id, null);
    }

    private static ObjectNode line(ObjectNode invoice, String id, String param) {
        return Docs.objects(invoice, "lines").stream()
                .filter(line -> id.equals(Docs.text(line, "id")))
                .findFirst()
                .orElseThrow(() -> ApiError.noSuch("line_item", id, param, true));
    }

    private static int indexOf(ObjectNode invoice, String item) {
        List<ObjectNode> all = Docs.objects(invoice, "lines");
        for (int i = 0; i < all.size(); i++) {
            if (item.equals(itemOf(all.get(i)))) {
                return i;
            }
        }
        throw new IllegalStateException("no line for " + item);
    }

    private static @Nullable String itemOf(ObjectNode line) {
        ObjectNode parent = Docs.child(line, "parent");
        return Docs.text(Docs.child(parent, Docs.textOf(parent, "type")), "invoice_item");
    }

    private static ArrayNode data(ObjectNode invoice) {
        return (ArrayNode) Docs.child(invoice, "lines").get("data");
    }
}
