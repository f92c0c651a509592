package dev.billhook.simulator.engine.checkout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a new Checkout session asks of the person who pays, and what it may say, checked and in the shape it is shown. */
final class SessionTerms {
    private static final int MAX_CUSTOM_FIELDS = 3;
    private static final int MAX_OPTIONS = 200;
    private static final int MAX_MESSAGE = 1_200;
    private static final Map<String, String> MODES = Map.of(
            "subscription_data", "subscription",
            "payment_intent_data", "payment",
            "setup_intent_data", "setup",
            "invoice_creation", "payment");
    private static final List<String> MESSAGES =
            List.of("after_submit", "shipping_address", "submit", "terms_of_service_acceptance");

    private SessionTerms() {}

    /** Refuses parameters that do not go with the mode or with each other. */
    static void check(Params params, String mode) {
        MODES.forEach((name, only) -> {
            if (params.hasValue(name) && !only.equals(mode)) {
                throw ApiError.invalid(null, name, "You can not pass `" + name + "` in `" + mode + "` mode.");
            }
        });
        if (params.hasValue("customer")) {
            for (String other : new String[] {"customer_email", "customer_creation"}) {
                if (params.hasValue(other)) {
                    throw ApiError.invalid(
                            null, other, "You may only specify one of these parameters: customer, " + other + ".");
                }
            }
        } else if (params.hasValue("customer_update")) {
            throw ApiError.invalid(
                    null, "customer_update", "`customer_update` can only be used when `customer` is specified.");
        }
        boolean updatesName = "auto".equals(params.group("customer_update").text("name"));
        if (params.group("tax_id_collection").flag("enabled") && params.hasValue("customer") && !updatesName) {
            throw ApiError.invalid(
                    null,
                    "customer_update[name]",
                    "Tax ID collection requires updating business name on the customer: set customer_update[name] to"
                            + " auto.");
        }
        if ("subscription".equals(mode) && params.hasValue("customer_creation")) {
            throw ApiError.invalid(
                    null, "customer_creation", "`customer_creation` can only be used in `payment` and `setup` mode.");
        }
    }

    /** Sets what is asked for and said. */
    static void set(ObjectNode session, Params params, String mode) {
        setFields(session, params);
        setTexts(session, params.group("custom_text"));
        if (params.hasValue("consent_collection")) {
            Params given = params.group("consent_collection");
            ObjectNode shown = session.putObject("consent_collection");
            shown.putNull("payment_method_reuse_agreement");
            if (given.hasValue("payment_method_reuse_agreement")) {
                shown.putObject("payment_method_reuse_agreement")
                        .put(
                                "position",
                                given.group("payment_method_reuse_agreement").text("position"));
            }
            shown.put("promotions", given.text("promotions"));
            shown.put("terms_of_service", given.text("terms_of_service"));
        }
        if (params.hasValue("tax_id_collection")) {
            Params given = params.group("tax_id_collection");
            session.putObject("tax_id_collection")
                    .put("enabled", given.flag("enabled"))
                    .put("required", given.text("required", "never"));
        }
        setNames(session, params.group("name_collection"));
        setSaved(session, params, mode);
        setInvoice(session, params, mode);
        if (params.group("after_expiration").hasValue("recovery")) {
            Params given = params.group("after_expiration").group("recovery");
            session.putObject("after_expiration")
                    .putObject("recovery")
                    .put("allow_promotion_codes", given.flag("allow_promotion_codes"))
                    .put("enabled", given.flag("enabled"))
                    .putNull("expires_at")
                    .putNull("url");
        }
    }

    private static void setFields(ObjectNode session, Params params) {
        List<Params> given = params.groups("custom_fields");
        if (given.size() > MAX_CUSTOM_FIELDS) {
            throw ApiError.invalid(
                    null, "custom_fields", "A session has up to " + MAX_CUSTOM_FIELDS + " custom fields.");
        }
        Set<String> keys = new HashSet<>();
        ArrayNode shown = session.putArray("custom_fields");
        for (Params field : given) {
            String key = field.requireText("key");
            if (!key.matches("[A-Za-z0-9_-]{1,200}") || !keys.add(key)) {
                throw ApiError.invalid(
                        null, field.name("key"), "Each custom field has a key of its own, of letters and digits.");
            }
            shown.add(field(field, key));
        }
    }

    private static ObjectNode field(Params given, String key) {
        String type = given.requireText("type");
        ObjectNode field = Docs.object();
        field.put("key", key);
        field.putObject("label")
                .put("custom", given.group("label").requireText("custom"))
                .put("type", "custom");
        field.put("optional", given.flag("optional"));
        field.put("type", type);
        Params detail = given.group(type);
        ObjectNode shown = field.putObject(type);
        shown.put("default_value", detail.text("default_value"));
        if ("dropdown".equals(type)) {
            List<Params> options = detail.groups("options");
            if (options.isEmpty() || options.size() > MAX_OPTIONS) {
                throw ApiError.invalid(
                        null, detail.name("options"), "A dropdown has 1 to " + MAX_OPTIONS + " options.");
            }
            ArrayNode list = shown.putArray("options");
            options.forEach(option -> list.addObject()
                    .put("label", option.requireText("label"))
                    .put("value", option.requireText("value")));
        } else {
            Docs.put(shown, "maximum_length", detail.number("maximum_length"));
            Docs.put(shown, "minimum_length", detail.number("minimum_length"));
        }
        shown.putNull("value");
        return field;
    }

    private static void setTexts(ObjectNode session, Params given) {
        ObjectNode shown = Docs.child(session, "custom_text");
        for (String name : MESSAGES) {
            String message = given.group(name).text("message");
            if (message != null && message.length() > MAX_MESSAGE) {
                throw ApiError.invalid(null, given.name(name), "A message has up to " + MAX_MESSAGE + " characters.");
            }
            if (message != null) {
                shown.putObject(name).put("message", message);
            }
        }
    }

    private static void setNames(ObjectNode session, Params given) {
        for (String kind : new String[] {"business", "individual"}) {
            if (given.hasValue(kind)) {
                Docs.ensure(session, "name_collection")
                        .putObject(kind)
                        .put("enabled", given.group(kind).flag("enabled"))
                        .put("optional", given.group(kind).flag("optional"));
            }
        }
    }

    private static void setSaved(ObjectNode session, Params params, String mode) {
        Params given = params.group("saved_payment_method_options");
        if ("setup".equals(mode) && !params.hasValue("saved_payment_method_options")) {
            return;
        }
        ObjectNode shown = session.putObject("saved_payment_method_options");
        ArrayNode filters = shown.putArray("allow_redisplay_filters");
        (given.has("allow_redisplay_filters") ? given.texts("allow_redisplay_filters") : List.of("always"))
                .forEach(filters::add);
        shown.put("payment_method_remove", given.text("payment_method_remove"));
        shown.put("payment_method_save", given.text("payment_method_save"));
    }

    private static void setInvoice(ObjectNode session, Params params, String mode) {
        if (!"payment".equals(mode)) {
            return;
        }
        Params given = params.group("invoice_creation");
        ObjectNode shown = session.putObject("invoice_creation");
        shown.put("enabled", given.flag("enabled"));
        ObjectNode data = shown.putObject("invoice_data");
        for (String field :
                new String[] {"account_tax_ids", "custom_fields", "description", "footer", "issuer", "rendering_options"
                }) {
            data.putNull(field);
        }
        data.putObject("metadata");
        Params wanted = given.group("invoice_data");
        wanted.copyTo(data, "custom_fields", "description", "footer");
        wanted.mergeMetadata(data);
    }
}
