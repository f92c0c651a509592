package dev.billhook.simulator.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.spi.Exchange;
import dev.billhook.simulator.spi.ExchangeObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes every answer, request and event of a new shape that simulators of this JVM see into a file of its own, one JSON document
 * a line, below the folder that the property {@code billhook.contract} names; without it nothing is recorded. The build compares
 * them with Stripe's own types at its end.
 */
public final class ExchangeRecorder implements ExchangeObserver {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Shapes SHAPES = new Shapes();
    private static final long MOST = 64L << 20;
    private static final @Nullable Writer FILE = open();
    private static long written;

    @Override
    public void exchange(Exchange exchange) {
        if (FILE == null) {
            return;
        }
        ObjectNode line = JSON.createObjectNode();
        line.put("route", exchange.method() + " " + (exchange.template() == null ? "?" : exchange.template()));
        line.put("client", exchange.client());
        line.put("status", exchange.status());
        String place = line.path("route").asText() + " " + (exchange.status() < 300 ? "" : "error");
        JsonNode answer = newPart(place, exchange.answer());
        if (answer != null) {
            write(line.deepCopy().put("kind", "answer").set("body", answer));
        }
        if (SHAPES.isNew(place + line.path("client").asText() + " request", exchange.form())) {
            write(line.put("kind", "request").set("body", exchange.form()));
        }
    }

    @Override
    public void event(JsonNode event) {
        if (FILE != null && SHAPES.isNew(event.path("type").asText(), event)) {
            write(JSON.createObjectNode().put("kind", "event").set("body", event));
        }
    }

    /** Of a page of a list, the elements that are new; null when there is nothing new. */
    private static @Nullable JsonNode newPart(String place, JsonNode answer) {
        if (!(answer.path("data") instanceof ArrayNode elements)) {
            return SHAPES.isNew(place, answer) ? answer : null;
        }
        ObjectNode page = answer.deepCopy();
        ArrayNode kept = page.putArray("data");
        boolean envelope = SHAPES.isNew(place, page);
        elements.forEach(element -> {
            if (SHAPES.isNew(place + "[]", element)) {
                kept.add(element);
            }
        });
        return envelope || !kept.isEmpty() ? page : null;
    }

    private static synchronized void write(JsonNode line) {
        try {
            String text = line + "\n";
            written += text.length();
            if (FILE != null && written < MOST) {
                FILE.write(text);
                FILE.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Writer open() {
        String folder = System.getProperty("billhook.contract");
        if (folder == null) {
            return null;
        }
        try {
            Path module = Path.of(System.getProperty("basedir", "unnamed")).getFileName();
            String name = module + "-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".jsonl";
            return Files.newBufferedWriter(
                    Files.createDirectories(Path.of(folder)).resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
