package dev.billhook.simulator.engine.checkout.completion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.checkout.CheckoutTaxes;
import dev.billhook.simulator.engine.checkout.Particulars;
import dev.billhook.simulator.engine.checkout.SessionAnswers;
import dev.billhook.simulator.engine.payment.Customers;
import dev.billhook.simulator.engine.payment.method.CardInput;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import org.jspecify.annotations.Nullable;

/** Who pays a Checkout session: the customer it makes or changes, and what it shows of that person. */
final class SessionCustomers {
    private static final String[] NAMES = {"business_name", "individual_name"};

    private final World world;
    private final Customers customers;
    private final CheckoutTaxes taxes;

    SessionCustomers(World world, Customers customers, CheckoutTaxes taxes) {
        this.world = world;
        this.customers = customers;
        this.taxes = taxes;
    }

    /** The customer of a session, made or changed by what was entered. */
    String customer(ObjectNode session, PaymentDetails details) {
        String existing = Docs.text(session, "customer");
        ObjectNode request = Docs.object();
        boolean knows = existing != null;
        ObjectNode updates = Docs.child(session, "_customer_update");
        if (!knows || "auto".equals(Docs.text(updates, "name"))) {
            putNames(request, details);
        }
        if (!details.particulars().address().isEmpty() && SessionAnswers.mayKeepAddress(session)) {
            request.set("address", details.particulars().address().deepCopy());
        }
        putPhone(request, details);
        String id = existing;
        if (id == null) {
            request.put("email", email(session, details));
            id = Docs.textOf(customers.create(Params.of(request)), "id");
        } else if (!request.isEmpty()) {
            customers.update(id, Params.of(request));
        }
        taxes.keepTaxId(id, details.particulars());
        return id;
    }

    /** What a completed session shows of who paid. */
    ObjectNode details(ObjectNode session, PaymentDetails details) {
        ObjectNode shown = Docs.shape("""
            {"address":{"city":null,"country":null,"line1":null,"line2":null,"postal_code":null,"state":null},
             "business_name":null,"email":null,"individual_name":null,"name":null,"phone":null,"tax_exempt":"none",
             "tax_ids":[]}\
            """);
        shown.put("email", email(session, details));
        CardInput card = details.card();
        ObjectNode address = Docs.child(shown, "address");
        if (card != null) {
            shown.put("name", card.name());
            address.put("country", card.country()).put("postal_code", card.postalCode());
        }
        Particulars given = details.particulars();
        address.setAll(given.address().deepCopy());
        shown.put("phone", given.text("phone"));
        for (String name : NAMES) {
            shown.put(name, given.text(name));
        }
        String type = given.text("tax_id_type");
        String value = given.text("tax_id");
        if (type != null && value != null) {
            ((ArrayNode) shown.get("tax_ids")).addObject().put("type", type).put("value", value);
        }
        String customer = Docs.text(session, "customer");
        if (customer != null) {
            shown.set("tax_exempt", world.customerOf(session).path("tax_exempt"));
        }
        return shown;
    }

    private static void putNames(ObjectNode request, PaymentDetails details) {
        CardInput card = details.card();
        String business = details.particulars().text("business_name");
        String name = business == null && card != null ? card.name() : business;
        if (name != null) {
            request.put("name", name);
        }
        for (String field : NAMES) {
            if (details.particulars().text(field) != null) {
                request.put(field, details.particulars().text(field));
            }
        }
    }

    private static void putPhone(ObjectNode request, PaymentDetails details) {
        String phone = details.particulars().text("phone");
        if (phone != null) {
            request.put("phone", phone);
        }
    }

    private @Nullable String email(ObjectNode session, PaymentDetails details) {
        String fixed = Docs.text(session, "customer_email");
        if (fixed != null) {
            return fixed;
        }
        String entered = details.email();
        boolean possible = entered != null && entered.contains("@");
        String customer = Docs.text(session, "customer");
        if (customer != null) {
            String own = Docs.text(world.customerOf(session), "email");
            return own == null && possible ? entered : own;
        }
        if (!possible) {
            throw ApiError.invalid("email_invalid", "email", "Your email address is incomplete.");
        }
        return entered;
    }
}
