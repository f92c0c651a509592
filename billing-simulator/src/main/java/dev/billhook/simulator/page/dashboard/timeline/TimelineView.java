package dev.billhook.simulator.page.dashboard.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The picture of a subscription's life, ready to be drawn, and the same as a list. Lengths are units of the picture.
 *
 * @param description what the picture shows, for those who do not see it
 * @param lanes names of the rows
 * @param now where the present is; null when it is not in the picture
 */
public record TimelineView(
        int width,
        int height,
        String description,
        List<Text> lanes,
        List<Bar> bars,
        List<Mark> marks,
        List<Text> ticks,
        @Nullable Long now,
        List<Entry> entries) {
    /** A word in the picture. */
    public record Text(long x, long y, String text) {}

    /**
     * A time that was of one kind.
     *
     * @param label what stands in it; empty when there is no room
     * @param tip what it says when it is pointed at
     */
    public record Bar(long x, long y, long width, String style, String label, String tip) {}

    /** Something that happened at once. */
    public record Mark(long x, long y, String style, String tip) {}

    /** One entry of the list. */
    public record Entry(
            String time, String iso, String text, @Nullable String link) {}

    /** The picture as it is at this second. Used under the simulation's lock. */
    public static TimelineView of(Store store, ObjectNode subscription, long now) {
        return new Drawing(Storyteller.tell(store, subscription, now)).view();
    }
}
