package dev.billhook.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Store;

/** Finds the documents that requests name, or refuses the request. */
public final class Finder {
    private final Store store;

    public Finder(Store store) {
        this.store = store;
    }

    /** The object the URL names. */
    public ObjectNode inUrl(String type, String id) {
        return find(type, id, "id", true);
    }

    /** The object a parameter names. */
    public ObjectNode inParam(String type, String id, String param) {
        return find(type, id, param, false);
    }

    /** A copy, to be changed, of the object the URL names. */
    public ObjectNode editInUrl(String type, String id) {
        inUrl(type, id);
        return store.edit(type, id);
    }

    private ObjectNode find(String type, String id, String param, boolean inUrl) {
        ObjectNode doc = store.find(type, id);
        if (doc == null) {
            throw ApiError.noSuch(type, id, param, inUrl);
        }
        return doc;
    }
}
