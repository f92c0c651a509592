package dev.billhook.simulator.page.dashboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One object on a page of its own.
 *
 * @param up the address of the section it is listed in
 * @param open an address of a hosted page that shows it; null when there is none
 * @param json the object as the API shows it
 */
record ObjectView(
        Frame frame,
        String title,
        String section,
        String up,
        List<Fact> facts,
        List<Table> tables,
        @Nullable Fact open,
        String json) {}
