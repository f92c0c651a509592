package dev.billhook.simulator.page.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words postal addresses for people. */
public final class AddressText {
    private AddressText() {}

    /** All parts that are there, separated by commas. */
    public static String of(ObjectNode address) {
        String place = joined(address, " ", "postal_code", "city");
        return Stream.of(joined(address, ", ", "line1", "line2"), place, joined(address, ", ", "state", "country"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String joined(ObjectNode address, String between, String... fields) {
        return Stream.of(fields)
                .map(field -> Docs.text(address, field))
                .filter(part -> part != null && !part.isEmpty())
                .collect(Collectors.joining(between));
    }
}
