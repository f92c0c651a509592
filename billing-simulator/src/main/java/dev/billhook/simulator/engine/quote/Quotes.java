package dev.billhook.simulator.engine.quote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.engine.discount.DiscountEngine;
import dev.billhook.simulator.engine.invoice.InvoiceEngine;
import dev.billhook.simulator.engine.payment.Customers;
import dev.billhook.simulator.engine.schedule.Schedules;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.engine.tax.TaxRates;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import java.util.Set;

/** The life of quotes: draft, open, then accepted or canceled. Source: Stripe documentation, "How quotes work". */
public final class Quotes {
    /** Type of the document of a quote. */
    public static final String TYPE = "quote";

    private static final String EXPIRE = "quote.expire";
    private static final Set<String> OPEN_CHANGES = Set.of("expires_at", "metadata", "expand");

    private final World world;
    private final QuoteLines lines;
    private final QuoteTerms terms;
    private final QuoteTotals totals;
    private final QuoteFulfilment fulfilment;

    /** The parts of the engine that quotes drive. */
    public record Parts(
            Prices prices,
            BillingEngine billing,
            Schedules schedules,
            InvoiceEngine invoicing,
            Customers customers,
            DiscountEngine discounts,
            TaxRates taxRates) {}

    public Quotes(World world, Parts parts) {
        this.world = world;
        this.lines = new QuoteLines(world, parts.prices());
        this.terms = new QuoteTerms(world, parts.discounts(), parts.taxRates());
        QuoteOrders orders = new QuoteOrders(world, lines);
        this.fulfilment = new QuoteFulfilment(world, orders, parts);
        this.totals = new QuoteTotals(world, lines, orders, fulfilment);
        world.simulation().onTimer(EXPIRE, this::expireDue);
    }

    /** A new draft, be it from nothing or a clone. */
    public ObjectNode create(Params params) {
        ObjectNode quote = terms.create(params);
        if (params.hasValue("from_quote")) {
            clone(quote, params);
        } else {
            terms.apply(quote, params);
            lines.set(quote, params);
            terms.setDiscounts(quote, params);
        }
        world.store().insert(quote);
        totals.compute(quote);
        expireAt(quote, Docs.numberOf(quote, "expires_at"));
        world.events().emit("quote.created", quote);
        return quote;
    }

    /** Changes a draft; of an open quote only when it expires. */
    public ObjectNode update(String id, Params params) {
        ObjectNode quote = world.finder().editInUrl(TYPE, id);
        boolean draft = "draft".equals(Docs.text(quote, "status"));
        params.tree().fieldNames().forEachRemaining(name -> {
            if (!draft && !("open".equals(Docs.text(quote, "status")) && OPEN_CHANGES.contains(name))) {
                throw ApiError.invalid(
                        null,
                        name,
                        "A quote that is " + Docs.text(quote, "status") + " cannot be changed in this way.");
            }
        });
        terms.apply(quote, params);
        if (draft) {
            lines.set(quote, params);
            terms.setDiscounts(quote, params);
            totals.compute(quote);
        }
        setExpiry(quote, params);
        return quote;
    }

    /** Fixes a draft and gives it its number; a revision takes the place of the quote it revises. */
    public ObjectNode finish(String id, Params params) {
        ObjectNode quote = in(id, "finalized", Set.of("draft"));
        setExpiry(quote, params);
        if (quote.path("customer").isNull()) {
            throw ApiError.invalid(null, "customer", "A quote needs a customer before it is finalized.");
        }
        if (QuoteLines.of(quote).isEmpty()) {
            throw ApiError.invalid(null, "line_items", "A quote needs line items before it is finalized.");
        }
        totals.compute(quote);
        terms.number(quote);
        move(quote, "open", "finalized_at", "quote.finalized");
        ObjectNode source = Docs.child(quote, "from_quote");
        if (Docs.flag(source, "is_revision")) {
            ObjectNode revised = world.store().edit(TYPE, Docs.textOf(source, "quote"));
            if ("open".equals(Docs.text(revised, "status"))) {
                move(revised, "canceled", "canceled_at", "quote.canceled");
            }
        }
        return quote;
    }

    /** Accepts an open quote, which makes a subscription, a schedule of one or an invoice of it. */
    public ObjectNode accept(String id) {
        ObjectNode quote = in(id, "accepted", Set.of("open"));
        fulfilment.fulfil(quote);
        move(quote, "accepted", "accepted_at", "quote.accepted");
        return quote;
    }

    /** Withdraws a draft or an open quote. */
    public ObjectNode cancel(String id) {
        ObjectNode quote = in(id, "canceled", Set.of("draft", "open"));
        move(quote, "canceled", "canceled_at", "quote.canceled");
        return quote;
    }

    /** The lines as the API shows them. */
    public List<ObjectNode> lines(String id) {
        return shown(id, "_line_items");
    }

    /** What of the lines will be on the first invoice, as the API shows it. */
    public List<ObjectNode> upfrontLines(String id) {
        return shown(id, "_upfront");
    }

    private List<ObjectNode> shown(String id, String field) {
        return Docs.objects(world.finder().inUrl(TYPE, id), field).stream()
                .map(world.renderer()::render)
                .toList();
    }

    private void clone(ObjectNode quote, Params params) {
        for (String name : params.tree().properties().stream()
                .map(java.util.Map.Entry::getKey)
                .toList()) {
            if (!Set.of("from_quote", "expires_at", "expand").contains(name)) {
                throw ApiError.invalid(null, name, "A clone takes no other parameters than expires_at.");
            }
        }
        Params given = params.group("from_quote");
        String id = given.requireText("quote");
        ObjectNode source = world.finder().inParam(TYPE, id, given.name("quote"));
        boolean revision = given.flag("is_revision");
        if (revision && !"open".equals(Docs.text(source, "status"))) {
            throw ApiError.invalid(null, given.name("is_revision"), "Only an open quote can be revised.");
        }
        terms.copy(source, quote, revision);
        lines.copy(source, quote);
        ArrayNode discounts = quote.putArray("discounts");
        Docs.texts(source, "discounts").forEach(discounts::add);
    }

    private ObjectNode in(String id, String purpose, Set<String> statuses) {
        ObjectNode quote = world.finder().editInUrl(TYPE, id);
        String status = Docs.textOf(quote, "status");
        if (!statuses.contains(status)) {
            throw ApiError.invalid(null, null, "A quote that is " + status + " cannot be " + purpose + ".");
        }
        return quote;
    }

    private void move(ObjectNode quote, String status, String transition, String event) {
        quote.put("status", status);
        Docs.child(quote, "status_transitions").put(transition, world.now(Docs.text(quote, "test_clock")));
        world.events().emit(event, quote);
    }

    private void setExpiry(ObjectNode quote, Params params) {
        Long at = params.number("expires_at");
        if (at != null) {
            terms.setExpiry(quote, params);
            expireAt(quote, at);
        }
    }

    private void expireAt(ObjectNode quote, long at) {
        world.simulation().schedule(Docs.text(quote, "test_clock"), at, EXPIRE, Docs.textOf(quote, "id"));
    }

    private void expireDue(String id) {
        ObjectNode quote = world.store().find(TYPE, id);
        if (quote != null
                && Set.of("draft", "open").contains(Docs.textOf(quote, "status"))
                && Docs.numberOf(quote, "expires_at") <= world.now(Docs.text(quote, "test_clock"))) {
            cancel(id);
        }
    }
}
