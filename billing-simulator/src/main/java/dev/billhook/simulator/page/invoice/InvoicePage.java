package dev.billhook.simulator.page.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.invoice.InvoiceCollection;
import dev.billhook.simulator.engine.payment.method.CardInput;
import dev.billhook.simulator.engine.payment.method.PaymentMethods;
import dev.billhook.simulator.http.PageHandler;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.page.card.CardForm;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The hosted invoice: shows it, and takes a card while it is open. */
public final class InvoicePage implements PageHandler {
    private static final String ACTION_REQUIRED = "invoice_payment_intent_requires_action";

    private final World world;
    private final InvoiceCollection collection;
    private final PaymentMethods methods;
    private final Templates templates;
    private final InvoiceViews views;

    public InvoicePage(World world, InvoiceCollection collection, PaymentMethods methods, Templates templates) {
        this.world = world;
        this.collection = collection;
        this.methods = methods;
        this.templates = templates;
        this.views = new InvoiceViews(world.store());
    }

    @Override
    public PageResponse handle(PageRequest request) {
        String id = request.segment(1);
        if (id == null) {
            throw new NoSuchPageException("This address names no invoice.");
        }
        if ("pdf".equals(request.segment(2))) {
            return InvoiceSheet.download(
                    reading(id, invoice -> InvoiceSheet.of(views.of(invoice, CardForm.EMPTY, null))));
        }
        return request.isPost() ? pay(request, id) : show(id, CardForm.EMPTY, null);
    }

    private PageResponse pay(PageRequest request, String id) {
        String saved = request.field("saved");
        if (!saved.isEmpty()) {
            return pay(id, CardForm.EMPTY, invoice -> chargeSaved(invoice, saved));
        }
        CardForm.Reading reading = reading(id, invoice -> {
            long now = world.now(Docs.text(invoice, "test_clock"));
            return CardForm.read(request, Docs.text(invoice, "customer_email"), now);
        });
        CardInput card = reading.card();
        return card == null
                ? show(id, reading.form(), null)
                : pay(id, reading.form().forAnotherCard(), invoice -> chargeNew(invoice, card));
    }

    private PageResponse pay(String id, CardForm form, Function<ObjectNode, ObjectNode> charge) {
        try {
            reading(id, charge);
        } catch (ApiError e) {
            String intent = ACTION_REQUIRED.equals(e.code()) ? reading(id, this::intent) : null;
            return intent == null ? show(id, form, e.getMessage()) : PageResponse.redirect("/3ds/" + intent);
        }
        return PageResponse.redirect("/invoice/" + id);
    }

    private ObjectNode chargeSaved(ObjectNode invoice, String method) {
        ObjectNode card = world.finder().inParam("payment_method", method, "saved");
        if (!Docs.textOf(invoice, "customer").equals(Docs.text(card, "customer"))) {
            throw ApiError.noSuch("payment_method", method, "saved", false);
        }
        return collection.pay(Docs.textOf(invoice, "id"), method, false);
    }

    private ObjectNode chargeNew(ObjectNode invoice, CardInput card) {
        String method = Docs.textOf(methods.fromCard(card), "id");
        ObjectNode paid = collection.pay(Docs.textOf(invoice, "id"), method, false);
        methods.attach(method, Docs.textOf(invoice, "customer"));
        return paid;
    }

    private @Nullable String intent(ObjectNode invoice) {
        ObjectNode intent = collection.intentOf(invoice);
        return intent == null ? null : Docs.text(intent, "id");
    }

    private PageResponse show(String id, CardForm card, @Nullable String declined) {
        InvoiceView view = reading(id, invoice -> views.of(invoice, card, declined));
        return templates.page("invoice", view);
    }

    private <T> T reading(String id, Function<ObjectNode, T> work) {
        return world.simulation().atomically(RequestInfo.NONE, () -> {
            ObjectNode invoice = world.store().find("invoice", id);
            if (invoice == null) {
                throw new NoSuchPageException("There is no invoice at this address.");
            }
            return work.apply(invoice);
        });
    }
}
