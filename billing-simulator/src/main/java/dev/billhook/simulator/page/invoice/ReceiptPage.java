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
import dev.billhook.simulator.page.text.TimeText;

/** The receipt of a charge. */
public final class ReceiptPage implements PageHandler {
    private final World world;
    private final Templates templates;
    private final String business;

    public ReceiptPage(World world, Templates templates, String business) {
        this.world = world;
        this.templates = templates;
        this.business = business;
    }

    @Override
    public PageResponse handle(PageRequest request) {
        String id = String.valueOf(request.segment(1));
        String text = world.simulation().atomically(RequestInfo.NONE, () -> {
            ObjectNode charge = world.store().find("charge", id);
            if (charge == null || !Docs.flag(charge, "paid")) {
                throw new NoSuchPageException("There is no receipt at this address.");
            }
            return AmountText.of(Docs.numberOf(charge, "amount"), Docs.textOf(charge, "currency")) + " paid with "
                    + CardText.of(Docs.child(charge, "payment_method_details")) + " on "
                    + TimeText.day(Docs.numberOf(charge, "created")) + ".";
        });
        return templates.message(200, "Receipt from " + business, text);
    }
}
