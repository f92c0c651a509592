package dev.billhook.simulator.page.dashboard.object;

import dev.billhook.simulator.page.dashboard.timeline.TimelineView;
import dev.billhook.simulator.page.dashboard.view.Action;
import dev.billhook.simulator.page.dashboard.view.Cell;
import dev.billhook.simulator.page.dashboard.view.Fact;
import dev.billhook.simulator.page.dashboard.view.Places;
import dev.billhook.simulator.page.dashboard.view.Table;
import dev.billhook.simulator.page.kit.Links;
import dev.billhook.simulator.page.text.TimeText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what the page of an object shows. */
final class Sheet {
    private final List<Fact> facts = new ArrayList<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private final List<Fact> links = new ArrayList<>();
    private @Nullable TimelineView timeline;

    void fact(String name, Cell value) {
        facts.add(new Fact(name, value));
    }

    /** Adds a fact unless there is nothing to say. */
    void fact(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            fact(name, Cell.of(value));
        }
    }

    /** Adds a time unless there is none. */
    void time(String name, @Nullable Long second) {
        fact(name, second == null ? null : TimeText.exact(second));
    }

    /** Adds the object this one refers to, unless there is none. */
    void reference(String name, String type, @Nullable String id) {
        if (id != null) {
            fact(name, Cell.code(id, Places.of(type, id)));
        }
    }

    void table(Table table) {
        tables.add(table);
    }

    /** Adds a table unless it has no rows. */
    void tableIfAny(Table table) {
        if (!table.rows().isEmpty()) {
            tables.add(table);
        }
    }

    void action(Action action) {
        actions.add(action);
    }

    /** Adds a page elsewhere that shows the object, if it has one. */
    void link(String label, @Nullable String url) {
        String web = Links.web(url);
        if (web != null) {
            links.add(new Fact(label, Cell.link(label, web)));
        }
    }

    void draw(TimelineView picture) {
        timeline = picture;
    }

    List<Fact> facts() {
        return facts;
    }

    List<Table> tables() {
        return tables;
    }

    List<Action> actions() {
        return actions;
    }

    List<Fact> links() {
        return links;
    }

    @Nullable TimelineView timeline() {
        return timeline;
    }
}
