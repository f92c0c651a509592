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
    private final NextStep nextStep;

    /**
     * @param entitlements what the account may do
     * @param feature what it wanted to do
     */
    public AccessDeniedException(Entitlements entitlements, String feature) {
        super("Account " + entitlements.account() + " may not use '" + feature + "': its access is "
                + entitlements.state() + ". Next step: " + entitlements.nextStep());
        this.state = entitlements.state();
        this.nextStep = entitlements.nextStep();
    }

    /** The account's access when it was denied. */
    public AccessState state() {
        return state;
    }

    /** What the account should be asked to do. */
    public NextStep nextStep() {
        return nextStep;
    }
}
