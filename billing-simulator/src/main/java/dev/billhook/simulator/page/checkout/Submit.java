package dev.billhook.simulator.page.checkout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands on the button that pays, and around it. */
final class Submit {
    private static final Map<String, String> BY_TYPE =
            Map.of("book", "Book", "donate", "Donate", "pay", "Pay", "subscribe", "Subscribe");

    private Submit() {}

    /** What the button says. */
    static String label(ObjectNode session, boolean trial) {
        String wanted = Docs.text(session, "submit_type");
        if (wanted != null && BY_TYPE.containsKey(wanted)) {
            return BY_TYPE.get(wanted);
        }
        return switch (Docs.textOf(session, "mode")) {
            case "setup" -> "Save card";
            case "subscription" -> trial ? "Start trial" : "Subscribe";
            default -> "Pay";
        };
    }

    /** A message of the shop; null when there is none. */
    static @Nullable String says(ObjectNode session, String where) {
        return Docs.text(Docs.child(Docs.child(session, "custom_text"), where), "message");
    }
}
