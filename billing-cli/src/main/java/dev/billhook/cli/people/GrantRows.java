package dev.billhook.cli.people;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.grant.Grant;
import org.jspecify.annotations.Nullable;

/** Puts grants into lines and JSON. */
final class GrantRows {
    private GrantRows() {}

    static String line(Grant grant) {
        Grant.Audit revoked = grant.revoked();
        String end = grant.until() == null ? "for ever" : "until " + grant.until();
        String taken =
                revoked == null ? "" : "  taken back " + revoked.at() + " by " + revoked.by() + ": " + revoked.reason();
        return String.join(
                        "  ",
                        grant.id(),
                        what(grant.what()),
                        "from " + grant.from() + " " + end,
                        "by " + grant.audit().by() + ": " + grant.audit().reason())
                + taken;
    }

    static ObjectNode json(Grant grant) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", grant.id());
        json.put("account", grant.account().toString());
        if (grant.what() instanceof Grant.What.OfPlan plan) {
            json.put("plan", plan.plan().value());
            json.put("units", plan.units());
        } else if (grant.what() instanceof Grant.What.OfFeature feature) {
            json.put("feature", feature.feature());
        }
        json.put("from", grant.from().toString());
        json.put("until", grant.until() == null ? null : grant.until().toString());
        add(json.putObject("given"), grant.audit());
        add(json.putObject("revoked"), grant.revoked());
        return json;
    }

    private static String what(Grant.What what) {
        if (what instanceof Grant.What.OfPlan plan) {
            return "plan " + plan.plan() + (plan.units() == 1 ? "" : " x " + plan.units());
        }
        return "feature " + ((Grant.What.OfFeature) what).feature();
    }

    private static void add(ObjectNode json, Grant.@Nullable Audit audit) {
        if (audit != null) {
            json.put("at", audit.at().toString());
            json.put("by", audit.by());
            json.put("reason", audit.reason());
        }
    }
}
