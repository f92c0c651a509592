package dev.billhook.simulator.page.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.card.CardForm;
import dev.billhook.simulator.page.invoice.InvoiceView.Line;
import dev.billhook.simulator.page.invoice.InvoiceView.Note;
import dev.billhook.simulator.page.invoice.InvoiceView.Papers;
import dev.billhook.simulator.page.invoice.InvoiceView.Payment;
import dev.billhook.simulator.page.invoice.InvoiceView.Recipient;
import dev.billhook.simulator.page.invoice.InvoiceView.Saved;
import dev.billhook.simulator.page.text.AddressText;
import dev.billhook.simulator.page.text.CardText;
import dev.billhook.simulator.page.text.PlanText;
import dev.billhook.simulator.page.text.PriceText;
import dev.billhook.simulator.page.text.StatusText;
import dev.billhook.simulator.page.text.Sum;
import dev.billhook.simulator.page.text.TimeText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words what the hosted invoice shows. Used under the simulation's lock. */
final class InvoiceViews {
    private final Store store;

    InvoiceViews(Store store) {
        this.store = store;
    }

    /** The invoice with its form as it was typed; the reason why the last try failed is null when there was none. */
    InvoiceView of(ObjectNode invoice, CardForm card, @Nullable String declined) {
        String currency = Docs.textOf(invoice, "currency");
        String number = Docs.text(invoice, "number");
        boolean payable = isPayable(invoice);
        long remaining = Docs.numberOf(invoice, "amount_remaining");
        String total = AmountText.of(payable ? remaining : Docs.numberOf(invoice, "total"), currency);
        return new InvoiceView(
                String.valueOf(Docs.text(invoice, "account_name")),
                number == null ? "(draft)" : number,
                StatusText.ofInvoice(invoice),
                recipient(invoice),
                dates(invoice),
                textOf(invoice, "description"),
                Docs.objects(invoice, "lines").stream()
                        .map(line -> line(line, currency))
                        .toList(),
                InvoiceSums.of(store, invoice, currency),
                payable ? "Amount due" : "Total",
                total,
                textOf(invoice, "footer"),
                notice(invoice),
                papers(invoice, currency),
                payable ? new Payment(total, saved(invoice), card, declined) : null);
    }

    static boolean isPayable(ObjectNode invoice) {
        String status = Docs.text(invoice, "status");
        return ("open".equals(status) || "uncollectible".equals(status))
                && Docs.numberOf(invoice, "amount_remaining") > 0;
    }

    /** Who is billed, in one line. */
    static String billedTo(ObjectNode invoice) {
        String name = Docs.text(invoice, "customer_name");
        String email = Docs.text(invoice, "customer_email");
        if (name == null || name.isEmpty()) {
            return email == null ? "–" : email;
        }
        return email == null ? name : name + ", " + email;
    }

    private static Recipient recipient(ObjectNode invoice) {
        String taxIds = Docs.objects(invoice, "customer_tax_ids").stream()
                .map(taxId -> textOf(taxId, "value"))
                .collect(Collectors.joining(", "));
        return new Recipient(billedTo(invoice), AddressText.of(Docs.child(invoice, "customer_address")), taxIds);
    }

    private static List<Sum> dates(ObjectNode invoice) {
        ObjectNode transitions = Docs.child(invoice, "status_transitions");
        List<Sum> dates = new ArrayList<>();
        dates.add(new Sum("Date", TimeText.day(Docs.numberOf(invoice, "created"))));
        addDay(dates, "Due", Docs.number(invoice, "due_date"));
        addDay(dates, "Paid", Docs.number(transitions, "paid_at"));
        addDay(dates, "Voided", Docs.number(transitions, "voided_at"));
        for (ObjectNode field : Docs.objects(invoice, "custom_fields")) {
            dates.add(new Sum(textOf(field, "name"), textOf(field, "value")));
        }
        return dates;
    }

