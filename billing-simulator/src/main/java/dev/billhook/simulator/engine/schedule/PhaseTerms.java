package dev.billhook.simulator.engine.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts a phase into the words of a request that begins or updates the subscription. */
final class PhaseTerms {
    private static final String[] SETTINGS = {
        "application_fee_percent",
        "automatic_tax",
        "billing_thresholds",
        "collection_method",
        "default_payment_method",
        "description",
        "on_behalf_of",
        "transfer_data"
    };

    private final World world;
    private final PhaseDiscounts discounts;

    PhaseTerms(World world, PhaseDiscounts discounts) {
        this.world = world;
        this.discounts = discounts;
    }

    /** The request that begins a subscription in this phase. */
    Params beginning(ObjectNode schedule, ObjectNode phase, long now) {
        ObjectNode request = common(schedule, phase, now);
        request.set("customer", schedule.path("customer"));
        request.set("currency", phase.path("currency"));
        request.set("billing_mode", schedule.path("billing_mode").deepCopy());
        request.set("discounts", discounts.ofPhase(phase, customer(schedule), null));
        if (ScheduleDocs.start(phase) < now) {
            request.put("backdate_start_date", ScheduleDocs.start(phase));
            request.put("_anchored_at_start", true);
        }
        ArrayNode items = request.putArray("items");
        Docs.objects(phase, "items").forEach(item -> items.add(wanted(schedule, phase, item, null)));
        return Params.of(request);
    }

    /** The request that brings a subscription into this phase, which it enters or has had changed. */
    Params changing(ObjectNode schedule, ObjectNode phase, ObjectNode subscription, String proration, boolean enters) {
        long now = world.now(ScheduleDocs.clock(schedule));
        ObjectNode request = common(schedule, phase, now);
        request.put("proration_behavior", proration);
        request.set("items", items(schedule, phase, subscription));
        request.set("discounts", discounts.ofPhase(phase, customer(schedule), subscription));
        Long trialEnd = Docs.number(phase, "trial_end");
        boolean trials = "trialing".equals(Docs.text(subscription, "status"));
        if (trials && Objects.equals(trialEnd, Docs.number(subscription, "trial_end"))) {
            request.remove("trial_end");
        } else if (trials && (trialEnd == null || trialEnd <= now) && Docs.numberOf(subscription, "trial_end") > now) {
            request.put("trial_end", "now");
        }
        if (!enters) {
            request.remove("add_invoice_items");
        } else if ("phase_start"
                .equals(setting(schedule, phase, "billing_cycle_anchor").asText())) {
            request.put("billing_cycle_anchor", "now");
        }
        return Params.of(request);
    }

    private ObjectNode common(ObjectNode schedule, ObjectNode phase, long now) {
        ObjectNode request = Docs.object();
        for (String name : SETTINGS) {
            JsonNode value = setting(schedule, phase, name);
            if (!value.isNull() && !value.isMissingNode()) {
                request.set(name, value.deepCopy());
            }
        }
        String method = Docs.text(request, "default_payment_method");
        ObjectNode card = method == null ? null : world.store().find("payment_method", method);
        if (card == null || !schedule.path("customer").equals(card.path("customer"))) {
            request.remove("default_payment_method");
        }
        JsonNode days = invoiceSetting(schedule, phase, "days_until_due");
        if (days.isNumber()) {
            request.set("days_until_due", days);
        }
        request.set("metadata", metadata(phase));
        request.put("proration_behavior", Docs.textOf(phase, "proration_behavior"));
        Long trialEnd = Docs.number(phase, "trial_end");
        if (trialEnd != null && trialEnd > now) {
            request.put("trial_end", trialEnd);
        }
        request.put("_agreed", true);
        request.set("default_tax_rates", phase.path("default_tax_rates").deepCopy());
        ArrayNode extras = request.putArray("add_invoice_items");
        for (ObjectNode extra : Docs.objects(phase, "add_invoice_items")) {
            ObjectNode asked = extra.deepCopy().put("_agreed", true);
            asked.set("discounts", discounts.ofPart(phase, extra, customer(schedule), null));
            if (asked.path("discountable").isNull()) {
                asked.remove("discountable");
            }
            extras.add(asked);
        }
        return request;
    }

    private static String customer(ObjectNode schedule) {
        return Docs.textOf(schedule, "customer");
    }

    private static JsonNode setting(ObjectNode schedule, ObjectNode phase, String name) {
        return phase.hasNonNull(name)
                ? phase.path(name)
                : Docs.child(schedule, "default_settings").path(name);
    }

    private static JsonNode invoiceSetting(ObjectNode schedule, ObjectNode phase, String name) {
        ObjectNode own = Docs.child(phase, "invoice_settings");
        return own.hasNonNull(name)
                ? own.path(name)
                : Docs.child(Docs.child(schedule, "default_settings"), "invoice_settings")
                        .path(name);
    }

    /** Items of the same price are kept, others take the places of those that go, in their order. */
    private ArrayNode items(ObjectNode schedule, ObjectNode phase, ObjectNode subscription) {
        List<ObjectNode> present = new ArrayList<>(Docs.objects(subscription, "items"));
        List<ObjectNode> wanted = new ArrayList<>();
        for (ObjectNode item : Docs.objects(phase, "items")) {
            ObjectNode same = find(present, Docs.textOf(item, "price"));
            ObjectNode asked = wanted(schedule, phase, item, same);
            if (same != null) {
                present.remove(same);
                asked.set("id", same.path("id"));
                asked.remove("price");
            }
            wanted.add(asked);
        }
        ArrayNode request = Docs.array();
        for (ObjectNode asked : wanted) {
            if (!asked.has("id") && !present.isEmpty()) {
                asked.set("id", present.remove(0).path("id"));
            }
            request.add(asked);
        }
        present.forEach(
                gone -> request.addObject().put("id", Docs.textOf(gone, "id")).put("deleted", true));
        return request;
    }

    private static @Nullable ObjectNode find(List<ObjectNode> items, String price) {
        return items.stream()
                .filter(item -> price.equals(Docs.text(item, "price")))
                .findFirst()
                .orElse(null);
    }

    private ObjectNode wanted(ObjectNode schedule, ObjectNode phase, ObjectNode item, @Nullable ObjectNode present) {
        ObjectNode asked = Docs.object();
        asked.set("price", item.path("price"));
        asked.put("_agreed", true);
        if (item.has("quantity")) {
            asked.set("quantity", item.path("quantity"));
        }
        asked.set("metadata", metadata(item));
        asked.set("discounts", discounts.ofPart(phase, item, customer(schedule), present));
        asked.set("tax_rates", item.path("tax_rates").deepCopy());
        return asked;
    }

    private static ObjectNode metadata(ObjectNode of) {
        ObjectNode metadata = Docs.object();
        Docs.child(of, "metadata")
                .properties()
                .forEach(entry -> metadata.set(
                        entry.getKey(),
                        entry.getValue().asText().isEmpty() ? NullNode.getInstance() : entry.getValue()));
        return metadata;
    }
}
