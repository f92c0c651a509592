package dev.billhook.simulator.engine.checkout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.tax.AutomaticTax;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import org.jspecify.annotations.Nullable;

/** Records on a Checkout session what a person answered to what it asks, and refuses what is missing. */
public final class SessionAnswers {
    private SessionAnswers() {}

    /** Whether a session asks for a billing address: because it says so, or because tax depends on it. */
    static boolean asksAddress(ObjectNode session) {
        return "required".equals(Docs.text(session, "billing_address_collection"))
                || (AutomaticTax.isOn(session) && mayKeepAddress(session));
    }

    /** Whether what is entered becomes the address of the customer: of a new one always, of a known one when that is wanted. */
    public static boolean mayKeepAddress(ObjectNode session) {
        return session.path("customer").isNull()
                || "auto".equals(Docs.text(Docs.child(session, "_customer_update"), "address"));
    }

    /** Records what was answered. */
    public static void record(ObjectNode session, Particulars given) {
        for (ObjectNode field : Docs.objects(session, "custom_fields")) {
            answer(field, given.text("custom_" + Docs.textOf(field, "key")));
        }
        ObjectNode asked = Docs.child(session, "consent_collection");
        boolean terms = "required".equals(Docs.text(asked, "terms_of_service"));
        boolean promotions = "auto".equals(Docs.text(asked, "promotions"));
        if (terms && !given.termsAccepted()) {
            throw ApiError.invalid(null, "terms", "Accept the terms of service to go on.");
        }
        if (terms || promotions) {
            session.putObject("consent")
                    .put("promotions", promotions ? given.promotions() ? "opt_in" : "opt_out" : null)
                    .put("terms_of_service", terms ? "accepted" : null);
        }
        if (Docs.flag(Docs.child(session, "phone_number_collection"), "enabled") && given.text("phone") == null) {
            throw missing("phone");
        }
        if (asksAddress(session) && !given.address().hasNonNull("country")) {
            throw missing("country");
        }
        ObjectNode names = Docs.child(session, "name_collection");
        if (!names.isEmpty()) {
            session.putObject("collected_information")
                    .put("business_name", given.text("business_name"))
                    .put("individual_name", given.text("individual_name"))
                    .putNull("shipping_details");
        }
    }

    private static void answer(ObjectNode field, @Nullable String value) {
        if (value == null && !Docs.flag(field, "optional")) {
            throw missing("custom_" + Docs.textOf(field, "key"));
        }
        Docs.child(field, Docs.textOf(field, "type")).put("value", value);
    }

    private static ApiError missing(String field) {
        return ApiError.invalid("parameter_missing", field, "Something that is asked for is missing: " + field + ".");
    }
}
