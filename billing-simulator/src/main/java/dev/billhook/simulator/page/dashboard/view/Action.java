package dev.billhook.simulator.page.dashboard.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that can be done: a form with a button.
 *
 * @param url where it is sent
 * @param button what the button says
 * @param tone {@code primary}, {@code danger} or empty
 */
public record Action(String url, String button, String tone, List<Field> fields) {
    public Action {
        fields = List.copyOf(fields);
    }

    /** An action that needs to know nothing. */
    public static Action of(String url, String button) {
        return new Action(url, button, "", List.of());
    }

    /** The same with one more field. */
    public Action with(Field field) {
        List<Field> more = new ArrayList<>(fields);
        more.add(field);
        return new Action(url, button, tone, more);
    }

    /** The same with a button that warns. */
    public Action dangerous() {
        return new Action(url, button, "danger", fields);
    }

    /**
     * What an action needs to know.
     *
     * @param options what can be chosen; empty for a text that is typed
     */
    public record Field(String id, String name, String label, String value, String hint, List<Option> options) {
        public Field {
            options = List.copyOf(options);
        }

        /** A text that is typed. */
        public static Field text(String name, String label, String value, String hint) {
            return new Field("do-" + name, name, label, value, hint, List.of());
        }

        /** One of several. */
        public static Field choice(String name, String label, String chosen, List<Option> options) {
            return new Field("do-" + name, name, label, chosen, "", options);
        }
    }

    /** One of several that can be chosen. */
    public record Option(String value, String label) {
        /** An option that is worded as it is called. */
        public static Option named(String value) {
            String words = value.replace('_', ' ');
            return new Option(value, Character.toUpperCase(words.charAt(0)) + words.substring(1));
        }
    }
}
