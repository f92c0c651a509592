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

    @SuppressWarnings("serial") // as above
    private final List<String> errorsWithLines;

    /**
     * @param source the file's name
     * @param errors each with the path of the value it is about, e.g. {@code plans.pro.interval: …}
     * @param errorsWithLines the same, each with the line it is in before it, e.g. {@code line 12: plans.pro.interval: …}
     */
    public CatalogException(String source, List<String> errors, List<String> errorsWithLines) {
        super("Catalog " + source + " has " + errors.size() + (errors.size() == 1 ? " error" : " errors") + ":\n  "
                + String.join("\n  ", errorsWithLines));
        this.errors = List.copyOf(errors);
        this.errorsWithLines = List.copyOf(errorsWithLines);
    }

    /** The errors, in the file's order, each with the path of the value it is about. */
    public List<String> errors() {
        return errors;
    }

    /** The same, each with the line it is in before it; what is wrong with the whole file has none. */
    public List<String> errorsWithLines() {
        return errorsWithLines;
    }
}
