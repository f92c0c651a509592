package dev.billhook.simulator.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request parameter may be. */
sealed interface ParamType {
    /** One field of an object of parameters. */
    record Field(String name, boolean required, boolean emptyable, ParamType type) {}

    /** A single value. */
    record Scalar(Kind kind, List<String> choices) implements ParamType {}

    /** An object with these fields. */
    record Group(Map<String, Field> fields) implements ParamType {}

    /** A single value or an object. */
    record Either(Scalar scalar, Group group) implements ParamType {}

    /** A list of values. */
    record Many(ParamType element) implements ParamType {}

    /** An object whose keys are free and whose values are alike; metadata is one of texts. */
    record Keyed(ParamType value) implements ParamType {}

    /** Kinds of single values; {@code DECIMAL} stays a text, {@code ANY} takes whatever comes, {@code RANGE} is a number or its bounds. */
    enum Kind {
        TEXT,
        INTEGER,
        BOOLEAN,
        DECIMAL,
        NUMBER,
        ANY,
        RANGE;

        static @Nullable Kind of(String word) {
            return switch (word) {
                case "str" -> TEXT;
                case "int" -> INTEGER;
                case "bool" -> BOOLEAN;
                case "dec" -> DECIMAL;
                case "num" -> NUMBER;
                case "any" -> ANY;
                case "range" -> RANGE;
                default -> null;
            };
        }
    }
}
