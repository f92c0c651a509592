package dev.billhook.simulator.page.checkout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.checkout.CheckoutSessions;
import dev.billhook.simulator.engine.checkout.Particulars;
import dev.billhook.simulator.engine.tax.AutomaticTax;
import dev.billhook.simulator.engine.tax.TaxIdTypes;
import dev.billhook.simulator.engine.tax.TaxLocation;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.checkout.ExtraField.Option;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a session asks for besides e-mail and card: the fields as they were typed, and what they say. */
record ExtraForm(List<ExtraField> fields, Particulars particulars) {
    private static final String TICKED = "yes";
    private static final Option NONE = new Option("", "–");
    private static final List<Option> COUNTRIES = Stream.concat(
                    Stream.of(NONE),
                    Stream.of(Locale.getISOCountries())
                            .map(code -> new Option(code, new Locale("", code).getDisplayCountry(Locale.ENGLISH)))
                            .sorted(Comparator.comparing(Option::label)))
            .toList();
    private static final List<Option> TAX_IDS = Stream.concat(
                    Stream.of(NONE), TaxIdTypes.all().stream().sorted().map(type -> new Option(type, type)))
            .toList();

    /** Nothing typed yet. */
    static ExtraForm of(ObjectNode session) {
        return new Builder(session, null).build();
    }

    /** What was sent. */
    static ExtraForm read(PageRequest request, ObjectNode session) {
        return new Builder(session, request).build();
    }

    boolean isComplete() {
        return fields.stream().allMatch(field -> field.error() == null);
    }

    /** The same without what is still missing. */
    ExtraForm withoutErrors() {
        return new ExtraForm(fields.stream().map(field -> field.with(null)).toList(), particulars);
    }

    private static final class Builder {
        private final ObjectNode session;
        private final @Nullable PageRequest request;
        private final List<ExtraField> fields = new ArrayList<>();
        private final Map<String, String> texts = new HashMap<>();
        private final ObjectNode address = Docs.object();

        Builder(ObjectNode session, @Nullable PageRequest request) {
            this.session = session;
            this.request = request;
        }

        ExtraForm build() {
            names();
            if (Docs.flag(Docs.child(session, "phone_number_collection"), "enabled")) {
                String phone = text("phone", "Phone", "tel", true, "tel");
                complain("phone", phone.isEmpty() || phone.matches("\\+?[0-9 ()/.-]{5,25}"), "Enter a phone number.");
            }
            if (CheckoutSessions.asksAddress(session)) {
                address();
            }
            if (Docs.flag(Docs.child(session, "tax_id_collection"), "enabled")) {
                taxId();
            }
            Docs.objects(session, "custom_fields").forEach(this::custom);
            ObjectNode asked = Docs.child(session, "consent_collection");
            boolean terms = "required".equals(Docs.text(asked, "terms_of_service"));
            String agreed =
                    Docs.text(Docs.child(Docs.child(session, "custom_text"), "terms_of_service_acceptance"), "message");
            boolean accepted =
                    terms && tick("terms", Objects.requireNonNullElse(agreed, "I agree to the terms of service"));
            complain("terms", !terms || accepted, "Accept the terms of service to go on.");
            boolean mail = "auto".equals(Docs.text(asked, "promotions"))
                    && tick("promotions", "Send me news and offers by e-mail");
            return new ExtraForm(List.copyOf(fields), new Particulars(address, texts, accepted, mail));
        }

        private void names() {
            ObjectNode asked = Docs.child(session, "name_collection");
            for (String kind : new String[] {"individual", "business"}) {
                ObjectNode how = Docs.child(asked, kind);
                if (Docs.flag(how, "enabled")) {
                    boolean person = "individual".equals(kind);
                    text(
                            kind + "_name",
                            person ? "Full name" : "Business name",
                            "text",
                            !Docs.flag(how, "optional"),
                            person ? "name" : "organization");
                }
            }
        }

        private void address() {
            boolean whole = "required".equals(Docs.text(session, "billing_address_collection"));
            part("country", select("country", "Country", COUNTRIES, true, "country"));
            if (whole) {
                part("line1", text("line1", "Address", "text", true, "address-line1"));
                part("line2", text("line2", "Address, second line", "text", false, "address-line2"));
                part("city", text("city", "City", "text", true, "address-level2"));
            }
            part("state", text("state", "State or province", "text", false, "address-level1"));
            part("postal_code", text("postal_code", "Postal code", "text", false, "postal-code"));
            boolean located = !AutomaticTax.isOn(session)
                    || !address.hasNonNull("country")
                    || TaxLocation.at(address, "billing_address") != null;
            complain("postal_code", located, "Tax in this country depends on the postal code: enter it.");
        }

