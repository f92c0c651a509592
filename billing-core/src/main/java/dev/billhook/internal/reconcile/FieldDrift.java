package dev.billhook.internal.reconcile;

import dev.billhook.reconcile.Drift;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the fields in which two records of the same type differ. Pure. */
final class FieldDrift {
    private FieldDrift() {}

    static <T extends Record> List<Drift.Field> between(T ours, T theirs) {
        List<Drift.Field> fields = new ArrayList<>();
        for (RecordComponent component : ours.getClass().getRecordComponents()) {
            Object here = value(component, ours);
            Object there = value(component, theirs);
            if (!Objects.equals(here, there)) {
                fields.add(new Drift.Field(component.getName(), String.valueOf(here), String.valueOf(there)));
            }
        }
        return fields;
    }

    private static @Nullable Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a public record can be read", e);
        }
    }
}
