package dev.billhook.simulator.page.dashboard.timeline;

import dev.billhook.simulator.page.dashboard.timeline.Story.Moment;
import dev.billhook.simulator.page.dashboard.timeline.Story.Stretch;
import dev.billhook.simulator.page.dashboard.timeline.TimelineView.Bar;
import dev.billhook.simulator.page.dashboard.timeline.TimelineView.Entry;
import dev.billhook.simulator.page.dashboard.timeline.TimelineView.Mark;
import dev.billhook.simulator.page.dashboard.timeline.TimelineView.Text;
import dev.billhook.simulator.page.text.TimeText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Works out where everything stands in the picture. */
final class Drawing {
    private static final int WIDTH = 960;
    private static final int LEFT = 84;
    private static final int RIGHT = 24;
    private static final int STATUS_LANE = 26;
    private static final int PERIOD_LANE = 62;
    private static final int CHANGE_LANE = 112;
    private static final int INVOICE_LANE = 150;
    private static final int HEIGHT = 206;
    private static final int AXIS = 194;
    private static final int BASELINE = 15;
    private static final int LETTER = 7;
    private static final int MARK = 12;
    private static final int STACKED = 3;

    private final Story story;

    Drawing(Story story) {
        this.story = story;
    }

    TimelineView view() {
        List<Bar> bars = new ArrayList<>();
        story.states().forEach(state -> addBar(bars, state, STATUS_LANE, "state " + tone(state.tone())));
        for (int i = 0; i < story.periods().size(); i++) {
            addBar(bars, story.periods().get(i), PERIOD_LANE, i % 2 == 0 ? "period" : "period odd");
        }
        List<Mark> marks = new ArrayList<>(stacked(story.moments(), CHANGE_LANE, "change "));
        marks.addAll(stacked(story.bills(), INVOICE_LANE, "bill "));
        boolean present = story.now() >= story.from() && story.now() <= story.to();
        return new TimelineView(
                WIDTH,
                HEIGHT,
                description(),
                List.of(
                        new Text(0, STATUS_LANE + BASELINE, "Status"),
                        new Text(0, PERIOD_LANE + BASELINE, "Periods"),
                        new Text(0, CHANGE_LANE + 4, "Changes"),
                        new Text(0, INVOICE_LANE + 4, "Invoices")),
                bars,
                marks,
                Scale.ticks(story.from(), story.to()).stream()
                        .map(tick -> new Text(x(tick.at()), AXIS, tick.label()))
                        .toList(),
                present ? Long.valueOf(x(story.now())) : null,
                entries());
    }

    private void addBar(List<Bar> bars, Stretch stretch, int y, String style) {
        long from = x(stretch.from());
        long width = x(stretch.to()) - from;
        if (width < 1) {
            return;
        }
        boolean room = (long) stretch.label().length() * LETTER + LETTER <= width;
        String tip = stretch.label() + ", " + TimeText.day(stretch.from()) + " – " + TimeText.day(stretch.to());
        bars.add(new Bar(from, y, width, style, room ? stretch.label() : "", tip));
    }

    /** Marks that would cover each other stand above each other. */
    private List<Mark> stacked(List<Moment> moments, int lane, String style) {
        List<Mark> marks = new ArrayList<>();
        long last = Long.MIN_VALUE / 2;
        int height = 0;
        for (Moment moment : moments) {
            long x = x(moment.at());
            height = x - last < MARK ? (height + 1) % STACKED : 0;
            last = x;
            String tip = TimeText.day(moment.at()) + ": " + moment.text();
            marks.add(new Mark(x, lane + (long) height * MARK, style + tone(moment.tone()), tip));
        }
        return marks;
    }

    private List<Entry> entries() {
        return Stream.concat(story.moments().stream(), story.bills().stream())
                .sorted(Comparator.comparingLong(Moment::at))
                .map(moment ->
                        new Entry(TimeText.exact(moment.at()), TimeText.iso(moment.at()), moment.text(), moment.link()))
                .toList();
    }

    private String description() {
        Stretch state = story.states().get(story.states().size() - 1);
        return "From " + TimeText.day(story.from()) + " to " + TimeText.day(story.to()) + ": "
                + counted(story.periods().size(), "period") + ", "
                + counted(story.moments().size(), "change") + ", "
                + counted(story.bills().size(), "invoice") + ". Last status: " + state.label()
                + ". The list below the picture says the same.";
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String tone(String tone) {
        return tone.isEmpty() ? "plain" : tone;
    }

    private long x(long at) {
        long length = Math.max(1, story.to() - story.from());
        long within = Math.max(0, Math.min(length, at - story.from()));
        return LEFT + within * (WIDTH - LEFT - RIGHT) / length;
    }
}
