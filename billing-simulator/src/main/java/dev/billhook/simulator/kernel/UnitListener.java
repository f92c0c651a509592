package dev.billhook.simulator.kernel;

/** Is told how a unit of work ended. */
public interface UnitListener {
    /** Everything the unit did is permanent. */
    void committed();

    /** Everything the unit did is undone. */
    void rolledBack();
}
