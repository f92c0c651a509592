package dev.billhook.cli.migrate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.migration.MigrationPlan;
import dev.billhook.migration.MigrationReport;
import dev.billhook.migration.MigrationStep;
import dev.billhook.migration.MigrationTotals;
import dev.billhook.money.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A migration for programs. Amounts are minor units. */
final class MigrationJson {
    private MigrationJson() {}

    static ObjectNode of(MigrationPlan plan) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("applied", false);
        add(json, plan.totals());
        add(json.putArray("subscriptions"), plan.steps());
        return json;
    }

    static ObjectNode of(MigrationReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("applied", true);
        json.put("started_at", report.startedAt().toString());
        json.put("finished_at", report.finishedAt().toString());
        json.put("resumed", report.resumed());
        add(json, report.totals());
        add(json.putArray("left"), report.left());
        return json;
    }

    private static void add(ObjectNode json, MigrationTotals totals) {
        json.put("seen", totals.seen());
        json.put("moved", totals.moved());
        ObjectNode skipped = json.putObject("skipped");
        totals.skipped().forEach((why, count) -> skipped.put(why.name(), count));
        ObjectNode impact = json.putObject("impact");
        totals.impact()
                .forEach((currency, each) -> impact.putObject(currency.getCurrencyCode())
                        .put("before", each.before().minorUnits())
                        .put("after", each.after().minorUnits()));
    }

    private static void add(ArrayNode json, List<MigrationStep> steps) {
        for (MigrationStep step : steps) {
            ObjectNode told = json.addObject();
            told.put("account", step.account().toString());
            told.put("subscription", step.subscriptionId());
            told.put("skipped", step.skipped() == null ? null : step.skipped().name());
            ArrayNode lines = told.putArray("lines");
            step.lines()
                    .forEach(line -> lines.addObject()
                            .put("plan", line.plan().value())
                            .put("units", line.units())
                            .put("before", minorUnits(line.before()))
                            .put("after", minorUnits(line.after())));
        }
    }

    private static @Nullable Long minorUnits(@Nullable Money money) {
        return money == null ? null : money.minorUnits();
    }
}
