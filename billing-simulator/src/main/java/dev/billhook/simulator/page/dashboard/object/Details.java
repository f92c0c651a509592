package dev.billhook.simulator.page.dashboard.object;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the pages of objects of one type show. Used under the simulation's lock. */
interface Details {
    /** What the page is headed with. */
    String title(ObjectNode doc);

    /** Enters what is to be seen of an object. */
    void fill(ObjectNode doc, Sheet sheet);
}
