package dev.billhook.entitlement;

import dev.billhook.BillingException;

/**
 * The account may not do that now.
 *
 * @since 0.1.0
 */
public final class AccessDeniedException extends BillingException {
    private static final long serialVersionUID = 1L;

    private final AccessState state;
    private final AccessReason reason;
    private final NextStep nextStep;

    /**
     * @param entitlements what the account may do
     * @param what key of the feature or limit it wanted more of, or {@link Entitlements#WRITING} or {@link Entitlements#READING}
     */
    public AccessDeniedException(Entitlements entitlements, String what) {
        super("Account " + entitlements.account() + " may not use '" + what + "': its access is " + entitlements.state()
                + " (" + entitlements.reason() + "). Next step: " + entitlements.nextStep());
        this.state = entitlements.state();
        this.reason = entitlements.reason();
        this.nextStep = entitlements.nextStep();
    }

    /** The account's access when it was denied. */
    public AccessState state() {
        return state;
    }

    /** Why its access was so. */
    public AccessReason reason() {
        return reason;
    }

    /** What the account should be asked to do. */
    public NextStep nextStep() {
        return nextStep;
    }
}
