package dev.billhook.simulator.engine.charge;

import dev.billhook.simulator.engine.World;

/** The parts that deal with charges and what becomes of them, put together. */
public final class ChargeEngine {
    private final BalanceLedger ledger;
    private final Charges charges;
    private final Refunds refunds;
    private final Disputes disputes;

    public ChargeEngine(World world) {
        this.ledger = new BalanceLedger(world);
        this.charges = new Charges(world, ledger);
        this.refunds = new Refunds(world, ledger, charges);
        this.disputes = new Disputes(world, ledger);
        charges.onCapture(disputes::raiseFor);
        refunds.onFullRefund(disputes::endInquiriesOf);
    }

    /** The account's balance. */
    public BalanceLedger ledger() {
        return ledger;
    }

    /** Charges. */
    public Charges charges() {
        return charges;
    }

    /** Refunds. */
    public Refunds refunds() {
        return refunds;
    }

    /** Disputes. */
    public Disputes disputes() {
        return disputes;
    }
}
