package dev.billhook.simulator.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Difference;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Renderer;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.kernel.Settings;
import dev.billhook.simulator.kernel.Simulation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Records what happened as Stripe's events do: the object as it was shown at that moment and, for updates, the old values of
 * what changed. Events of a unit of work are published together when it is made permanent. Used under the simulation's lock.
 */
public final class EventLog implements Simulation.UnitListener {
    private final Simulation simulation;
    private final Renderer renderer;
    private final Map<String, ObjectNode> lastShown = new HashMap<>();
    private final List<ObjectNode> unpublished = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private Consumer<ObjectNode> publisher = event -> {};
    private Predicate<String> twins = eventId -> false;

    private record Listener(String prefix, Consumer<ObjectNode> action) {}

    public EventLog(Simulation simulation, Renderer renderer) {
        this.simulation = simulation;
        this.renderer = renderer;
        simulation.listen(this);
    }

    /** Who gets each event once it is permanent. */
    public void publishTo(Consumer<ObjectNode> consumer) {
        this.publisher = consumer;
    }

    /** Lets the engine follow up, in the same unit of work, on events whose type begins like this; it is given their object. */
    public void listen(String typePrefix, Consumer<ObjectNode> action) {
        listeners.add(new Listener(typePrefix, action));
    }

    /** Which events are recorded once more under another id, as Stripe's documents say may happen. */
    public void twinWhen(Predicate<String> wanted) {
        this.twins = wanted;
    }

    /** Records that something happened to this object. */
    public void emit(String type, ObjectNode doc) {
        record(type, doc, renderer.render(doc), null);
    }

    /** Records a change of an object that is no document of its own, with the old values of what changed. */
    public void emit(String type, ObjectNode shown, ObjectNode previous) {
        record(type, shown, renderer.render(shown), previous);
    }

    /** Records a change of this object; nothing is recorded when nothing the API shows has changed. */
    public void emitUpdated(String type, ObjectNode doc) {
        ObjectNode shown = renderer.render(doc);
        ObjectNode previous = Difference.previousAttributes(previouslyShown(doc), shown);
        if (!previous.isEmpty()) {
            record(type, doc, shown, previous);
        }
    }

    /** Whether the API would show this object differently than before the unit of work, or since its last event in it. */
    public boolean isChanged(ObjectNode doc) {
        return !Docs.same(previouslyShown(doc), renderer.render(doc));
    }

    @Override
    public void committed() {
        lastShown.clear();
        List<ObjectNode> events = List.copyOf(unpublished);
        unpublished.clear();
        events.forEach(publisher);
    }

    @Override
    public void rolledBack() {
        lastShown.clear();
        unpublished.clear();
    }

    @Override
    public Runnable savepoint() {
        Map<String, ObjectNode> shown = new HashMap<>(lastShown);
        int events = unpublished.size();
        return () -> {
            lastShown.clear();
            lastShown.putAll(shown);
            unpublished.subList(events, unpublished.size()).clear();
        };
    }

    /** The test clock of an object is its own, its customer's, or the one it remembers where it shows neither. */
    private @Nullable String clockOf(ObjectNode doc) {
        if (doc.has("_clock")) {
            return Docs.text(doc, "_clock");
        }
        String customer = Docs.text(doc, "customer");
        ObjectNode owner = customer == null ? doc : simulation.store().find("customer", customer);
        return Docs.text(owner == null ? doc : owner, "test_clock");
    }

    private ObjectNode previouslyShown(ObjectNode doc) {
        String id = Docs.textOf(doc, "id");
        ObjectNode shown = lastShown.get(keyOf(doc));
        if (shown != null) {
            return shown;
        }
        ObjectNode before = simulation.store().before(Docs.textOf(doc, "object"), id);
        return before == null ? Docs.object() : renderer.render(before);
    }

    /** A plan and the price it is share their identifier. */
    private static String keyOf(ObjectNode doc) {
        return Docs.textOf(doc, "object") + " " + Docs.textOf(doc, "id");
    }

    private void record(String type, ObjectNode doc, ObjectNode shown, @Nullable ObjectNode previous) {
        String id = Docs.text(doc, "id");
        if (id != null) {
            lastShown.put(keyOf(doc), shown);
        }
        ObjectNode event = Docs.object();
        event.put("id", simulation.ids().next("evt"));
        event.put("object", "event");
        event.put("api_version", Settings.API_VERSION);
        event.put("created", simulation.now(clockOf(doc)));
        ObjectNode data = event.putObject("data");
        data.set("object", shown);
        if (previous != null) {
            data.set("previous_attributes", previous);
        }
        event.put("livemode", simulation.settings().livemode());
        event.put("pending_webhooks", 0);
        RequestInfo cause = simulation.request();
        ObjectNode request = event.putObject("request");
        request.put("id", cause.id());
        request.put("idempotency_key", cause.idempotencyKey());
        event.put("type", type);
        add(event);
        if (twins.test(Docs.textOf(event, "id"))) {
            add(event.deepCopy().put("id", simulation.ids().next("evt")));
        }
        for (Listener listener : listeners) {
            if (type.startsWith(listener.prefix())) {
                listener.action().accept(doc);
            }
        }
    }

    private void add(ObjectNode event) {
        simulation.store().insert(event);
        unpublished.add(event);
    }
}
