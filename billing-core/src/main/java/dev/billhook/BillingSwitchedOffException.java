package dev.billhook;

/**
 * A command was given to a billing that is switched off; see {@link Billing#off}. Nothing was done.
 *
 * @since 0.1.0
 */
public final class BillingSwitchedOffException extends RefusedException {
    private static final long serialVersionUID = 1L;

    /**
     * @param command what was asked for
     */
    public BillingSwitchedOffException(String command) {
        super(
                "Billing is switched off, so " + command + " does nothing",
                "do not offer it where Billing.switchedOff() is true, or switch billing on");
    }

    @Override
    public Reason reason() {
        return Reason.SWITCHED_OFF;
    }

    /** Why nothing was done. */
    public enum Reason {
        /** Billing is switched off. */
        SWITCHED_OFF
    }
}
