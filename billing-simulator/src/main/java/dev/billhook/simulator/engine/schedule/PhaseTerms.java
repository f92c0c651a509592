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

    PhaseTerms(World world) {
        this.world = world;
    }

    /** The request that begins a subscription in this phase. */
    Params beginning(ObjectNode schedule, ObjectNode phase, long now) {
        ObjectNode request = common(schedule, phase, now);
        request.set("customer", schedule.path("customer"));
        request.set("currency", phase.path("currency"));
        request.set("billing_mode", schedule.path("billing_mode").deepCopy());
        ArrayNode discounts = request.putArray("discounts");
        Docs.objects(phase, "discounts").stream().filter(this::isValid).forEach(discounts::add);
        if (ScheduleDocs.start(phase) < now) {
            request.put("backdate_start_date", ScheduleDocs.start(phase));
            request.put("_anchored_at_start", true);
        }
        ArrayNode items = request.putArray("items");
        Docs.objects(phase, "items").forEach(item -> items.add(wanted(item)));
        return Params.of(request);
    }

    /** The request that brings a subscription into this phase, which it enters or has had changed. */
    Params changing(ObjectNode schedule, ObjectNode phase, ObjectNode subscription, String proration, boolean enters) {
        long now = world.now(ScheduleDocs.clock(schedule));
        ObjectNode request = common(schedule, phase, now);
        request.put("proration_behavior", proration);
        request.set("items", items(phase, subscription));
        request.set("discounts", discounts(phase, subscription));
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
        if (!phase.path("default_tax_rates").isEmpty()) {
            request.set("default_tax_rates", phase.path("default_tax_rates").deepCopy());
        }
        ArrayNode extras = request.putArray("add_invoice_items");
        for (ObjectNode extra : Docs.objects(phase, "add_invoice_items")) {
            ObjectNode asked = extra.deepCopy();
            if (asked.path("discountable").isNull()) {
                asked.remove("discountable");
            }
            extras.add(asked);
        }
        return request;
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
    private static ArrayNode items(ObjectNode phase, ObjectNode subscription) {
        List<ObjectNode> present = new ArrayList<>(Docs.objects(subscription, "items"));
        List<ObjectNode> wanted = new ArrayList<>();
        for (ObjectNode item : Docs.objects(phase, "items")) {
            ObjectNode asked = wanted(item);
            ObjectNode same = find(present, Docs.textOf(item, "price"));
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

    private static ObjectNode wanted(ObjectNode item) {
        ObjectNode asked = Docs.object();
        asked.set("price", item.path("price"));
        asked.put("_sold", true);
        if (item.has("quantity")) {
            asked.set("quantity", item.path("quantity"));
        }
        asked.set("metadata", metadata(item));
        if (!item.path("discounts").isEmpty()) {
            asked.set("discounts", item.path("discounts").deepCopy());
        }
        if (!item.path("tax_rates").isEmpty()) {
            asked.set("tax_rates", item.path("tax_rates").deepCopy());
        }
        return asked;
    }

    /** Discounts of a coupon or code that the subscription has are kept, so that they are not redeemed again. */
    private JsonNode discounts(ObjectNode phase, ObjectNode subscription) {
        if (phase.path("discounts").isEmpty()) {
            return Docs.texts(subscription, "discounts").isEmpty() ? Docs.array() : NullNode.getInstance();
        }
        ArrayNode request = Docs.array();
        for (ObjectNode wanted : Docs.objects(phase, "discounts")) {
            String kept = Docs.texts(subscription, "discounts").stream()
                    .filter(id -> isOf(world.store().get("discount", id), wanted))
                    .findFirst()
                    .orElse(null);
            if (kept != null) {
                request.addObject().put("discount", kept);
            } else if (isValid(wanted)) {
                request.add(wanted.deepCopy());
            }
        }
        return request;
    }

    /** A coupon or code that has run out since it was planned discounts nothing. */
    private boolean isValid(ObjectNode wanted) {
        String coupon = Docs.text(wanted, "coupon");
        String code = Docs.text(wanted, "promotion_code");
        ObjectNode named = coupon != null
                ? world.store().find("coupon", coupon)
                : code == null ? null : world.store().find("promotion_code", code);
        return named != null && (Docs.flag(named, "valid") || Docs.flag(named, "active"));
    }

    private static boolean isOf(ObjectNode discount, ObjectNode wanted) {
        String code = Docs.text(wanted, "promotion_code");
        String coupon = Docs.text(wanted, "coupon");
        return Docs.textOf(discount, "id").equals(Docs.text(wanted, "discount"))
                || (code != null && code.equals(Docs.text(discount, "promotion_code")))
                || (coupon != null && coupon.equals(Docs.text(Docs.child(discount, "source"), "coupon")));
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
