package dev.billhook.cli.reconcile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.reconcile.Drift;
import dev.billhook.reconcile.DriftReport;

/** A drift report for programs. */
final class DriftJson {
    private DriftJson() {}

    static ObjectNode of(DriftReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("started_at", report.startedAt().toString());
        json.put("finished_at", report.finishedAt().toString());
        json.put("subscriptions", report.counts().subscriptions());
        json.put("customers", report.counts().customers());
        json.put("purchases", report.counts().purchases());
        json.put("different", report.counts().drifted());
        ArrayNode drifts = json.putArray("differences");
        report.drifts().forEach(drift -> add(drifts.addObject(), drift));
        return json;
    }

    private static void add(ObjectNode json, Drift drift) {
        json.put("kind", drift.kind().name());
        json.put("object", drift.objectId());
        json.put("account", drift.account() == null ? null : drift.account().toString());
        ArrayNode fields = json.putArray("fields");
        drift.fields()
                .forEach(field -> fields.addObject()
                        .put("name", field.name())
                        .put("ours", field.ours())
                        .put("theirs", field.theirs()));
    }
}