        private void part(String field, String value) {
            if (!value.isEmpty()) {
                address.put(field, value);
            }
        }

        private void taxId() {
            boolean named = Docs.flag(Docs.child(Docs.child(session, "name_collection"), "business"), "enabled");
            boolean required = mustNameTaxId();
            if (!named) {
                String label = required ? "Business name" : "Business name (if you buy for one)";
                text("business_name", label, "text", required, "organization");
            }
            String type = select("tax_id_type", "Kind of tax ID", TAX_IDS, required, "off");
            String value = text("tax_id", "Tax ID", "text", required, "off");
            complain("tax_id_type", value.isEmpty() || !type.isEmpty(), "Choose the kind of tax ID.");
            complain("tax_id", type.isEmpty() || !value.isEmpty(), "Enter the tax ID.");
        }

        /** Where it is required, it is of those from countries that have tax IDs; of whoever does not say from where, too. */
        private boolean mustNameTaxId() {
            String country = Docs.text(address, "country");
            return "if_supported".equals(Docs.text(Docs.child(session, "tax_id_collection"), "required"))
                    && (country == null || TaxIdTypes.areIn(country));
        }

        private void custom(ObjectNode field) {
            String id = "custom_" + Docs.textOf(field, "key");
            String label = Docs.textOf(Docs.child(field, "label"), "custom");
            boolean required = !Docs.flag(field, "optional");
            String type = Docs.textOf(field, "type");
            ObjectNode detail = Docs.child(field, type);
            String preset = Objects.requireNonNullElse(Docs.text(detail, "default_value"), "");
            if ("dropdown".equals(type)) {
                List<Option> options = Stream.concat(
                                Stream.of(NONE),
                                Docs.objects(detail, "options").stream()
                                        .map(option ->
                                                new Option(Docs.textOf(option, "value"), Docs.textOf(option, "label"))))
                        .toList();
                add(id, optional(label, required), "select", typed(id, preset), options, "off", required);
                return;
            }
            String value = add(id, optional(label, required), "text", typed(id, preset), List.of(), "off", required);
            Long least = Docs.number(detail, "minimum_length");
            Long most = Docs.number(detail, "maximum_length");
            boolean fits = (least == null || value.length() >= least) && (most == null || value.length() <= most);
            boolean digits = !"numeric".equals(type) || value.matches("[0-9]+");
            complain(id, value.isEmpty() || digits, "Enter digits only.");
            complain(id, value.isEmpty() || fits, "Enter " + range(least, most) + " characters.");
        }

        private static String range(@Nullable Long least, @Nullable Long most) {
            return least == null ? "up to " + most : most == null ? "at least " + least : least + " to " + most;
        }

        private String text(String id, String label, String type, boolean required, String autocomplete) {
            return add(id, optional(label, required), type, typed(id, ""), List.of(), autocomplete, required);
        }

        private String select(String id, String label, List<Option> options, boolean required, String autocomplete) {
            return add(id, optional(label, required), "select", typed(id, ""), options, autocomplete, required);
        }

        private boolean tick(String id, String label) {
            String value = typed(id, "");
            fields.add(new ExtraField(id, label, "checkbox", value, List.of(), "off", null));
            return TICKED.equals(value);
        }

        /** Adds a field; returns what stands in it when that is possible, else nothing. */
        private String add(
                String id,
                String label,
                String type,
                String value,
                List<Option> options,
                String autocomplete,
                boolean required) {
            boolean known = options.isEmpty()
                    || options.stream().anyMatch(option -> option.value().equals(value));
            String kept = known ? value : "";
            fields.add(new ExtraField(id, label, type, kept, options, autocomplete, null));
            complain(id, !required || !kept.isEmpty(), "select".equals(type) ? "Choose one." : "Fill this in.");
            texts.put(id, kept);
            return kept;
        }

        private String typed(String id, String otherwise) {
            return request == null ? otherwise : request.field(id).strip();
        }

        private static String optional(String label, boolean required) {
            return required || label.endsWith(")") ? label : label + " (optional)";
        }

        /** Puts a message beside a field that was sent wrong and has none yet. */
        private void complain(String id, boolean right, String message) {
            if (request == null || right) {
                return;
            }
            fields.replaceAll(field -> field.id().equals(id) && field.error() == null ? field.with(message) : field);
        }
    }
}
