package dev.billhook.simulator.page.dashboard.object;

import dev.billhook.simulator.page.dashboard.timeline.TimelineView;
import dev.billhook.simulator.page.dashboard.view.Action;
import dev.billhook.simulator.page.dashboard.view.Fact;
import dev.billhook.simulator.page.dashboard.view.Frame;
import dev.billhook.simulator.page.dashboard.view.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One object on a page of its own.
 *
 * @param up the address of the section it is listed in
 * @param timeline the picture of its life; null for what has none
 * @param links hosted pages that show it
 * @param json the object as the API shows it
 */
record ObjectView(
        Frame frame,
        String title,
        String section,
        String up,
        List<Fact> facts,
        @Nullable TimelineView timeline,
        List<Fact> links,
        List<Action> actions,
        List<Table> tables,
        String json) {}
