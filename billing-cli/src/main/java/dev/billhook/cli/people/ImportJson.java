package dev.billhook.cli.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.imports.ImportConflict;
import dev.billhook.imports.ImportEffect;
import dev.billhook.imports.ImportReport;
import dev.billhook.imports.ImportStep;
import java.util.Locale;

/** An import's report for programs. */
final class ImportJson {
    private ImportJson() {}

    static ObjectNode of(ImportReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("applied", report.applied());
        json.put("started_at", report.startedAt().toString());
        json.put("finished_at", report.finishedAt().toString());
        json.put("resumed", report.resumed());
        json.put("rows", report.totals().rows());
        json.put("unchanged", report.totals().unchanged());
        for (ImportEffect effect : ImportEffect.values()) {
            json.put(effect.name().toLowerCase(Locale.ROOT), report.totals().of(effect));
        }
        ObjectNode counts = json.putObject("conflicts");
        report.totals().conflicts().forEach((why, count) -> counts.put(why.name(), count));
        ArrayNode left = json.putArray("left");
        report.conflicts().forEach(step -> add(left.addObject(), step));
        return json;
    }

    private static void add(ObjectNode json, ImportStep step) {
        ImportConflict conflict = step.conflict();
        json.put("line", step.line());
        json.put("account", step.account() == null ? null : step.account().toString());
        json.put("customer", step.customerId());
        json.put("conflict", conflict == null ? null : conflict.name());
        json.put("remedy", conflict == null ? null : conflict.remedy());
        json.put("detail", step.detail());
    }
}
