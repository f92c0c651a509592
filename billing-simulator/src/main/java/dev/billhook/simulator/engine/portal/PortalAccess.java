package dev.billhook.simulator.engine.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import java.util.function.Supplier;

/** What a portal session may see and do: only what its configuration offers, and only to what belongs to its customer. */
final class PortalAccess {
    private final World world;

    PortalAccess(World world) {
        this.world = world;
    }

    World world() {
        return world;
    }

    ObjectNode session(String id) {
        return world.finder().inUrl(PortalSessions.TYPE, id);
    }

    ObjectNode configuration(ObjectNode session) {
        return world.store().get(PortalConfigurations.TYPE, Docs.textOf(session, "configuration"));
    }

    /** The settings of a feature. */
    ObjectNode feature(ObjectNode session, String name) {
        return Docs.child(Docs.child(configuration(session), "features"), name);
    }

    /** The session, if its configuration offers this. */
    ObjectNode offered(String sessionId, String feature) {
        ObjectNode session = session(sessionId);
        if (!Docs.flag(feature(session, feature), "enabled")) {
            throw ApiError.invalid(null, null, "The portal's configuration does not offer " + feature + ".");
        }
        return session;
    }

    /** An object of the session's customer. */
    ObjectNode own(String type, String id, ObjectNode session) {
        ObjectNode doc = world.finder().inUrl(type, id);
        if (!Docs.textOf(session, "customer").equals(Docs.text(doc, "customer"))) {
            throw ApiError.noSuch(type, id, "id", true);
        }
        return doc;
    }

    /** Carries something out and answers what came of it as the API shows it. */
    ObjectNode shownAfter(Supplier<ObjectNode> work) {
        return world.simulation()
                .atomically(RequestInfo.NONE, () -> world.renderer().render(work.get()));
    }
}
