package dev.billhook.simulator.page.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.http.PageHandler;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;
import dev.billhook.simulator.page.text.CardText;
import dev.billhook.simulator.page.text.Sum;
import dev.billhook.simulator.page.text.TimeText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The receipt of a payment. */
public final class ReceiptPage implements PageHandler {
    private final World world;
    private final Templates templates;
    private final String business;

    public ReceiptPage(World world, Templates templates, String business) {
        this.world = world;
        this.templates = templates;
        this.business = business;
    }

    /**
     * What the receipt shows.
     *
     * @param invoiceUrl the invoice that was paid; null when it was none
     */
    record ReceiptView(
            String business,
            String summary,
            List<Sum> facts,
            @Nullable String invoiceUrl) {}

    @Override
    public PageResponse handle(PageRequest request) {
        String id = String.valueOf(request.segment(1));
        ReceiptView view = world.simulation().atomically(RequestInfo.NONE, () -> {
            ObjectNode charge = world.store().find("charge", id);
            if (charge == null || !Docs.flag(charge, "paid")) {
                throw new NoSuchPageException("There is no receipt at this address.");
            }
            return view(charge);
        });
        return templates.page("receipt", view);
    }

    private ReceiptView view(ObjectNode charge) {
        String currency = Docs.textOf(charge, "currency");
        String amount = AmountText.of(Docs.numberOf(charge, "amount"), currency);
        String card = CardText.of(Docs.child(charge, "payment_method_details"));
        String day = TimeText.day(Docs.numberOf(charge, "created"));
        List<Sum> facts = new ArrayList<>(
                List.of(new Sum("Amount paid", amount), new Sum("Date paid", day), new Sum("Payment method", card)));
        long refunded = Docs.numberOf(charge, "amount_refunded");
        if (refunded > 0) {
            facts.add(new Sum("Refunded", AmountText.of(refunded, currency)));
        }
        return new ReceiptView(business, amount + " paid with " + card + " on " + day + ".", facts, invoiceUrl(charge));
    }

    private @Nullable String invoiceUrl(ObjectNode charge) {
        String intent = Docs.text(charge, "payment_intent");
        return intent == null
                ? null
                : world.store()
                        .newestFirst("invoice_payment", "payment_intent", intent)
                        .findFirst()
                        .map(payment -> "/invoice/" + Docs.textOf(payment, "invoice"))
                        .orElse(null);
    }
}