    private static void addDay(List<Sum> dates, String label, @Nullable Long second) {
        if (second != null) {
            dates.add(new Sum(label, TimeText.day(second)));
        }
    }

    private static @Nullable StatusText notice(ObjectNode invoice) {
        return switch (String.valueOf(Docs.text(invoice, "status"))) {
            case "void" -> new StatusText("This invoice is void. Nothing is to be paid.", "info");
            case "uncollectible" ->
                new StatusText("This invoice was given up as uncollectible. It can still be paid.", "warn");
            case "paid" -> new StatusText("This invoice is paid. Thank you.", "good");
            default -> null;
        };
    }

    private Papers papers(ObjectNode invoice, String currency) {
        String id = Docs.textOf(invoice, "id");
        List<Note> notes = store.newestFirst("credit_note", "invoice", id)
                .map(note -> new Note(
                        textOf(note, "number"),
                        TimeText.day(Docs.numberOf(note, "created")),
                        AmountText.of(Docs.numberOf(note, "total"), currency),
                        "void".equals(Docs.text(note, "status")) ? "Void" : "",
                        "/credit_note/" + Docs.textOf(note, "id")))
                .toList();
        String pdf = Docs.text(invoice, "number") == null ? null : "/invoice/" + id + "/pdf";
        return new Papers(pdf, receipt(id), notes);
    }

    private @Nullable String receipt(String invoice) {
        return store.newestFirst("invoice_payment", "invoice", invoice)
                .filter(payment -> "paid".equals(Docs.text(payment, "status")))
                .map(payment -> Docs.text(Docs.child(payment, "payment"), "payment_intent"))
                .filter(intent -> intent != null)
                .flatMap(intent -> store.newestFirst("charge", "payment_intent", String.valueOf(intent)))
                .filter(charge -> Docs.flag(charge, "paid"))
                .findFirst()
                .map(charge -> "/receipt/" + Docs.textOf(charge, "id"))
                .orElse(null);
    }

    private List<Saved> saved(ObjectNode invoice) {
        String customer = Docs.text(invoice, "customer");
        ObjectNode owner = customer == null ? null : store.find("customer", customer);
        if (owner == null) {
            return List.of();
        }
        String preferred = Docs.text(Docs.child(owner, "invoice_settings"), "default_payment_method");
        return store.newestFirst("payment_method", "customer", Docs.textOf(owner, "id"))
                .filter(method -> "card".equals(Docs.text(method, "type")))
                .map(method -> {
                    String id = Docs.textOf(method, "id");
                    return new Saved(id, CardText.of(method), id.equals(preferred));
                })
                .toList();
    }

    private Line line(ObjectNode line, String currency) {
        ObjectNode period = Docs.child(line, "period");
        long start = Docs.numberOf(period, "start");
        long end = Docs.numberOf(period, "end");
        Long quantity = Docs.number(line, "quantity");
        return new Line(
                description(line, currency),
                end > start ? TimeText.day(start) + " – " + TimeText.day(end) : "",
                quantity == null ? "" : String.valueOf(quantity),
                AmountText.of(Docs.numberOf(line, "amount"), currency));
    }

    private String description(ObjectNode line, String currency) {
        String priceId = Docs.text(Docs.child(Docs.child(line, "pricing"), "price_details"), "price");
        ObjectNode price = priceId == null ? null : store.find("price", priceId);
        ObjectNode details = Docs.child(Docs.child(line, "parent"), "subscription_item_details");
        String own = Docs.text(line, "description");
        boolean plain = price != null && !Docs.flag(details, "proration") && Docs.numberOf(line, "amount") != 0;
        if (price == null || !plain) {
            return own == null ? "Item" : own;
        }
        return PlanText.productName(store, price) + " (" + PriceText.of(price, currency) + ")";
    }

    static String textOf(ObjectNode doc, String field) {
        String text = Docs.text(doc, field);
        return text == null ? "" : text;
    }
}
