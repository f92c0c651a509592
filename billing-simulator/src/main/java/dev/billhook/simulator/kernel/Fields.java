package dev.billhook.simulator.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Single values of a stored document, read without making the whole of it. */
@FunctionalInterface
public interface Fields {
    /** The value under these nested names; missing where there is none. */
    JsonNode at(List<String> path);
}
