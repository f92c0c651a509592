package dev.billhook.simulator.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.gateway.ApiGateway;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Settings;
import dev.billhook.simulator.kernel.Simulation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The whole world of a simulator as one JSON object: documents with what the engine remembers in them, what is left of deleted
 * ones, clocks and what is due on them, and the answers remembered for idempotency keys. Life goes on from it as it would have
 * without. Deliveries under way and a payment that waits for its 3-D Secure step in a browser are not in it.
 */
public final class Snapshot {
    private static final int FORMAT = 1;
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Simulation simulation;
    private final ApiGateway gateway;

    /** Of this world. */
    public Snapshot(Simulation simulation, ApiGateway gateway) {
        this.simulation = simulation;
        this.gateway = gateway;
    }

    /** Writes everything, as it is between two requests. */
    public void write(OutputStream out) throws IOException {
        try {
            simulation.exclusively(() -> {
                writeAll(out);
                return out;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Replaces everything by what was written; nothing remains of the present world, even where the snapshot turns out to be
     * broken.
     *
     * @throws ApiError when it is no snapshot, or one of another format or mode
     */
    public void read(InputStream in) throws IOException {
        try {
            simulation.exclusively(() -> {
                readAll(in);
                return in;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void writeAll(OutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setCodec(TREES);
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeStringField("api_version", Settings.API_VERSION);
            json.writeBooleanField("livemode", simulation.settings().livemode());
            json.writeObjectField("time", simulation.save());
            write(json, "timers", simulation.saveTimers());
            write(json, "documents", simulation.store().everything());
            write(json, "deleted", simulation.store().everythingDeleted());
            write(json, "idempotency", gateway.remembered());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One a line, so that snapshots can be compared and searched. */
    private static void write(JsonGenerator json, String field, Stream<ObjectNode> elements) throws IOException {
        json.writeArrayFieldStart(field);
        Iterator<ObjectNode> each = elements.iterator();
        while (each.hasNext()) {
            json.writeRaw('\n');
            json.writeTree(each.next());
        }
        json.writeEndArray();
    }

    private void readAll(InputStream in) {
        try (JsonParser json = JSON.createParser(in)) {
            json.setCodec(TREES);
            if (json.nextToken() != JsonToken.START_OBJECT || !"format".equals(json.nextFieldName())) {
                throw broken("This is no snapshot of a simulator.");
            }
            int format = json.nextIntValue(-1);
            if (format != FORMAT) {
                throw broken("This snapshot has format " + format + "; this simulator reads " + FORMAT + ".");
            }
            forget();
            Map<String, Consumer<ObjectNode>> parts = Map.of(
                    "timers", simulation::restoreTimer,
                    "documents", simulation::restoreDocument,
                    "deleted", simulation.store()::addDeleted,
                    "idempotency", gateway::remember);
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                Consumer<ObjectNode> part = parts.get(field);
                if (part == null) {
                    single(field, json.readValueAsTree());
                } else {
                    each(json, part);
                }
            }
        } catch (JsonProcessingException | IllegalStateException | ClassCastException e) {
            forget();
            throw broken("The snapshot is broken: " + e.getMessage());
        } catch (ApiError e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forget() {
        simulation.reset();
        gateway.reset();
    }

    private void single(String field, JsonNode value) {
        if ("time".equals(field)) {
            simulation.restore((ObjectNode) value);
        } else if ("livemode".equals(field)
                && value.asBoolean() != simulation.settings().livemode()) {
            throw broken("The snapshot is of the other mode than this simulator's API key.");
        }
    }

    private static void each(JsonParser json, Consumer<ObjectNode> part) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw broken("The snapshot is broken: a list is expected.");
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            ObjectNode element = json.readValueAsTree();
            part.accept(element);
        }
    }

    private static ApiError broken(String message) {
        return ApiError.invalid(null, null, message);
    }
}
