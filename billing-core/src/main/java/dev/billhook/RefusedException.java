package dev.billhook;

/**
 * What was asked for cannot be done; nothing was sent to the provider, and nothing changed. Each capability has a refusal of its
 * own with its reasons.
 *
 * @since 0.1.0
 */
public abstract class RefusedException extends BillingException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param problem why, naming what it is about
     * @param remedy what to do instead
     */
    protected RefusedException(String problem, String remedy) {
        super(problem + "; " + remedy);
        this.remedy = remedy;
    }

    /** Why. */
    public abstract Enum<?> reason();

    /** What to do instead. */
    public final String remedy() {
        return remedy;
    }
}
