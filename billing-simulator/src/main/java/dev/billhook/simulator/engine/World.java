package dev.billhook.simulator.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Finder;
import dev.billhook.simulator.event.EventLog;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Ids;
import dev.billhook.simulator.kernel.Renderer;
import dev.billhook.simulator.kernel.Simulation;
import dev.billhook.simulator.kernel.Store;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What every part of the engine works with. */
public final class World {
    private static final String CUSTOMER = "customer";

    private final Simulation simulation;
    private final Renderer renderer;
    private final EventLog events;
    private final Finder finder;
    private final Supplier<String> baseUrl;

    public World(Simulation simulation, Renderer renderer, EventLog events, Supplier<String> baseUrl) {
        this.simulation = simulation;
        this.renderer = renderer;
        this.events = events;
        this.finder = new Finder(simulation.store());
        this.baseUrl = baseUrl;
    }

    /** Time, units of work and settings. */
    public Simulation simulation() {
        return simulation;
    }

    /** The documents. */
    public Store store() {
        return simulation.store();
    }

    /** New identifiers. */
    public Ids ids() {
        return simulation.ids();
    }

    /** Where events are recorded. */
    public EventLog events() {
        return events;
    }

    /** Finds what requests name. */
    public Finder finder() {
        return finder;
    }

    /** Makes the API's view of documents. */
    public Renderer renderer() {
        return renderer;
    }

    /** Address under which hosted pages are reached. */
    public String baseUrl() {
        return baseUrl.get();
    }

    /** The present second on the clock of this customer's objects. */
    public long now(@Nullable String testClock) {
        return simulation.now(testClock);
    }

    /** A new document from a shape, with id, type, mode and time of creation. */
    public ObjectNode create(ObjectNode shape, String id, @Nullable String testClock) {
        ObjectNode doc = shape.deepCopy();
        doc.put("id", id);
        doc.put("livemode", simulation.settings().livemode());
        doc.put("created", now(testClock));
        return doc;
    }

    /** The customer a document belongs to; whatever needs one that has been deleted is refused. */
    public ObjectNode customerOf(ObjectNode doc) {
        return finder.inParam(CUSTOMER, Docs.textOf(doc, CUSTOMER), CUSTOMER);
    }

    /** A copy of it, to be changed. */
    public ObjectNode editCustomerOf(ObjectNode doc) {
        return store().edit(CUSTOMER, Docs.textOf(customerOf(doc), "id"));
    }

    /** The test clock an existing customer lives on, or null. */
    public @Nullable String clockOf(@Nullable String customer) {
        ObjectNode doc = customer == null ? null : store().find(CUSTOMER, customer);
        return doc == null ? null : Docs.text(doc, "test_clock");
    }
}
