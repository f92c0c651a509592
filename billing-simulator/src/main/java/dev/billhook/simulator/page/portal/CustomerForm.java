package dev.billhook.simulator.page.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form on which billing details are changed: the fields the configuration allows, as they are or as they were typed. */
final class CustomerForm {
    /** The inputs of each part of a customer that the configuration may allow to change. */
    static final Map<String, List<Input>> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put("name", List.of(new Input("name", "Name", "text", "name")));
        FIELDS.put("email", List.of(new Input("email", "E-mail", "email", "email")));
        FIELDS.put("phone", List.of(new Input("phone", "Phone", "tel", "tel")));
        FIELDS.put("address", address("address", "", "billing"));
        List<Input> shipping = new ArrayList<>();
        shipping.add(new Input("shipping.name", "Shipping name", "text", "shipping name"));
        shipping.addAll(address("shipping.address", "Shipping: ", "shipping"));
        FIELDS.put("shipping", List.copyOf(shipping));
    }

    /** One input; its name is the path of the field of the customer. */
    record Input(String name, String label, String type, String autocomplete) {}

    /** One input with what stands in it. */
    record Entered(
            String id, Input input, String value, @Nullable String error) {}

    private CustomerForm() {}

    private static List<Input> address(String path, String label, String group) {
        return List.of(
                new Input(path + ".line1", label + "Address", "text", group + " address-line1"),
                new Input(path + ".line2", label + "Address, second line", "text", group + " address-line2"),
                new Input(path + ".postal_code", label + "Postal code", "text", group + " postal-code"),
                new Input(path + ".city", label + "City", "text", group + " address-level2"),
                new Input(path + ".state", label + "State or region", "text", group + " address-level1"),
                new Input(path + ".country", label + "Country, two letters", "text", group + " country"));
    }

    /** What is offered, as it is. */
    static List<Entered> asIs(Visit visit) {
        return inputs(visit).stream()
                .map(input -> new Entered(id(input), input, present(visit.view().customer(), input), null))
                .toList();
    }

    /** What was typed. */
    static List<Entered> typed(Visit visit, PageRequest request) {
        return inputs(visit).stream()
                .map(input -> {
                    String value = request.field(id(input));
                    return new Entered(id(input), input, value, error(input, value));
                })
                .toList();
    }

    /** The change as the API would be asked for it. */
    static ObjectNode change(List<Entered> entered) {
        ObjectNode change = Docs.object();
        for (Entered each : entered) {
            String[] path = each.input().name().split("\\.", -1);
            ObjectNode node = change;
            for (int i = 0; i < path.length - 1; i++) {
                node = Docs.ensure(node, path[i]);
            }
            String value =
                    each.input().name().endsWith("country") ? each.value().toUpperCase(Locale.ROOT) : each.value();
            node.put(path[path.length - 1], value);
        }
        if (Docs.child(change, "shipping").path("name").asText("").isEmpty()) {
            change.remove("shipping");
        }
        return change;
    }

    private static List<Input> inputs(Visit visit) {
        return FIELDS.entrySet().stream()
                .filter(field -> visit.allows(field.getKey()))
                .flatMap(field -> field.getValue().stream())
                .toList();
    }

    private static String present(ObjectNode customer, Input input) {
        String value = customer.at("/" + input.name().replace('.', '/')).asText("");
        return "null".equals(value) ? "" : value;
    }

    private static @Nullable String error(Input input, String value) {
        if (input.name().equals("email") && !value.matches("[^@\\s]+@[^@\\s]+")) {
            return "Enter an e-mail address, for example jo@example.com.";
        }
        boolean country = input.name().endsWith("country");
        return country && !value.isEmpty() && !value.matches("[A-Za-z]{2}")
                ? "Write the country with two letters, for example DE."
                : null;
    }

    private static String id(Input input) {
        return input.name().replace('.', '-');
    }
}
