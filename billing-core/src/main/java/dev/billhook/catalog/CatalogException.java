package dev.billhook.catalog;

import dev.billhook.BillingException;
import java.util.List;

/**
 * A catalog file is not valid; tells every error at once.
 *
 * @since 0.1.0
 */
public final class CatalogException extends BillingException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf is serializable, its interface does not say so
    private final List<String> errors;

    /**
     * @param source the file's name
     * @param errors each with the path of the value it is about, e.g. {@code plans.pro.interval: …}
     */
    public CatalogException(String source, List<String> errors) {
        super("Catalog " + source + " has " + errors.size() + (errors.size() == 1 ? " error" : " errors") + ":\n  "
                + String.join("\n  ", errors));
        this.errors = List.copyOf(errors);
    }

    /** The errors, in the file's order. */
    public List<String> errors() {
        return errors;
    }
}
